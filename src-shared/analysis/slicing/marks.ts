import type { SliceEdit, Stroke } from '../../model';
import type { Onset } from '../onsets';

/** How far an onset may move between two analyses and still be the one that an edit speaks of. */
const SAME_ONSET_SECONDS = 0.01;
/** No edit brings two onsets closer than this: what lies between would be no sound but a click. */
const CLOSEST_SECONDS = 0.003;

/**
 * What begins at a mark: a slice unless it is the further stroke of a flam (`auto`); a slice in any case (`own`); nothing, the slice
 * before goes on (`joined`); nothing, the slice before ends (`none`).
 */
type Beginning = 'auto' | 'own' | 'joined' | 'none';

/** A place in the stem where a slice may begin, as heard and as the user changed it. */
export interface SliceMark {
  readonly frame: number;
  /** Where it was heard, or put by the user, first: its name, wherever it is moved to. No two marks share one. */
  readonly origin: number;
  readonly begins: Beginning;
  /** The last that the user did to it; null while it is as it was heard. */
  readonly edited: SliceEdit['kind'] | null;
  readonly strength: number;
  readonly strokes?: readonly Stroke[] | undefined;
}

/** What an edit does to the marks. The inverse swaps the two. */
export interface MarkChange {
  readonly before: SliceMark | null;
  readonly after: SliceMark | null;
}

export const inverseChange = ({ before, after }: MarkChange): MarkChange => ({
  before: after,
  after: before,
});

export const marksOfOnsets = (onsets: readonly Onset[]): SliceMark[] => {
  const marks: SliceMark[] = [];
  for (const { frame, strength, strokes } of onsets) {
    if (marks.at(-1)?.frame === frame) continue;
    marks.push({
      frame,
      origin: frame,
      begins: 'auto',
      edited: null,
      strength,
      ...(strokes ? { strokes } : {}),
    });
  }
  return marks;
};

/** The marks with one change made; they stay in order of time. */
export function changeMarks(marks: readonly SliceMark[], { before, after }: MarkChange): SliceMark[] {
  const changed = before ? marks.filter(({ origin }) => origin !== before.origin) : [...marks];
  if (after) changed.splice(firstFrom(changed, after.frame), 0, after);
  return changed;
}

export interface MarkSpace {
  readonly sampleRate: number;
  readonly stemFrames: number;
}

/** What `edit` does to these marks; null where it does nothing, because its place is taken or what it speaks of is not there. */
export function changeOfEdit(
  marks: readonly SliceMark[],
  edit: SliceEdit,
  { sampleRate, stemFrames }: MarkSpace,
): MarkChange | null {
  const reach = Math.round(SAME_ONSET_SECONDS * sampleRate);
  const closest = Math.round(CLOSEST_SECONDS * sampleRate);
  const crowding = (frame: number, own: SliceMark | null): boolean => {
    const near = nearest(marks, frame, closest - 1, mark => mark !== own && mark.begins !== 'none');
    return near !== null;
  };
  switch (edit.kind) {
    case 'moved': {
      const before = nearest(marks, edit.from, reach, mark => mark.begins !== 'none');
      const taken = marks.some(mark => mark !== before && mark.frame === edit.to);
      if (edit.to >= stemFrames || edit.to === before?.frame || taken || crowding(edit.to, before))
        return null;
      if (before) return { before, after: { ...before, frame: edit.to, edited: 'moved' } };
      return { before: null, after: newMark(marks, edit.from, edit.to, 'moved') };
    }
    case 'added':
    case 'split': {
      if (edit.at >= stemFrames) return null;
      const near = nearest(marks, edit.at, closest - 1);
      if (near?.begins === 'own') return null;
      if (near) return { before: near, after: { ...near, begins: 'own', edited: edit.kind } };
      return { before: null, after: newMark(marks, edit.at, edit.at, edit.kind) };
    }
    case 'merged': {
      const before = nearest(marks, edit.at, reach, mark => mark.begins === 'auto' || mark.begins === 'own');
      const isFirst =
        before !== null && !marks.some(mark => mark.frame < before.frame && mark.begins !== 'none');
      if (!before || isFirst) return null;
      return { before, after: { ...before, begins: 'joined', edited: 'merged' } };
    }
    case 'deleted': {
      const before = nearest(marks, edit.at, reach, mark => mark.begins !== 'none');
      if (!before) return null;
      const isOwn = before.strength === 0;
      return { before, after: isOwn ? null : { ...before, begins: 'none', edited: 'deleted' } };
    }
  }
}

/** The marks of `onsets` with all edits made, in their order; those that find nothing to change are passed over. */
export function applySliceEdits(
  onsets: readonly Onset[],
  edits: readonly SliceEdit[],
  space: MarkSpace,
): SliceMark[] {
  let marks = marksOfOnsets(onsets.filter(({ frame }) => frame < space.stemFrames));
  for (const edit of edits) {
    const change = changeOfEdit(marks, edit, space);
    if (change) marks = changeMarks(marks, change);
  }
  return marks;
}

/** Index of the first mark at or after `frame`. */
function firstFrom(marks: readonly SliceMark[], frame: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle]!.frame < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(
  marks: readonly SliceMark[],
  frame: number,
  reach: number,
  counts: (mark: SliceMark) => boolean = () => true,
): SliceMark | null {
  let best: SliceMark | null = null;
  for (let index = firstFrom(marks, frame - reach); index < marks.length; index++) {
    const mark = marks[index]!;
    if (mark.frame > frame + reach) break;
    if (counts(mark) && (!best || Math.abs(mark.frame - frame) < Math.abs(best.frame - frame))) best = mark;
  }
  return best;
}

/** A mark that the user made: its strength, 0, tells it from those that were heard. */
function newMark(
  marks: readonly SliceMark[],
  name: number,
  frame: number,
  edited: SliceEdit['kind'],
): SliceMark {
  const names = new Set(marks.map(({ origin }) => origin));
  let origin = name;
  while (names.has(origin)) origin++;
  return { frame, origin, begins: 'own', edited, strength: 0 };
}
