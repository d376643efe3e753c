import type { PlanarAudio } from '../model';
import { type AugmentContext, type Augmented, type Impulse, unmoved } from './augmentation';

/** `audio` through `impulse`: as long as it was plus the tail, its lead taken out. */
export const throughImpulse = (
  { sampleRate, channels }: PlanarAudio,
  { response, lead }: Impulse,
  { convolved }: Pick<AugmentContext, 'convolved'>,
): Augmented =>
  unmoved(
    sampleRate,
    channels.map(channel => convolved(channel, response).subarray(lead)),
  );

/** Of an impulse's energy. */
const SILENCE = 1e-7;

/** `impulse` without the end that holds next to nothing of its energy; `frames` of it stay whatever they hold. */
export function withoutSilence({ response, lead }: Impulse, frames: number): Impulse {
  let total = 0;
  for (const value of response) total += value * value;
  let left = 0;
  let end = response.length;
  while (end > Math.max(lead + 1, frames) && left + response[end - 1]! ** 2 <= SILENCE * total) {
    end--;
    left += response[end]! ** 2;
  }
  return { response: response.slice(0, end), lead };
}
