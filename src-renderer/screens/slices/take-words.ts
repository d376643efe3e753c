import type { HitQuality } from '#shared/model';
import { percent } from '#renderer/ui';

/** Less than this is not worth a word. */
const SOME_BLEED = 0.08;
const CLEAN_TAIL_DECIBELS = 40;
const CUT_TAIL_DECIBELS = 25;
const LOW_FLOOR_DECIBELS = 15;
const HIGH_FLOOR_DECIBELS = 35;

/** Where what bleeds in comes from, the most first. */
export function bleedWords({ bleed, parts }: HitQuality): string {
  if (bleed < 0.005) return 'none';
  const sources = [
    { share: parts.accompaniment, name: 'other instruments' },
    { share: parts.ringing, name: 'drums that ring on' },
    { share: parts.others, name: 'drums struck with it' },
  ];
  const most = sources.reduce((best, one) => (one.share > best.share ? one : best));
  return `${percent(bleed)}, mostly ${most.name}`;
}

/** Why a slice is as good a take as it is, what speaks against it first. */
export function takeReasons(quality: HitQuality): string[] {
  const { bleed, tailDecibels, floorDecibels, clippedFrames } = quality;
  const against: string[] = [];
  const inFavour: string[] = [];
  if (bleed >= SOME_BLEED) against.push(`${bleedWords(quality)} bleeds in`);
  else inFavour.push('Hardly anything bleeds in');
  if (tailDecibels < CUT_TAIL_DECIBELS)
    against.push(`Cut off while it rings, ${Math.round(tailDecibels)} dB under its peak`);
  else if (tailDecibels >= CLEAN_TAIL_DECIBELS) inFavour.push('Its tail has died away');
  if (floorDecibels < LOW_FLOOR_DECIBELS)
    against.push(`Only ${Math.round(floorDecibels)} dB above what sounds before it`);
  else if (floorDecibels >= HIGH_FLOOR_DECIBELS) inFavour.push('Stands clear of what sounds before it');
  if (clippedFrames > 0) against.push(`${clippedFrames} frames are clipped`);
  return [...against, ...inFavour];
}
