import { measureEvidence, prepareHit } from '#shared/analysis';
import { SYNTH_RATE } from './synth';

/** Snares of eight General MIDI kits have .0039 and more, and .13 at most; pianos, guitars and timpani .0001 and .47. */
export const LEAST_FLATNESS = 0.002;
export const MOST_SUSTAIN = 0.2;

/** What `isStruck` goes by; null for silence. */
export function struckEvidence(
  voice: Float32Array,
): { readonly flatness: number; readonly sustain_ratio: number } | null {
  const hit = prepareHit({ sampleRate: SYNTH_RATE, samples: voice });
  return hit && measureEvidence(hit);
}

/** Whether a voice is a struck drum's and not a pitched instrument's: how noisy it is, and how much of it comes after 150 ms. */
export function isStruck(voice: Float32Array): boolean {
  const evidence = struckEvidence(voice);
  return evidence !== null && evidence.flatness >= LEAST_FLATNESS && evidence.sustain_ratio <= MOST_SUSTAIN;
}
