/** Whole percents that sum to 100, nearest to `shares`: what is cut off goes to those that lose most by it. */
export function percents(shares: readonly number[]): readonly number[] {
  const sum = shares.reduce((all, share) => all + share, 0);
  const exact = shares.map(share => (sum > 0 ? (share / sum) * 100 : 100 / shares.length));
  const cut = exact.map(Math.floor);
  const missing = 100 - cut.reduce((all, value) => all + value, 0);
  const rounded = new Set(
    exact
      .map((value, index) => ({ index, loss: value - Math.floor(value) }))
      .sort((a, b) => b.loss - a.loss || a.index - b.index)
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return cut.map((value, index) => value + (rounded.has(index) ? 1 : 0));
}

/**
 * Moves the border after part `border` to `percent` of the whole. The parts beside it give and take; where one is used up, the border stops,
 * so the sum stays 100 and no other part changes.
 */
export function moveBorder(parts: readonly number[], border: number, percent: number): readonly number[] {
  const before = parts.slice(0, border).reduce((sum, part) => sum + part, 0);
  const both = (parts[border] ?? 0) + (parts[border + 1] ?? 0);
  const first = Math.min(both, Math.max(0, Math.round(percent) - before));
  return parts.map((part, index) => (index === border ? first : index === border + 1 ? both - first : part));
}

/** Where the border after part `border` lies, percent of the whole. */
export const borderAt = (parts: readonly number[], border: number): number =>
  parts.slice(0, border + 1).reduce((sum, part) => sum + part, 0);
