import { barStarts, type Meter, meterText, type Pattern, swingOf } from '#shared/model';
import { beatTicks } from '#renderer/state';

/** A line that all rows share. */
export interface BeatLine {
  /** Where it is written and where it sounds, in ticks. */
  readonly at: number;
  readonly line: number;
  /** A group is a beat that begins one of an additive meter's parts. */
  readonly kind: 'bar' | 'group' | 'beat';
  /** "2" at a bar, "2.3" at a beat. */
  readonly label: string;
  /** "7/8" or "3+2+2/8" at a bar that begins another meter; empty elsewhere. */
  readonly meter: string;
}

/** The lines of bars and beats, ascending, the end included. */
export function beatLines(pattern: Pick<Pattern, 'bars' | 'swing'>): readonly BeatLine[] {
  const swung = swingOf(pattern);
  const starts = barStarts(pattern.bars);
  const lines: BeatLine[] = [];
  let former = '4/4';
  for (const [bar, meter] of pattern.bars.entries()) {
    const start = starts[bar] ?? 0;
    const beat = beatTicks(meter);
    const groups = groupStarts(meter);
    const text = meterText(meter);
    for (let count = 0; count < meter.numerator; count++) {
      const at = start + count * beat;
      lines.push({
        at,
        line: swung(at),
        kind: count === 0 ? 'bar' : groups.has(count) ? 'group' : 'beat',
        label: count === 0 ? `${bar + 1}` : `${bar + 1}.${count + 1}`,
        meter: count === 0 && text !== former ? text : '',
      });
    }
    former = text;
  }
  const end = starts.at(-1) ?? 0;
  return [...lines, { at: end, line: end, kind: 'bar', label: '', meter: '' }];
}

/** Beats, from 0, on which the parts of an additive meter begin. */
function groupStarts({ groups = [] }: Meter): ReadonlySet<number> {
  const starts = new Set<number>();
  let at = 0;
  for (const group of groups) {
    starts.add(at);
    at += group;
  }
  return starts;
}

/** Place in `lines` of the first that sounds at or past `from`. */
export function firstLine(lines: readonly { readonly line: number }[], from: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.line ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
