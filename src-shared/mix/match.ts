import { integratedLufs, weightedEnergies } from '../dsp';
import { type HitId, type Kit, type Pattern, type PlanarAudio, patternSeconds } from '../model';
import { scheduleVoices } from './voice';

/** Energies are kept in pieces of 20 ms. */
const PIECES_A_SECOND = 50;
const PIECES_A_STEP = PIECES_A_SECOND / 10;
const MOST_DECIBELS = 12;

/** A hit's sound as far as loudness goes: K-weighted energy of each 20 ms. */
export interface HitLevel {
  readonly pieces: Float64Array;
  readonly frames: number;
  readonly sampleRate: number;
}

export const hitLevel = ({ channels, sampleRate }: PlanarAudio): HitLevel => ({
  pieces: weightedEnergies(channels, sampleRate, Math.round(sampleRate / PIECES_A_SECOND)),
  frames: channels[0]?.length ?? 0,
  sampleRate,
});

/**
 * Decibels to add to `after` so that it is as loud as `before` by integrated loudness, within 12 either way. Strokes are taken
 * to add up in energy, which for drums holds within some tenths of a decibel and needs no rendering; 0 when either is silent.
 */
export function matchingDecibels(
  before: Pattern,
  after: Pattern,
  kit: Kit,
  levels: ReadonlyMap<HitId, HitLevel>,
): number {
  const difference = loudnessOf(before, kit, levels) - loudnessOf(after, kit, levels);
  return Number.isFinite(difference) ? Math.min(MOST_DECIBELS, Math.max(-MOST_DECIBELS, difference)) : 0;
}

/** Of one pass of the loop, what rings past its end laid over its beginning. */
function loudnessOf(pattern: Pattern, kit: Kit, levels: ReadonlyMap<HitId, HitLevel>): number {
  const steps = Math.max(4, Math.round(patternSeconds(pattern) * 10));
  const sums = new Float64Array(steps);
  const voices = scheduleVoices(pattern, kit, {
    sampleRate: PIECES_A_SECOND,
    hitFrames: id => levels.get(id)?.pieces.length ?? 0,
  });
  for (const { hit, gain, onsetFrame, frames, releaseFrame } of voices) {
    const level = levels.get(hit);
    if (!level) continue;
    const heard = releaseFrame === null ? frames : Math.max(1, releaseFrame - onsetFrame);
    for (let piece = 0; piece < Math.min(heard, frames); piece++) {
      const step = Math.floor((onsetFrame + piece) / PIECES_A_STEP) % steps;
      sums[step]! += (gain * gain * level.pieces[piece]!) / (level.sampleRate / 10);
    }
  }
  return integratedLufs([...sums]);
}
