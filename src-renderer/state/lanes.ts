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

/** A row of the grid: an instrument in a role. */
export interface Lane {
  readonly key: string;
  readonly role: Role;
  readonly instrument: Instrument;
  readonly name: string;
  /** Its name where no row is seen: with the role when another row is called the same. */
  readonly spokenName: string;
  /** The pad that a new hit of the row plays; null when the kit has none. */
  readonly pad: Pad | null;
  /** MIDI note number. */
  readonly note: number;
}

export const laneKey = (one: Pick<Note, 'role' | 'instrument'>): string => `${one.role} ${one.instrument}`;

/** A row for every pad of the kit and for whatever else the pattern plays, by role, then by instrument. */
export function lanesOf(kit: Kit | undefined, pattern: Pattern | undefined): readonly Lane[] {
  const lanes = new Map<string, Lane>();
  for (const pad of kit?.pads ?? []) {
    const key = laneKey(pad);
    if (lanes.has(key)) continue;
    const { role, instrument, name, note } = pad;
    lanes.set(key, { key, role, instrument, name, spokenName: name, pad, note });
  }
  for (const { role, instrument } of pattern?.notes ?? []) {
    const key = laneKey({ role, instrument });
    if (lanes.has(key)) continue;
    const { name, note } = INSTRUMENT_FACTS[instrument];
    lanes.set(key, { key, role, instrument, name, spokenName: name, pad: null, note });
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

/** Whether the kit has a hit that plays a note. */
export const canSound = (note: Note, kit: Kit): boolean => (padOf(note, kit)?.hits.length ?? 0) > 0;

export const notesOfLane = (pattern: Pattern, key: string): readonly Note[] =>
  pattern.notes.filter(note => laneKey(note) === key);

/** A lane is muted when it has notes and all of them are. */
export const isLaneMuted = (notes: readonly Note[]): boolean =>
  notes.length > 0 && notes.every(note => note.muted);
