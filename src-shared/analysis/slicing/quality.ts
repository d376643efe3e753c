import { frameCount, type PlanarAudio, type SliceQuality } from '../../model';
import { clamp, decibelsOfGain } from '../../units';
import { bleedOf } from './bleed';
import { blockLevels } from './decay';

const LEVEL_SECONDS = 0.01;
/** The hit's own level is looked for in this much of it. */
const ATTACK_SECONDS = 0.1;
/** Levels further apart than the range of 16 bits say nothing more. */
const WIDEST_DECIBELS = 96;
const FULL_SCALE = 0.999;

const ratioDecibels = (above: number, below: number): number =>
  above > 0 ? clamp(decibelsOfGain(above / Math.max(below, 1e-9)), 0, WIDEST_DECIBELS) : 0;

/**
 * How clean a slice is, what bleeds into it apart.
 *
 * @param before what the stem holds just before the slice, at most 20 ms; empty at the stem's beginning
 * @param slice not yet faded
 */
export function sliceQuality(before: PlanarAudio, slice: PlanarAudio, onsetOffset: number): SliceQuality {
  const block = Math.max(1, Math.round(LEVEL_SECONDS * slice.sampleRate));
  const floor = frameCount(before) > 0 ? (blockLevels(before, frameCount(before))[0] ?? 0) : 0;
  const levels = blockLevels(slice, block);
  const first = Math.floor(onsetOffset / block);
  const loudest = (from: number, to: number): number =>
    levels.subarray(from, to).reduce((most, level) => Math.max(most, level), 0);
  const attack = loudest(first, first + Math.round(ATTACK_SECONDS / LEVEL_SECONDS));
  return {
    signal_to_floor_db: ratioDecibels(attack, floor),
    tail_db: ratioDecibels(loudest(0, levels.length), levels.at(-1) ?? 0),
    clipped_frames: clippedFrames(slice),
  };
}

/** A single frame at full scale is a peak; two side by side are a flat top. */
function clippedFrames(audio: PlanarAudio): number {
  let clipped = 0;
  for (const channel of audio.channels) {
    let run = 0;
    for (const sample of channel) {
      run = Math.abs(sample) >= FULL_SCALE ? run + 1 : 0;
      if (run === 2) clipped += 2;
      else if (run > 2) clipped++;
    }
  }
  return clipped;
}

/** Further above what sounds before it, or further died away, is no better to the ear, dB. */
const ENOUGH_DECIBELS = 40;

/**
 * How good a take a slice is, 0..1: whether it is its own sound alone, stands out of what sounds before it, has died away at its end,
 * is played with force, and is not clipped. What bleeds in counts most: it can be mended least.
 */
export function takeScore(quality: SliceQuality, velocity: number): number {
  const { bleed, signal_to_floor_db, tail_db, clipped_frames } = quality;
  const upTo = (decibels: number): number => clamp(decibels / ENOUGH_DECIBELS, 0, 1);
  const sum =
    0.4 * (1 - (bleed ? bleedOf(bleed) : 0)) +
    0.25 * upTo(signal_to_floor_db) +
    0.25 * upTo(tail_db) +
    0.1 * velocity;
  return sum / (1 + Math.log10(1 + clipped_frames));
}

/** RMS of the first 50 ms from the onset over all channels: what velocities are derived from. */
export function attackLevel(fromOnset: PlanarAudio): number {
  return blockLevels(fromOnset, Math.max(1, Math.round(0.05 * fromOnset.sampleRate)))[0] ?? 0;
}

/** Velocity 0..1 of a hit: square root of its share of the loudest amplitude, as a player's and a synthesiser's velocity is. */
export const velocityOf = (level: number, loudest: number): number =>
  loudest > 0 ? Math.sqrt(clamp(level / loudest, 0, 1)) : 0;
