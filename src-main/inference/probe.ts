import {
  asHostNormalised,
  type HybridContract,
  type SegmentContract,
  type Stereo,
  stereoOf,
} from '#shared/analysis';
import { fail, ok, Random, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { Failed } from '#main/platform';
import { segmentRunner } from './segment-runner';
import type { ModelSession } from './session';

/** Quiet, so that a model that expects to be fed at deviation 1 stands out by its level. */
const NOISE_RMS = 0.02;
/** Most by which the stems together may be louder than the noise, and, where they are a whole mix, softer: 14 dB. */
const MOST_RATIO = 5;

/**
 * Runs one segment of pink noise: the stems must be finite and, taken together, about as loud as the noise. A model of
 * contract A's shapes that is off scale is tried once more as I, normalised by its host.
 */
export async function probe<Contract extends SegmentContract>(
  session: ModelSession,
  contract: Contract,
  path: string,
): Promise<Result<Contract | HybridContract, Failure>> {
  try {
    const ratio = await levelRatio(session, contract, path);
    if (isOnScale(ratio, contract)) return ok(contract);
    const other = alternative(contract);
    if (other && isOnScale(await levelRatio(session, other, path), other)) return ok(other);
    const decibels = (20 * Math.log10(Math.max(ratio, 1e-6))).toFixed(0);
    const reason = `its stems together are at ${decibels} dB of the mix`;
    return fail({ code: 'modelOutput', path, reason });
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  }
}

const alternative = (contract: SegmentContract): HybridContract | null =>
  contract.family === 'hybrid' && contract.outputLayout === 'channels' && contract.layout === 'channels'
    ? asHostNormalised(contract)
    : null;

function isOnScale(ratio: number, contract: SegmentContract): boolean {
  const isWhole = contract.stems.some(({ name }) => name === 'other') && contract.stems.length > 1;
  return ratio <= MOST_RATIO && (!isWhole || ratio >= 1 / MOST_RATIO);
}

/** Level of the sum of all stems over the noise's. */
async function levelRatio(session: ModelSession, contract: SegmentContract, path: string): Promise<number> {
  const { frames } = contract.segment;
  const noise = pinkNoise(frames);
  const stems = contract.stems.map(() => stereoOf(frames));
  const places = contract.stems.map(({ index }) => index);
  await segmentRunner(session, contract, path, places)(noise, stems);
  const sum = stereoOf(frames);
  for (const stem of stems) {
    stem.forEach((channel, side) => {
      for (let at = 0; at < frames; at++) sum[side]![at]! += channel[at]!;
    });
  }
  return rms(sum) / rms(noise);
}

const rms = (stereo: Stereo): number => {
  let squares = 0;
  for (const channel of stereo) for (const value of channel) squares += value * value;
  return Math.sqrt(squares / (2 * stereo[0].length));
};

/** Two independent channels of noise at 3 dB less an octave, from a fixed seed. @see Kellet's filter, "economy" version */
export function pinkNoise(frames: number): Stereo {
  const channels = stereoOf(frames);
  channels.forEach((channel, side) => {
    const random = Random.ofSeed('separation-probe').fork('channel', side);
    let [low, middle, high] = [0, 0, 0];
    for (let at = 0; at < frames; at++) {
      const white = random.between(-1, 1);
      low = 0.99765 * low + white * 0.099046;
      middle = 0.963 * middle + white * 0.2965164;
      high = 0.57 * high + white * 1.0526913;
      channel[at] = low + middle + high + white * 0.1848;
    }
  });
  const scale = NOISE_RMS / rms(channels);
  for (const channel of channels) for (let at = 0; at < frames; at++) channel[at]! *= scale;
  return channels;
}
