import { barStarts, type Meter } from '#shared/model';
import { PPQ } from '#shared/units';

/** How a metronome stresses a beat. */
export type Accent = 'bar' | 'group' | 'beat';

export interface MeterBeat {
  /** Ticks from the pattern's start. */
  readonly at: number;
  readonly accent: Accent;
}

/** The beats, in their order, with which groups of a meter begin; of compound meters (6/8, 9/8, 12/8) groups of three. */
function groupStarts({ numerator, denominator, groups }: Meter): ReadonlySet<number> {
  const isCompound = denominator >= 8 && numerator > 3 && numerator % 3 === 0;
  const sizes = groups ?? (isCompound ? Array<number>(numerator / 3).fill(3) : []);
  const starts = new Set<number>();
  let start = 0;
  for (const size of sizes) {
    starts.add(start);
    start += size;
  }
  return starts;
}

/** The beats of `bars` from `from` to `to`, that one left out: what each meter counts, eighths in 7/8. */
export function meterBeats(bars: readonly Meter[], from: number, to: number): MeterBeat[] {
  const starts = barStarts(bars);
  return bars.flatMap((meter, index) => {
    const start = starts[index] ?? 0;
    const length = (4 * PPQ) / meter.denominator;
    if (start >= to || start + length * meter.numerator <= from) return [];
    const groups = groupStarts(meter);
    return Array.from({ length: meter.numerator }, (_, beat): MeterBeat => {
      const accent = beat === 0 ? 'bar' : groups.has(beat) ? 'group' : 'beat';
      return { at: start + beat * length, accent };
    }).filter(({ at }) => at >= from && at < to);
  });
}
