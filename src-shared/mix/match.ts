import { integratedLufs, weightedEnergies } from '../dsp';
import { type Kit, type Pattern, type PlanarAudio, patternSeconds } from '../model';
import { scheduleVoices, type Voice } from './voice';

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

/** The level of what a voice sounds, as it is shaped; undefined where its audio is not there. */
export type LevelOf = (sound: Pick<Voice, 'hit' | 'shape'>) => HitLevel | undefined;

interface Played {
  readonly pattern: Pattern;
  readonly kit: Kit;
}

/**
 * Decibels to add to `after` so that it is as loud as `before` by integrated loudness, within 12 either way. Strokes are taken
 * to add up in energy, which for drums holds within some tenths of a decibel and needs no rendering; 0 when either is silent.
 */
export function matchingDecibels(before: Played, after: Played, levelOf: LevelOf): number {
  const difference = loudnessOf(before, levelOf) - loudnessOf(after, levelOf);
  return Number.isFinite(difference) ? Math.min(MOST_DECIBELS, Math.max(-MOST_DECIBELS, difference)) : 0;
}

/** Of one pass of the loop, what rings past its end laid over its beginning. */
function loudnessOf({ pattern, kit }: Played, levelOf: LevelOf): number {
  const steps = Math.max(4, Math.round(patternSeconds(pattern) * 10));
  const sums = new Float64Array(steps);
  const voices = scheduleVoices(pattern, kit, {
    sampleRate: PIECES_A_SECOND,
    hitFrames: hit => levelOf({ hit, shape: null })?.pieces.length ?? 0,
  });
  for (const voice of voices) {
    const level = levelOf(voice);
    if (!level) continue;
    const { gain, onsetFrame, releaseFrame } = voice;
    const heard = releaseFrame === null ? Infinity : Math.max(1, releaseFrame - onsetFrame);
    for (let piece = 0; piece < Math.min(heard, level.pieces.length); piece++) {
      const step = Math.floor((onsetFrame + piece) / PIECES_A_STEP) % steps;
      sums[step]! += (gain * gain * level.pieces[piece]!) / (level.sampleRate / 10);
    }
  }
  return integratedLufs([...sums]);
}
