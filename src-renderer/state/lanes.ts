import { padOf } from '#shared/mix';
import {
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Instrument,
  type Kit,
  type Note,
  type Pad,
  type Pattern,
  type Role,
  ROLE_NAMES,
  ROLES_IN_ORDER,
} from '#shared/model';

/** A row of the grid: an instrument in a role, or a whole role. */
export interface Lane {
  readonly key: string;
  readonly role: Role;
  /** What a new hit of the row plays. */
  readonly instrument: Instrument;
  /** All that stands on the row: one instrument, or everything of a role, lowest first. */
  readonly instruments: readonly Instrument[];
  /** The rows of its instruments, when it is a whole role. */
  readonly parts: readonly Lane[];
  readonly name: string;
  /** Its name where no row is seen: with the role when another row is called the same. */
  readonly spokenName: string;
  /** The pad that a new hit of the row plays; null when the kit has none. */
  readonly pad: Pad | null;
  /** MIDI note number. */
  readonly note: number;
}

const LANE_KEYS = Object.fromEntries(
  ROLES_IN_ORDER.map(role => [
    role,
    Object.fromEntries(INSTRUMENTS.map(instrument => [instrument, `${role} ${instrument}`])),
  ]),
) as Readonly<Record<Role, Readonly<Record<Instrument, string>>>>;

/** Looked up, not put together: it is asked for every note at every edit. */
export const laneKey = ({ role, instrument }: Pick<Note, 'role' | 'instrument'>): string =>
  LANE_KEYS[role][instrument];

/** A row for every pad of the kit and for whatever else the pattern plays, by role, then by instrument. */
export function lanesOf(kit: Kit | undefined, pattern: Pattern | undefined): readonly Lane[] {
  const lanes = new Map<string, Lane>();
  for (const pad of kit?.pads ?? []) {
    const key = laneKey(pad);
    if (lanes.has(key)) continue;
    const { role, instrument, name, note } = pad;
    lanes.set(key, {
      key,
      role,
      instrument,
      instruments: [instrument],
      parts: [],
      name,
      spokenName: name,
      pad,
      note,
    });
  }
  for (const [key, [first]] of pattern ? groupsOf(pattern).lanes : []) {
    if (lanes.has(key) || !first) continue;
    const { role, instrument } = first;
    const { name, note } = INSTRUMENT_FACTS[instrument];
    lanes.set(key, {
      key,
      role,
      instrument,
      instruments: [instrument],
      parts: [],
      name,
      spokenName: name,
      pad: null,
      note,
    });
  }
  const rank = (lane: Lane): number =>
    ROLES_IN_ORDER.indexOf(lane.role) * INSTRUMENTS.length + INSTRUMENTS.indexOf(lane.instrument);
  const names = [...lanes.values()].map(lane => lane.name);
  return [...lanes.values()]
    .sort((a, b) => rank(a) - rank(b))
    .map(lane =>
      names.filter(name => name === lane.name).length > 1
        ? { ...lane, spokenName: `${lane.name} as ${ROLE_NAMES[lane.role].toLowerCase()}` }
        : lane,
    );
}

/** The same rows with those of a role as one; its key is the role. */
export function roleLanes(lanes: readonly Lane[]): readonly Lane[] {
  return ROLES_IN_ORDER.flatMap(role => {
    const parts = lanes.filter(lane => lane.role === role);
    const [main] = parts;
    const name = ROLE_NAMES[role];
    const instruments = parts.map(lane => lane.instrument);
    return main ? { ...main, key: role, name, spokenName: name, instruments, parts } : [];
  });
}

/** Whether a note stands on the row with `key`, be it an instrument's or a role's. */
export const isOnLane = (note: Pick<Note, 'role' | 'instrument'>, key: string): boolean =>
  note.role === key || laneKey(note) === key;

/** Whether a note is heard while the rows with these keys are soloed. */
export const isSoloed = (note: Pick<Note, 'role' | 'instrument'>, soloed: ReadonlySet<string>): boolean =>
  soloed.size === 0 || soloed.has(note.role) || soloed.has(laneKey(note));

/** Whether the kit has a hit that plays a note. */
export const canSound = (note: Note, kit: Kit): boolean => (padOf(note, kit)?.hits.length ?? 0) > 0;

interface Groups {
  readonly lanes: ReadonlyMap<string, readonly Note[]>;
  readonly roles: ReadonlyMap<string, readonly Note[]>;
}

const groups = new WeakMap<readonly Note[], Groups>();
const NO_NOTES: readonly Note[] = [];

/** Asked for by every row at every edit, so a pattern's notes are sorted into rows once. */
function groupsOf({ notes }: Pick<Pattern, 'notes'>): Groups {
  const known = groups.get(notes);
  if (known) return known;
  const made = { lanes: Map.groupBy(notes, laneKey), roles: Map.groupBy(notes, note => note.role as string) };
  groups.set(notes, made);
  return made;
}

/** The notes of an instrument's row, or of a role's. */
export function notesOfLane(pattern: Pick<Pattern, 'notes'>, key: string): readonly Note[] {
  const { lanes, roles } = groupsOf(pattern);
  return lanes.get(key) ?? roles.get(key) ?? NO_NOTES;
}

/** A lane is muted when it has notes and all of them are. */
export const isLaneMuted = (notes: readonly Note[]): boolean =>
  notes.length > 0 && notes.every(note => note.muted);
