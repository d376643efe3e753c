/** Annotated strokes closer than `gap` to the first of their group are one onset, at their mean time. */
export function mergedOnsets(times: readonly number[], gap = 0.03): number[] {
  const groups: number[][] = [];
  for (const time of times.toSorted((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && time - group[0] < gap) group.push(time);
    else groups.push([time]);
  }
  return groups.map(group => group.reduce((sum, time) => sum + time, 0) / group.length);
}

/** F-measure of ascending times matched one to one within `window` seconds, as mir_eval's onset and beat measures do. */
export function fMeasure(found: readonly number[], wanted: readonly number[], window: number): number {
  let hits = 0;
  let at = 0;
  let to = 0;
  while (at < found.length && to < wanted.length) {
    const distance = (found[at] ?? 0) - (wanted[to] ?? 0);
    if (Math.abs(distance) <= window + 1e-9) {
      hits++;
      at++;
      to++;
    } else if (distance < 0) at++;
    else to++;
  }
  return found.length + wanted.length === 0 ? 1 : (2 * hits) / (found.length + wanted.length);
}
