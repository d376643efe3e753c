import type { PlannedSlice } from '#shared/analysis';
import { type Hit, INSTRUMENT_FACTS, type Role, type StrokeClass, type Twin } from '#shared/model';
import { instrumentName, instrumentSure, roleOf } from '#renderer/state';

/** One slice as the user wishes it, with what is known of it. */
export interface SliceRow {
  /** In order of time, from 0. */
  readonly index: number;
  /** Its name, wherever it is moved to. */
  readonly id: string;
  readonly planned: PlannedSlice;
  readonly sampleRate: number;
  /** Its hit; null where it was left out as like another one, or is still to be cut. */
  readonly hit: Hit | null;
  /** What it was left out for, and which slice that is, from 1. */
  readonly like: Hit | null;
  readonly likeNumber: number;
  readonly twin: Twin | null;
}

/** The slices of a plan with the hits that the studio has cut there. */
export function rowsOf(
  slices: readonly PlannedSlice[],
  hits: readonly Hit[],
  sampleRate: number,
): SliceRow[] {
  const cut = new Map<number, Hit>();
  const left = new Map<number, { readonly twin: Twin; readonly like: Hit }>();
  for (const hit of hits) {
    cut.set(hit.onsetFrame, hit);
    for (const twin of hit.duplicates) left.set(twin.onsetFrame, { twin, like: hit });
  }
  const places = new Map(slices.map(({ onsetFrame }, index) => [onsetFrame, index]));
  return slices.map((planned, index) => {
    const hit = cut.get(planned.onsetFrame) ?? null;
    const other = hit ? undefined : left.get(planned.onsetFrame);
    return {
      index,
      id: String(planned.origin),
      planned,
      sampleRate,
      hit,
      like: other?.like ?? null,
      likeNumber: other ? (places.get(other.like.onsetFrame) ?? other.like.index) + 1 : 0,
      twin: other?.twin ?? null,
    };
  });
}

export const rowOnset = ({ planned, sampleRate }: SliceRow): number => planned.onsetFrame / sampleRate;

/** Seconds from the onset to its end, as cut or as it may be. */
export function rowSeconds({ planned, sampleRate, hit, twin }: SliceRow): number {
  if (hit) return (hit.startFrame + hit.frames - hit.onsetFrame) / sampleRate;
  if (twin) return twin.frames / sampleRate;
  return (planned.limitFrame - planned.onsetFrame) / sampleRate;
}

const STROKE_NAMES: Readonly<Record<StrokeClass, string>> = {
  kick: INSTRUMENT_FACTS.kick.name,
  snare: INSTRUMENT_FACTS.snare.name,
  rim: INSTRUMENT_FACTS.rim.name,
  clap: INSTRUMENT_FACTS.clap.name,
  chh: INSTRUMENT_FACTS.chh.name,
  ohh: INSTRUMENT_FACTS.ohh.name,
  toms: 'Tom',
  ride: INSTRUMENT_FACTS.ride.name,
  crash: INSTRUMENT_FACTS.crash.name,
};
export const strokeName = (stroke: StrokeClass): string => STROKE_NAMES[stroke];

const STROKE_ROLES: Readonly<Record<StrokeClass, Role>> = {
  kick: 'CORE',
  snare: 'ACCENT',
  rim: 'ACCENT',
  clap: 'ACCENT',
  chh: 'MOTION',
  ohh: 'MOTION',
  toms: 'FILL',
  ride: 'MOTION',
  crash: 'FILL',
};

/** Until it is cut, what was heard at its onset stands for what it is. */
export function rowRole({ hit, like, planned }: SliceRow): Role {
  const known = hit ?? like;
  if (known) return roleOf(known);
  const [stroke] = planned.strokes;
  return stroke ? STROKE_ROLES[stroke.class] : 'TEXTURE';
}

export function rowName({ hit, like, planned }: SliceRow): string {
  const known = hit ?? like;
  if (known) return instrumentName(known);
  const [stroke] = planned.strokes;
  return stroke ? strokeName(stroke.class) : 'New';
}

export const rowSure = ({ hit }: SliceRow): number | undefined => (hit ? instrumentSure(hit) : undefined);

export const rowBleed = ({ hit }: SliceRow): number | null => hit?.quality?.bleed ?? null;

/** From here on what bleeds in is worth a look. */
export const MUCH_BLEED = 0.3;

const EDIT_NAMES: Readonly<Record<NonNullable<PlannedSlice['edited']>, string>> = {
  moved: 'Moved',
  added: 'Added',
  split: 'Split',
  merged: 'Merged',
  deleted: 'Deleted',
};

export const isFlam = ({ planned }: SliceRow): boolean => planned.flamFrames !== null;
export const isBestTake = ({ hit }: SliceRow): boolean =>
  hit?.quality?.take.rank === 1 && hit.quality.take.of > 1;

/** What is special about a slice, in words. */
export function rowMarks(row: SliceRow): string {
  const words: string[] = [];
  if (row.planned.edited) words.push(EDIT_NAMES[row.planned.edited]);
  if (row.hit?.override?.role) words.push('Your role');
  if (isFlam(row)) words.push('Flam');
  if (row.like) words.push(`Like slice ${row.likeNumber}`);
  else if (!row.hit) words.push('To be cut');
  return words.join(', ');
}

export const SORTS = ['time', 'quality', 'bleed', 'length'] as const;
export type Sort = (typeof SORTS)[number];
export const FILTERS = ['all', 'best', 'flams', 'doubtful', 'edited'] as const;
export type Filter = (typeof FILTERS)[number];

const DOUBTFUL_BELOW = 0.75;

const PASSES: Readonly<Record<Filter, (row: SliceRow) => boolean>> = {
  all: () => true,
  best: isBestTake,
  flams: isFlam,
  doubtful: row => (rowSure(row) ?? 1) < DOUBTFUL_BELOW,
  edited: ({ planned }) => planned.edited !== null,
};

/** Rows as the list shows them; those that nobody measured come last. */
export function listed(rows: readonly SliceRow[], filter: Filter, sort: Sort): readonly SliceRow[] {
  const shown = filter === 'all' ? rows : rows.filter(PASSES[filter]);
  if (sort === 'time') return shown;
  const value = (row: SliceRow): number => {
    if (sort === 'quality') return -(row.hit?.quality?.score ?? -1);
    if (sort === 'bleed') return rowBleed(row) ?? 2;
    return -rowSeconds(row);
  };
  return shown.toSorted((a, b) => value(a) - value(b) || a.index - b.index);
}
