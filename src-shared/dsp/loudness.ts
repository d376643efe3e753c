import { decibelsOfGain } from '../units';
import { besselI0 } from './resample';

export interface Loudness {
  /** Integrated programme loudness in LUFS; -Infinity when all of it is below the gate of -70. */
  readonly integratedLufs: number;
  /** Highest level between the frames too, in dBTP. */
  readonly truePeakDecibels: number;
  /** Highest frame in dBFS. */
  readonly peakDecibels: number;
}

const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** Blocks of 400 ms begin every 100 ms. */
const STEP_SECONDS = 0.1;
const STEPS_PER_BLOCK = 4;

/**
 * Measures a mono or stereo stream. Mono counts as one channel, as in the standard, 3 LU below the same on two.
 * @see ITU-R BS.1770-4, annexes 1 and 2
 */
export class LoudnessMeter {
  readonly #weightings: readonly KWeighting[];
  readonly #peaks: readonly TruePeak[];
  readonly #stepFrames: number;
  /** Mean square of each finished step, channels summed. */
  readonly #steps: number[] = [];
  #sum = 0;
  #held = 0;

  constructor(sampleRate: number, channelCount: number) {
    this.#weightings = Array.from({ length: channelCount }, () => new KWeighting(sampleRate));
    this.#peaks = Array.from({ length: channelCount }, () => new TruePeak(sampleRate));
    this.#stepFrames = Math.round(sampleRate * STEP_SECONDS);
  }

  push(channels: readonly Float32Array[]): void {
    const count = channels[0]?.length ?? 0;
    for (const [channel, samples] of channels.entries()) this.#peaks[channel]?.push(samples);
    for (let start = 0; start < count; ) {
      const end = Math.min(count, start + this.#stepFrames - this.#held);
      for (const [channel, samples] of channels.entries()) {
        this.#sum += this.#weightings[channel]?.energy(samples, start, end) ?? 0;
      }
      this.#held += end - start;
      if (this.#held === this.#stepFrames) {
        this.#steps.push(this.#sum / this.#stepFrames);
        this.#sum = 0;
        this.#held = 0;
      }
      start = end;
    }
  }

  finish(): Loudness {
    const peaks = this.#peaks.map(peak => peak.finish());
    return {
      integratedLufs: integratedLufs(this.#steps),
      truePeakDecibels: decibelsOfGain(Math.max(0, ...peaks.map(peak => peak.between))),
      peakDecibels: decibelsOfGain(Math.max(0, ...peaks.map(peak => peak.frames))),
    };
  }
}

/** Sums of squares of the K-weighted frames of all channels, piece by piece of `pieceFrames`: what a sound adds to a programme's loudness. */
export function weightedEnergies(
  channels: readonly Float32Array[],
  sampleRate: number,
  pieceFrames: number,
): Float64Array {
  const energies = new Float64Array(Math.ceil((channels[0]?.length ?? 0) / pieceFrames));
  for (const samples of channels) {
    const weighting = new KWeighting(sampleRate);
    for (const piece of energies.keys()) {
      const start = piece * pieceFrames;
      energies[piece]! += weighting.energy(samples, start, Math.min(samples.length, start + pieceFrames));
    }
  }
  return energies;
}

const lufs = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Integrated loudness in LUFS from the mean squares of steps of 100 ms, K-weighted, channels summed. */
export function integratedLufs(steps: readonly number[]): number {
  const blocks: number[] = [];
  for (let last = STEPS_PER_BLOCK - 1; last < steps.length; last++) {
    blocks.push(mean(steps.slice(last - STEPS_PER_BLOCK + 1, last + 1)));
  }
  const loud = blocks.filter(block => lufs(block) > ABSOLUTE_GATE_LUFS);
  if (loud.length === 0) return -Infinity;
  const gate = lufs(mean(loud)) + RELATIVE_GATE_LU;
  return lufs(mean(loud.filter(block => lufs(block) > gate)));
}

/** The head's shelf and the low cut, as two biquads. The formulas give the standard's 48 kHz coefficients at any rate. */
class KWeighting {
  readonly #shelf: readonly [number, number, number, number, number];
  readonly #cut: readonly [number, number];
  readonly #state = new Float64Array(6);

  constructor(sampleRate: number) {
    const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
    const q = 0.7071752369554196;
    const high = 10 ** (3.999843853973347 / 20);
    const band = high ** 0.4996667741545416;
    const a0 = 1 + k / q + k * k;
    this.#shelf = [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
      (2 * (k * k - 1)) / a0,
      (1 - k / q + k * k) / a0,
    ];
    const low = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
    const lowQ = 0.5003270373238773;
    const b0 = 1 + low / lowQ + low * low;
    this.#cut = [(2 * (low * low - 1)) / b0, (1 - low / lowQ + low * low) / b0];
  }

  /** Sum of squares of the weighted frames `start` to `end`, which follow those of the call before. */
  energy(samples: Float32Array, start: number, end: number): number {
    const [b0, b1, b2, a1, a2] = this.#shelf;
    const [c1, c2] = this.#cut;
    let [x1 = 0, x2 = 0, y1 = 0, y2 = 0, z1 = 0, z2 = 0] = this.#state;
    let sum = 0;
    for (let frame = start; frame < end; frame++) {
      const x = samples[frame]!;
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      const z = y - 2 * y1 + y2 - c1 * z1 - c2 * z2;
      sum += z * z;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      z2 = z1;
      z1 = z;
    }
    this.#state.set([x1, x2, y1, y2, z1, z2]);
    return sum;
  }
}

/** Frames on each side that the interpolation between two frames looks at. */
const HALF = 12;
const BETA = 8;

/** Highest absolute value of one channel, on the frames and, by oversampling to about 192 kHz, between them. */
class TruePeak {
  readonly #rows: readonly Float64Array[];
  #held = new Float32Array(2 * HALF - 1);
  #frames = 0;
  #between = 0;

