import { frameCount, type PlanarAudio } from '../../model';
import { decibelsOfGain } from '../../units';

/** Blocks in which a slice's level is followed. */
const BLOCK_SECONDS = 0.005;
/** A hit is over when it stays this far under its loudest block... */
const DECAY_DECIBELS = 60;
/** ...or under this level, dBFS... */
const SILENCE_DECIBELS = -84;
/** ...for this long: the dip of two beating partials is no end. */
const QUIET_SECONDS = 0.05;

/** RMS over all channels, block after block; the last block may be shorter. */
export function blockLevels(audio: PlanarAudio, blockFrames: number): Float64Array {
  const count = frameCount(audio);
  const levels = new Float64Array(Math.ceil(count / blockFrames));
  for (let block = 0; block < levels.length; block++) {
    const start = block * blockFrames;
    const end = Math.min(count, start + blockFrames);
    let energy = 0;
    for (const channel of audio.channels) {
      for (let frame = start; frame < end; frame++) energy += channel[frame]! ** 2;
    }
    levels[block] = Math.sqrt(energy / (audio.channels.length * (end - start)));
  }
  return levels;
}

/**
 * Frames of `audio`, which begins where a slice begins, until the hit has died away; all of them when it does not.
 *
 * @param strokeOffset frames from the beginning to the last stroke that the slice holds
 */
export function endOfDecay(audio: PlanarAudio, strokeOffset: number): number {
  const count = frameCount(audio);
  const block = Math.max(1, Math.round(BLOCK_SECONDS * audio.sampleRate));
  const quiet = Math.round(QUIET_SECONDS / BLOCK_SECONDS);
  const levels = blockLevels(audio, block);
  let peakAt = Math.min(Math.floor(strokeOffset / block), levels.length - 1);
  for (let index = peakAt; index < levels.length; index++) {
    if (levels[index]! > levels[peakAt]!) peakAt = index;
  }
  const peakDecibels = decibelsOfGain(levels[peakAt] ?? 0);
  const floor = Math.max(peakDecibels - DECAY_DECIBELS, SILENCE_DECIBELS);
  for (let index = peakAt + 1; index + quiet <= levels.length; index++) {
    let isQuiet = true;
    for (let ahead = index; ahead < index + quiet && isQuiet; ahead++) {
      isQuiet = decibelsOfGain(levels[ahead]!) < floor;
    }
    if (isQuiet) return Math.min(count, index * block);
  }
  return count;
}
