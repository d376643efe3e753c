import { decibelsOfGain } from '../units';
import { KWeighting } from './k-weighting';
import { TRUE_PEAK_REACH, TruePeakScan } from './true-peak';

export interface Loudness {
  /** Integrated programme loudness in LUFS; -Infinity when all of it is below the gate of -70. */
  readonly integratedLufs: number;
  /** Loudness of the last 400 ms and of the last 3 s; what lies before the start counts as silence. */
  readonly momentaryLufs: number;
  readonly shortTermLufs: number;
  /** The highest that they have been. */
  readonly highestMomentaryLufs: number;
  readonly highestShortTermLufs: number;
  /** Loudness range in LU; 0 before the first 3 s are full. */
  readonly rangeLu: number;
  /** Highest level between the frames too, in dBTP. */
  readonly truePeakDecibels: number;
  /** Highest frame in dBFS. */
  readonly peakDecibels: number;
}

const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** Blocks of 400 ms begin every 100 ms, and so do those of 3 s. */
const STEP_SECONDS = 0.1;
const STEPS_PER_BLOCK = 4;
const STEPS_PER_SHORT_TERM = 30;
/** Of the loudness range, EBU Tech 3342. */
const RANGE_GATE_LU = -20;
const RANGE_LOW = 0.1;
const RANGE_HIGH = 0.95;
/** How finely the loudness of a programme's stretches of 3 s is counted. */
const BINS_PER_LU = 100;
const LOWEST_BIN_LUFS = -70;
const BINS = 100 * BINS_PER_LU;

/**
 * Measures a mono or stereo stream as an "EBU mode" meter does. Mono counts as one channel, as in the standard, 3 LU below the same on two.
 * @see ITU-R BS.1770-4, annexes 1 and 2; EBU Tech 3341 and 3342
 */
export class LoudnessMeter {
  readonly #weightings: readonly KWeighting[];
  readonly #scans: readonly TruePeakScan[];
  readonly #stepFrames: number;
  /** Mean square of the newest finished steps, channels summed, the newest at the end. */
  readonly #recent = new Float64Array(STEPS_PER_SHORT_TERM);
  #steps = 0;
  /** Mean square of each block of 400 ms. */
  readonly #blocks: number[] = [];
  readonly #range = new LoudnessRange();
  #sum = 0;
  #held = 0;
  #peak = 0;
  #truePeak = 0;
  #between = new Float64Array(0);
  #highestMomentary = 0;
  #highestShortTerm = 0;

  constructor(sampleRate: number, channelCount: number) {
    this.#weightings = Array.from({ length: channelCount }, () => new KWeighting(sampleRate));
    this.#scans = Array.from({ length: channelCount }, () => new TruePeakScan(sampleRate));
    this.#stepFrames = Math.round(sampleRate * STEP_SECONDS);
  }