  constructor(sampleRate: number) {
    const factor = Math.max(1, Math.ceil(176_400 / sampleRate));
    this.#rows = Array.from({ length: factor - 1 }, (_, index) => interpolator((index + 1) / factor));
  }

  push(samples: Float32Array): void {
    const all = new Float32Array(this.#held.length + samples.length);
    all.set(this.#held);
    all.set(samples, this.#held.length);
    for (const sample of samples) {
      const level = Math.abs(sample);
      if (level > this.#frames) this.#frames = level;
    }
    for (let first = 0; first + 2 * HALF <= all.length; first++) {
      // Between two frames at a third of the peak no sound in practice reaches it.
      const nearby = Math.max(Math.abs(all[first + HALF - 1]!), Math.abs(all[first + HALF]!));
      if (nearby * 3 < this.#frames) continue;
      for (const row of this.#rows) {
        let sum = 0;
        for (let tap = 0; tap < 2 * HALF; tap++) sum += all[first + tap]! * row[tap]!;
        const level = Math.abs(sum);
        if (level > this.#between) this.#between = level;
      }
    }
    this.#held = all.slice(all.length - (2 * HALF - 1));
  }

  finish(): { readonly frames: number; readonly between: number } {
    this.push(new Float32Array(HALF));
    return { frames: this.#frames, between: Math.max(this.#frames, this.#between) };
  }
}

/** Taps that give the value `offset` (0..1) of a frame after frame HALF - 1 of 2 * HALF. */
function interpolator(offset: number): Float64Array {
  return Float64Array.from({ length: 2 * HALF }, (_, tap) => {
    const distance = tap - (HALF - 1) - offset;
    const x = distance / HALF;
    const window = Math.abs(x) >= 1 ? 0 : besselI0(BETA * Math.sqrt(1 - x * x)) / besselI0(BETA);
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  });
}
