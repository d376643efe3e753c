import type { Check, Distribution, ValidationReport } from '#shared/dataset';

/** "38 of 39": how many passed of those that had something to look at. */
export function passedOf({ checks }: ValidationReport): { readonly passed: number; readonly of: number } {
  const looked = checks.filter(({ state }) => state !== 'skipped');
  return { passed: looked.filter(({ state }) => state === 'passed').length, of: looked.length };
}

const URGENCY: Readonly<Record<Check['state'], number>> = { failed: 0, warned: 1, passed: 2, skipped: 3 };

/** What needs a look first. */
export const byUrgency = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((a, b) => URGENCY[a.state] - URGENCY[b.state]);

/** The one distribution that stands for all beside a sample: the timing's, where it is there. */
export const chiefDistribution = ({ distributions }: ValidationReport): Distribution | undefined =>
  distributions.find(({ name }) => name.startsWith('offset') && name !== 'offset_shape') ?? distributions[0];

/** A histogram as paths in a box of 100 by 100. */
export interface HistogramShape {
  readonly bars: readonly { readonly x: number; readonly width: number; readonly height: number }[];
  /** Of the measured shares; null where nobody measured them. */
  readonly line: string | null;
}

export function histogramShape({ edges, generated, measured }: Distribution): HistogramShape {
  const [low = 0, high = 1] = [edges[0], edges.at(-1)];
  const x = (value: number): number => ((value - low) / (high - low)) * 100;
  const most = Math.max(...generated, ...(measured ?? []), 1e-9);
  const middleOf = (bin: number): number => x(((edges[bin] ?? low) + (edges[bin + 1] ?? high)) / 2);
  return {
    bars: generated.map((share, bin) => ({
      x: x(edges[bin] ?? low),
      width: x(edges[bin + 1] ?? high) - x(edges[bin] ?? low),
      height: (share / most) * 100,
    })),
    line:
      measured === null
        ? null
        : measured
            .map((share, bin) => `${middleOf(bin).toFixed(2)} ${(100 - (share / most) * 100).toFixed(2)}`)
            .join('L'),
  };
}
