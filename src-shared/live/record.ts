import { type Edit, freshNames, hitBefore } from '../edit';
import {
  foldedTick,
  type Instrument,
  laneLines,
  lineBefore,
  nearestLine,
  type Note,
  type Pattern,
  patternTicks,
  PLAIN,
  type Role,
  swingOf,
  timeOf,
} from '../model';
import { ticks } from '../units';

/** A hit that was played in, where it was heard. */
export interface PlayedHit {
  readonly role: Role;
  readonly instrument: Instrument;
  readonly articulation: string | null;
  /** Ticks of the pattern at which it was struck, a real number; before 0 or past the end where it was pushed. */
  readonly at: number;
  /** 0..1. */
  readonly velocity: number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface RecordOptions {
  /** How far hits are taken to their lines, 0 (as played) ... 1. */
  readonly quantise: number;
  /** What goes round, in ticks; a hit that is pushed over its end belongs to its start. */
  readonly loop: Stretch;
  /** What was played through: the rows that are played lose what stands there; null leaves all. */
  readonly replaced: Stretch | null;
}

/** The note that a played hit becomes: on its row's nearest step as swing has it, and the rest as feel. */
export function noteOfHit(
  pattern: Pattern,
  hit: PlayedHit,
  { quantise, loop }: RecordOptions,
): Omit<Note, 'id'> {
  const { role, instrument, articulation, velocity } = hit;
  const lines = laneLines(pattern, hit);
  const swung = swingOf(pattern);
  const time = timeOf(pattern);
  const length = loop.to - loop.from;
  /** The loop's start stands at its end, too: a hit before it is early there. */
  const stands = [
    ...lines
      .filter(line => line >= loop.from && line < loop.to)
      .map(line => ({ line, stand: swung(line) as number })),
    { line: ticks(loop.from), stand: swung(loop.from) + length },
  ];
  const at = hit.at < loop.from ? hit.at + length : hit.at;
  const nearest = stands[
    nearestLine(
      stands.map(({ stand }) => stand),
      at,
    )
  ] ?? { line: ticks(loop.from), stand: loop.from };
  const isAround = nearest.stand >= swung(loop.from) + length;
  const stand = isAround ? nearest.stand - length : nearest.stand;
  const late = (isAround ? at - length : at) - stand;
  const next = lines[lineBefore(lines, nearest.line) + 1] ?? patternTicks(pattern);
  const milliseconds = time.offsetMilliseconds(stand, late) * (1 - quantise);
  const written = foldedTick(pattern, hit, nearest.line);
  return {
    ...PLAIN,
    role,
    instrument,
    articulation,
    at: written,
    feel: quantise >= 1 ? 0 : time.feelOf(stand, milliseconds),
    velocity,
    length: ticks(Math.max(1, next - nearest.line)),
    hit: hitBefore(pattern, written, role, instrument),
    source: 'editor',
  };
}

const cellOf = ({ role, instrument, at }: Pick<Note, 'role' | 'instrument' | 'at'>): string =>
  `${role} ${instrument} ${at}`;

/**
 * What a pass that was played in makes of the pattern. Of several hits on one step, and of a hit and what stood there, the last one
 * counts. Null where nothing was played.
 */
export function recordedEdit(
  pattern: Pattern,
  hits: readonly PlayedHit[],
  options: RecordOptions,
): { readonly label: string; readonly edit: Edit } | null {
  if (hits.length === 0) return null;
  const nameOf = freshNames(pattern);
  const made = new Map<string, Note>();
  for (const hit of hits) {
    const note = noteOfHit(pattern, hit, options);
    made.set(cellOf(note), { ...note, id: nameOf(`${note.at}.${note.role}.${note.instrument}`) });
  }
  const { replaced } = options;
  const rows = new Set(hits.map(({ role, instrument }) => `${role} ${instrument}`));
  const isReplaced = (note: Note): boolean =>
    replaced !== null &&
    rows.has(`${note.role} ${note.instrument}`) &&
    note.at >= replaced.from &&
    note.at < replaced.to;
  const gone = pattern.notes.filter(note => made.has(cellOf(note)) || isReplaced(note));
  const count = made.size;
  return {
    label: `${replaced ? 'Record' : 'Overdub'} ${count} ${count === 1 ? 'hit' : 'hits'}`,
    edit: {
      kind: 'all',
      edits: [
        { kind: 'remove', ids: gone.map(note => note.id) },
        { kind: 'put', notes: [...made.values()] },
      ],
    },
  };
}
