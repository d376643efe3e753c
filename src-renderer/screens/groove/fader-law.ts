/** Marks of a fader, from its lower end to its upper one, evenly apart: dB. */
export const FADER_MARKS = [-60, -30, -12, 0, 12] as const;

/** Where a level stands on a fader, 0 at the lower end ... 1 at the upper; straight between the marks. */
export function faderPlace(decibels: number): number {
  const last = FADER_MARKS.length - 1;
  for (let mark = 0; mark < last; mark++) {
    const from = FADER_MARKS[mark] ?? 0;
    const to = FADER_MARKS[mark + 1] ?? 0;
    if (decibels <= to) return Math.max(0, (mark + (decibels - from) / (to - from)) / last);
  }
  return 1;
}

/** The level at a place of a fader, to a tenth of a dB. */
export function faderDecibels(place: number): number {
  const last = FADER_MARKS.length - 1;
  const along = Math.min(1, Math.max(0, place)) * last;
  const mark = Math.min(last - 1, Math.floor(along));
  const from = FADER_MARKS[mark] ?? 0;
  const to = FADER_MARKS[mark + 1] ?? 0;
  return Math.round(10 * (from + (along - mark) * (to - from))) / 10;
}
