import { BLEED_SECONDS, SliceBleedMeter, bleedOf, marksOfOnsets, planSlices } from '#shared/analysis';
import { hannWindow, RealFft } from '#shared/dsp';
import { type PlanarAudio, toMono } from '#shared/model';
import { onsetsOf } from '#test/ears';

/** What was said of one slice, and what is true of it. */
export interface BleedCase {
  readonly said: number;
  /** Share of the slice's energy that stands over the true drums', moment by moment and bin by bin. */
  readonly true: number;
}

/** Every slice of separated drums, its bleed as measured from the residual and as the true drums give it. */
export function bleedCases(mix: PlanarAudio, drums: PlanarAudio, truth: PlanarAudio): BleedCase[] {
  const { sampleRate } = drums;
  const own = toMono(drums).samples;
  const rest = toMono(mix).samples.map((value, frame) => value - (own[frame] ?? 0));
  const real = toMono(truth).samples;
  const plan = planSlices(marksOfOnsets(onsetsOf(drums)), own.length, sampleRate);
  const meter = new SliceBleedMeter(sampleRate);
  return plan.map(({ onsetFrame, limitFrame }) => {
    const end = Math.min(limitFrame, onsetFrame + Math.round(BLEED_SECONDS * sampleRate));
    const before = own.subarray(Math.max(0, onsetFrame - meter.beforeFrames), onsetFrame);
    const slice = { sampleRate, samples: own.subarray(onsetFrame, end) };
    const parts = meter.measure(before, slice, rest.subarray(onsetFrame, end), []);
    return {
      // Drums that ring on are no bleed to the true stem of all drums.
      said: bleedOf({ ...parts, ringing: 0 }),
      true: excess(slice.samples, real.subarray(onsetFrame, end)),
    };
  });
}

const SIZE = 2048;
const fft = new RealFft(SIZE);
const window = hannWindow(SIZE);

function excess(heard: Float32Array, real: Float32Array): number {
  let over = 0;
  let whole = 0;
  for (let start = 0; start === 0 || start + SIZE / 2 <= heard.length; start += SIZE / 2) {
    const [a, b] = [powers(heard, start), powers(real, start)];
    for (let bin = 0; bin < a.length; bin++) {
      whole += a[bin]!;
      over += Math.max(0, a[bin]! - b[bin]!);
    }
  }
  return whole > 0 ? over / whole : 0;
}

function powers(samples: Float32Array, start: number): Float64Array {
  const shaped = new Float64Array(SIZE);
  for (let at = 0; at < SIZE && start + at < samples.length; at++)
    shaped[at] = samples[start + at]! * window[at]!;
  const spectrum = new Float64Array(2 * fft.binCount);
  fft.forward(shaped, spectrum);
  return Float64Array.from(
    { length: fft.binCount },
    (_, bin) => spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2,
  );
}

/** Spearman's correlation of ranks. */
export function rankCorrelation(cases: readonly BleedCase[]): number {
  const [a, b] = [ranks(cases.map(({ said }) => said)), ranks(cases.map(one => one.true))];
  const middle = (cases.length - 1) / 2;
  let both = 0;
  let squares = 0;
  a.forEach((rank, index) => {
    both += (rank - middle) * (b[index]! - middle);
    squares += (rank - middle) ** 2;
  });
  return both / squares;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const found: number[] = [];
  order.forEach((index, rank) => {
    found[index] = rank;
  });
  return found;
}
