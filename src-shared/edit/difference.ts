import { type Note, type NoteId, type Pattern, swingOf, timeOf } from '../model';
import { midiVelocity } from '../units';

/** What one pattern has and another has not; strokes are the same when their row and their written place are. */
export interface Difference {
  /** Notes of the second pattern that sound as in the first. */
  readonly same: ReadonlySet<NoteId>;
  /** Those that were there, but are struck or timed otherwise now. */
  readonly changed: ReadonlySet<NoteId>;
  readonly added: ReadonlySet<NoteId>;
  /** Notes of the first pattern that are gone. */
  readonly removed: readonly Note[];
  /** Share of the first pattern's strokes that are still there, 0..1; 1 when it had none. */
  readonly kept: number;
  /** Mean feel of the second pattern in ms; positive is late. */
  readonly meanOffset: number;
}

/** Closer than this nobody sees or hears a difference in time. */
const SAME_MS = 0.5;

const placeOf = ({ role, instrument, at }: Note): string => `${role} ${instrument} ${at}`;

export function differenceOf(before: Pattern, after: Pattern): Difference {
  const wasOffset = offsetsIn(before);
  const isOffset = offsetsIn(after);
  const was = Map.groupBy(before.notes, placeOf);
  const same = new Set<NoteId>();
  const changed = new Set<NoteId>();
  const added = new Set<NoteId>();
  for (const note of after.notes) {
    const [former, ...others] = was.get(placeOf(note)) ?? [];
    was.set(placeOf(note), others);
    if (!former) added.add(note.id);
    else if (soundsAlike(former, note) && Math.abs(wasOffset(former) - isOffset(note)) < SAME_MS)
      same.add(note.id);
    else changed.add(note.id);
  }
  const offsets = after.notes.map(isOffset);
  return {
    same,
    changed,
    added,
    removed: [...was.values()].flat(),
    kept: before.notes.length === 0 ? 1 : (same.size + changed.size) / before.notes.length,
    meanOffset: offsets.length === 0 ? 0 : offsets.reduce((sum, each) => sum + each, 0) / offsets.length,
  };
}

/** Feel in ms. */
function offsetsIn(pattern: Pattern): (note: Note) => number {
  const time = timeOf(pattern);
  const swung = swingOf(pattern);
  return note => time.offsetMilliseconds(swung(note.at), note.feel);
}

const soundsAlike = (a: Note, b: Note): boolean =>
  a.muted === b.muted &&
  a.articulation === b.articulation &&
  a.ornament === b.ornament &&
  a.probability === b.probability &&
  a.ratchet === b.ratchet &&
  midiVelocity(a.velocity) === midiVelocity(b.velocity);
