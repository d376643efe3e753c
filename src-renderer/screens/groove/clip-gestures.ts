import { type Clip, grooved, pasted, type Pasting } from '#shared/edit';
import type { Note, Pattern } from '#shared/model';
import type { Lane } from '#renderer/state';
import { count } from '#renderer/ui';
import { FULL_VELOCITY, type Gesture, hitOfLane, hitsName } from './gestures';

const PASTINGS: Readonly<Record<Pasting['kind'], { readonly pasting: Pasting; readonly rest: string }>> = {
  hits: { pasting: { kind: 'hits' }, rest: '' },
  places: { pasting: { kind: 'places', velocity: FULL_VELOCITY }, rest: ' without the groove' },
};

/** Copied hits at `tick`; those of one row go to the row of the cursor, whichever that is. */
export function pasteHits(
  pattern: Pattern,
  clip: Clip,
  tick: number,
  lane: Lane | undefined,
  kind: Pasting['kind'],
): Gesture {
  const { pasting, rest } = PASTINGS[kind];
  const isOne = lane?.instruments.length === 1;
  const row = lane && isOne ? { role: lane.role, instrument: lane.instrument, hit: hitOfLane(lane) } : null;
  return {
    label: `Paste ${count(clip.notes.length, 'hit')}${rest}`,
    edit: pasted(pattern, clip, tick, pasting, row),
  };
}

/** The timing and the velocities of copied hits on hits that are there. */
export const pasteGroove = (
  pattern: Pattern,
  clip: Clip,
  notes: readonly Note[],
  lanes: readonly Lane[],
): Gesture | null =>
  notes.length === 0
    ? null
    : { label: `Paste the groove on ${hitsName(notes, lanes)}`, edit: grooved(pattern, clip, notes) };
