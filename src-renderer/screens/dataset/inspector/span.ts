/** What of the time is in sight, seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The shortest stretch that can be looked at. */
const SHORTEST_SECONDS = 0.05;

/** The nearest span to `span` that lies within 0 and `seconds`. */
function within({ from, to }: Span, seconds: number): Span {
  const length = Math.min(seconds, Math.max(Math.min(SHORTEST_SECONDS, seconds), to - from));
  const start = Math.min(seconds - length, Math.max(0, from));
  return { from: start, to: start + length };
}

export const wholeSpan = (seconds: number): Span => ({ from: 0, to: Math.max(seconds, SHORTEST_SECONDS) });

/** `factor` above 1 shows less, larger; the time `at` stays where it is on the screen. */
export function zoomed(span: Span, factor: number, at: number, seconds: number): Span {
  const length = (span.to - span.from) / factor;
  const share = (at - span.from) / (span.to - span.from);
  const kept = Math.min(seconds, Math.max(SHORTEST_SECONDS, length));
  return within({ from: at - share * kept, to: at + (1 - share) * kept }, seconds);
}

export const panned = (span: Span, by: number, seconds: number): Span =>
  within({ from: span.from + by, to: span.to + by }, seconds);

/** The span that shows `at`: the same where it is in sight, else moved on by whole pages. */
export function following(span: Span, at: number, seconds: number): Span {
  if (at >= span.from && at <= span.to) return span;
  const length = span.to - span.from;
  return within({ from: at - length * 0.1, to: at + length * 0.9 }, seconds);
}
