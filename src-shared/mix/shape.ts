import { atSpeed, framesAtSpeed } from '../dsp';
import { type HitShape, PLAIN_SHAPE, type PlanarAudio } from '../model';
import { gainOfDecibels } from '../units';

const speedOf = (semitones: number): number => 2 ** (semitones / 12);

/** Whether `shape` leaves a slice as it was cut. */
export const isPlainShape = (shape: HitShape): boolean =>
  (Object.keys(PLAIN_SHAPE) as (keyof HitShape)[]).every(key => shape[key] === PLAIN_SHAPE[key]);

/** One name for one shape, to keep shaped audio by. */
export const shapeName = (shape: HitShape): string => Object.values({ ...PLAIN_SHAPE, ...shape }).join(' ');

/**
 * A slice as a kit plays it: trimmed, faded at what is left, brought to its pitch by speed, then its gain, and last turned round. So a reversed
 * sound is the mirror of the same sound forwards, frame for frame.
 */
export function shapedAudio(audio: PlanarAudio, shape: HitShape): PlanarAudio {
  if (isPlainShape(shape)) return audio;
  const { sampleRate } = audio;
  const { from, to } = keptFrames(audio.channels[0]?.length ?? 0, sampleRate, shape);
  const fadeIn = Math.min(to - from, Math.round(shape.fadeIn * sampleRate));
  const fadeOut = Math.min(to - from, Math.round(shape.fadeOut * sampleRate));
  const faded = audio.channels.map(channel => {
    const kept = channel.slice(from, to);
    for (let frame = 0; frame < fadeIn; frame++) kept[frame]! *= rise(frame, fadeIn);
    for (let frame = 0; frame < fadeOut; frame++) kept[kept.length - 1 - frame]! *= rise(frame, fadeOut);
    return kept;
  });
  const channels = shape.semitones === 0 ? faded : atSpeed(faded, speedOf(shape.semitones));
  const gain = gainOfDecibels(shape.gainDecibels);
  for (const channel of channels) {
    if (gain !== 1) for (let frame = 0; frame < channel.length; frame++) channel[frame]! *= gain;
    if (shape.reversed) channel.reverse();
  }
  return { sampleRate, channels };
}

/** Frames of `shapedAudio` of a slice of `frames`. */
export function shapedFrames(frames: number, sampleRate: number, shape: HitShape): number {
  if (frames <= 0) return 0;
  const { from, to } = keptFrames(frames, sampleRate, shape);
  return framesAtSpeed(to - from, speedOf(shape.semitones));
}

/**
 * Frames from the first of `shapedAudio` to what sounds on the event's time, a real number: the attack, which lies `onset` frames into the
 * slice, or the first frame where trimming took the attack. A reversed sound begins on its event, as on every sampler: its attack is its end,
 * and a swell cannot begin before a hand has struck.
 */
export function shapedOnset(onset: number, frames: number, sampleRate: number, shape: HitShape): number {
  if (shape.reversed) return 0;
  const { from, to } = keptFrames(frames, sampleRate, shape);
  return Math.min(to - from, Math.max(0, onset - from)) / speedOf(shape.semitones);
}

/** What trimming leaves: a frame at least. */
function keptFrames(
  frames: number,
  sampleRate: number,
  { trimStart, trimEnd }: HitShape,
): { readonly from: number; readonly to: number } {
  const from = Math.min(Math.max(0, frames - 1), Math.round(trimStart * sampleRate));
  return { from, to: Math.max(Math.min(frames, from + 1), frames - Math.round(trimEnd * sampleRate)) };
}

/** A raised cosine from 0 to 1, taken between frames so that it is symmetric. */
const rise = (frame: number, frames: number): number =>
  0.5 - 0.5 * Math.cos((Math.PI * (frame + 0.5)) / frames);
