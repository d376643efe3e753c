/** The part of a track that the picture shows, in seconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export const SHORTEST_SECONDS = 0.05;

export const spanOf = (window: TimeWindow): number => window.to - window.from;

/** `window` moved and cut so that it lies within 0..`length`. */
export function within(window: TimeWindow, length: number): TimeWindow {
  const span = Math.min(Math.max(SHORTEST_SECONDS, spanOf(window)), Math.max(SHORTEST_SECONDS, length));
  const from = Math.min(Math.max(0, window.from), Math.max(0, length - span));
  return { from, to: from + span };
}

/** Longer or shorter by `factor`, with the instant `around` kept in place. */
export function zoomed(window: TimeWindow, factor: number, around: number, length: number): TimeWindow {
  const span = Math.min(Math.max(SHORTEST_SECONDS, spanOf(window) * factor), length);
  const fraction = (around - window.from) / spanOf(window);
  const from = around - fraction * span;
  return within({ from, to: from + span }, length);
}

export const scrolled = (window: TimeWindow, seconds: number, length: number): TimeWindow =>
  within({ from: window.from + seconds, to: window.to + seconds }, length);

/** Moved as little as shows `from` to `to` with some room around. */
export function showing(window: TimeWindow, from: number, to: number, length: number): TimeWindow {
  const room = spanOf(window) * 0.08;
  if (from >= window.from + room && to <= window.to - room) return window;
  const span = spanOf(window);
  return within({ from: from - span * 0.3, to: from + span * 0.7 }, length);
}

/** Index of the last of ascending `times` at or before `time`; -1 when there is none. */
export function lastBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