  /** Takes the first `count` frames of `channels`, all of them unless given. */
  push(channels: readonly (Float32Array | Float64Array)[], count = channels[0]?.length ?? 0): void {
    this.#lookForPeaks(channels, count);
    for (let start = 0; start < count; ) {
      const end = Math.min(count, start + this.#stepFrames - this.#held);
      for (const [channel, samples] of channels.entries()) {
        this.#sum += this.#weightings[channel]?.energy(samples, start, end) ?? 0;
      }
      this.#held += end - start;
      if (this.#held === this.#stepFrames) this.#endStep();
      start = end;
    }
  }

  /** As it stands; the last `TRUE_PEAK_REACH` frames are not yet in the true peak. */
  reading(): Loudness {
    return {
      integratedLufs: gatedLufs(this.#blocks),
      momentaryLufs: lufs(this.#meanOf(STEPS_PER_BLOCK)),
      shortTermLufs: lufs(this.#meanOf(STEPS_PER_SHORT_TERM)),
      highestMomentaryLufs: lufs(this.#highestMomentary),
      highestShortTermLufs: lufs(this.#highestShortTerm),
      rangeLu: this.#range.lu(),
      truePeakDecibels: decibelsOfGain(Math.max(this.#peak, this.#truePeak)),
      peakDecibels: decibelsOfGain(this.#peak),
    };
  }

  finish(): Loudness {
    const silence = new Float32Array(TRUE_PEAK_REACH);
    this.#lookForPeaks(
      this.#scans.map(() => silence),
      silence.length,
    );
    return this.reading();
  }

  #lookForPeaks(channels: readonly (Float32Array | Float64Array)[], count: number): void {
    if (this.#between.length < count) this.#between = new Float64Array(count);
    const between = this.#between;
    for (const [channel, samples] of channels.entries()) {
      this.#scans[channel]?.scan(samples, count, this.#truePeak, between);
      for (let frame = 0; frame < count; frame++) {
        this.#peak = Math.max(this.#peak, Math.abs(samples[frame]!));
        this.#truePeak = Math.max(this.#truePeak, between[frame]!);
      }
    }
  }

  #endStep(): void {
    this.#recent.copyWithin(0, 1);
    this.#recent[STEPS_PER_SHORT_TERM - 1] = this.#sum / this.#stepFrames;
    this.#sum = 0;
    this.#held = 0;
    this.#steps++;
    if (this.#steps >= STEPS_PER_BLOCK) {
      const block = this.#meanOf(STEPS_PER_BLOCK);
      this.#blocks.push(block);
      this.#highestMomentary = Math.max(this.#highestMomentary, block);
    }
    if (this.#steps >= STEPS_PER_SHORT_TERM) {
      const stretch = this.#meanOf(STEPS_PER_SHORT_TERM);
      this.#range.add(stretch);
      this.#highestShortTerm = Math.max(this.#highestShortTerm, stretch);
    }
  }

  /** Mean square of the newest `steps` steps. */
  #meanOf(steps: number): number {
    let sum = 0;
    for (let step = STEPS_PER_SHORT_TERM - steps; step < STEPS_PER_SHORT_TERM; step++) {
      sum += this.#recent[step]!;
    }
    return sum / steps;
  }
}

/** Spread of a programme's loudness: from its 10th to its 95th percentile, above the gates. @see EBU Tech 3342 */
class LoudnessRange {
  readonly #counts = new Uint32Array(BINS);
  #sum = 0;
  #count = 0;

  /** One stretch of 3 s, as a mean square. */
  add(meanSquare: number): void {
    const level = lufs(meanSquare);
    if (!(level > ABSOLUTE_GATE_LUFS)) return;
    const bin = Math.min(BINS - 1, Math.floor((level - LOWEST_BIN_LUFS) * BINS_PER_LU));
    this.#counts[bin]!++;
    this.#sum += meanSquare;
    this.#count++;
  }

  lu(): number {
    if (this.#count === 0) return 0;
    const gate = lufs(this.#sum / this.#count) + RANGE_GATE_LU;
    const from = Math.max(0, Math.floor((gate - LOWEST_BIN_LUFS) * BINS_PER_LU));
    let above = 0;
    for (let bin = from; bin < BINS; bin++) above += this.#counts[bin]!;
    return this.#percentile(from, RANGE_HIGH * (above - 1)) - this.#percentile(from, RANGE_LOW * (above - 1));
  }

  #percentile(from: number, rank: number): number {
    let passed = 0;
    for (let bin = from; bin < BINS; bin++) {
      passed += this.#counts[bin]!;
      if (passed > Math.round(rank)) return bin / BINS_PER_LU;
    }
    return from / BINS_PER_LU;
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
const meanSquareOf = (level: number): number => 10 ** ((level + 0.691) / 10);

/** Integrated loudness in LUFS from the mean squares of steps of 100 ms, K-weighted, channels summed. */
export function integratedLufs(steps: readonly number[]): number {
  const blocks: number[] = [];
  for (let last = STEPS_PER_BLOCK - 1; last < steps.length; last++) {
    let sum = 0;
    for (let step = last - STEPS_PER_BLOCK + 1; step <= last; step++) sum += steps[step]!;
    blocks.push(sum / STEPS_PER_BLOCK);
  }
  return gatedLufs(blocks);
}

/** Loudness of the blocks of 400 ms above both gates. */
function gatedLufs(blocks: readonly number[]): number {
  const loud = meanAbove(blocks, meanSquareOf(ABSOLUTE_GATE_LUFS));
  return lufs(meanAbove(blocks, loud * 10 ** (RELATIVE_GATE_LU / 10)));
}

/** Mean of the values above `gate` (and above the absolute one); 0 when there are none. */
function meanAbove(values: readonly number[], gate: number): number {
  const least = Math.max(gate, meanSquareOf(ABSOLUTE_GATE_LUFS));
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value <= least) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
