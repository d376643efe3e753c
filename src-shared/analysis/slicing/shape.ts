import { frameCount, type PlanarAudio } from '../../model';
import { gainOfDecibels } from '../../units';

export interface FadeLengths {
  readonly fadeInFrames: number;
  readonly fadeOutFrames: number;
}

/** A hit that is cut off while it rings falls over this long: a cut would be heard as one. */
const RELEASE_SECONDS = 0.012;
/** ... but over no more than this share of what follows its onset. */
const MOST_OF_SLICE = 0.25;

/**
 * Fades that fit: the fade-in ends at the onset, and the two never meet.
 *
 * @param isRinging whether the slice ends before its hit has died away
 */
export function fadeLengths(
  frames: number,
  onsetOffset: number,
  { fadeMs, isRinging }: { readonly fadeMs: number; readonly isRinging: boolean },
  sampleRate: number,
): FadeLengths {
  const wanted = Math.round((fadeMs / 1000) * sampleRate);
  const fadeInFrames = Math.min(wanted, onsetOffset, Math.floor(frames / 2));
  const release = Math.min(RELEASE_SECONDS * sampleRate, MOST_OF_SLICE * (frames - onsetOffset));
  const fadeOut = isRinging && wanted > 0 ? Math.max(wanted, Math.floor(release)) : wanted;
  return { fadeInFrames, fadeOutFrames: Math.min(fadeOut, Math.floor((frames - fadeInFrames) / 2)) };
}

/** Gain of a raised-cosine fade, `frame` frames into its `length`; the first frame is not quite silent. */
export const fadeGain = (frame: number, length: number): number =>
  0.5 - 0.5 * Math.cos((Math.PI * (frame + 1)) / (length + 1));

/** Fades `audio` at both ends, in place. */
export function fadeEnds(audio: PlanarAudio, { fadeInFrames, fadeOutFrames }: FadeLengths): void {
  const count = frameCount(audio);
  for (const channel of audio.channels) {
    for (let frame = 0; frame < fadeInFrames; frame++) channel[frame]! *= fadeGain(frame, fadeInFrames);
    for (let frame = 0; frame < fadeOutFrames; frame++)
      channel[count - 1 - frame]! *= fadeGain(frame, fadeOutFrames);
  }
}

export function peakOf(audio: PlanarAudio): number {
  let peak = 0;
  for (const channel of audio.channels) for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

export const NORMAL_PEAK_DECIBELS = -1;

/** Factor that brings `peak` to -1 dBFS; 1 for silence. */
export const normalisingGain = (peak: number): number =>
  peak > 0 ? gainOfDecibels(NORMAL_PEAK_DECIBELS) / peak : 1;

/** Multiplies in place. */
export function applyGain(audio: PlanarAudio, gain: number): void {
  for (const channel of audio.channels) {
    for (let frame = 0; frame < channel.length; frame++) channel[frame]! *= gain;
  }
}
