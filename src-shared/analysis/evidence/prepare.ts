import type { MonoAudio } from '../../model';

/** A hit begins at the first frame above this share of its peak... */
const START_SHARE = 0.02;
/** ...less this much, so that the very first rise is measured. */
const PRE_ROLL_SECONDS = 0.001;
const MAXIMUM_SECONDS = 3;

/**
 * The stretch of `audio` that is measured, scaled to a peak of 1: level and leading silence must not matter to what a sound is.
 * null when there is no sound at all.
 */
export function prepareHit(audio: MonoAudio): MonoAudio | null {
  const { samples, sampleRate } = audio;
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  if (!(peak > 0) || !Number.isFinite(peak)) return null;
  let start = 0;
  while (Math.abs(samples[start]!) <= START_SHARE * peak) start++;
  start = Math.max(0, start - Math.round(PRE_ROLL_SECONDS * sampleRate));
  const end = Math.min(samples.length, start + Math.round(MAXIMUM_SECONDS * sampleRate));
  const hit = samples.slice(start, end);
  for (let frame = 0; frame < hit.length; frame++) hit[frame]! /= peak;
  return { sampleRate, samples: hit };
}
