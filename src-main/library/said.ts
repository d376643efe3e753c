/** How far an onset may move between two analyses and still be the hit that the user spoke of. */
export const SAME_HIT_SECONDS = 0.01;

/** Something that the user said of whatever sounds at a place. */
export interface Said {
  /** A track, or a hit that belongs to none. */
  readonly scope: string;
  readonly onset_frame: number;
}

/** Where a hit's onset is a position: its track, or itself when it came with a kit or a folder. */
export const scopeOf = (row: { readonly id: string; readonly track_id: string | null }): string =>
  row.track_id ?? row.id;

/** What was said nearest to `onsetFrame`, if near enough; `rows` are of one scope. */
export function saidAt<Row extends Said>(
  rows: readonly Row[],
  onsetFrame: number,
  sampleRate: number,
): Row | null {
  let best: Row | null = null;
  for (const row of rows) {
    const distance = Math.abs(row.onset_frame - onsetFrame);
    if (
      distance <= SAME_HIT_SECONDS * sampleRate &&
      distance < Math.abs((best?.onset_frame ?? Infinity) - onsetFrame)
    )
      best = row;
  }
  return best;
}
