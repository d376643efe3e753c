import { measureEvidence, prepareHit } from '#shared/analysis';
import { SYNTH_RATE } from './synth';

/** Snares of eight General MIDI kits have .0039 and more, and .13 at most; pianos, guitars and timpani .0001 and .47. */
const LEAST_FLATNESS = 0.002;
const MOST_SUSTAIN = 0.2;

/** Whether a voice is a struck drum's and not a pitched instrument's: how noisy it is, and how much of it comes after 150 ms. */
export function isStruck(voice: Float32Array): boolean {
  const hit = prepareHit({ sampleRate: SYNTH_RATE, samples: voice });
  if (!hit) return false;
  const { flatness, sustain_ratio } = measureEvidence(hit);
  return flatness >= LEAST_FLATNESS && sustain_ratio <= MOST_SUSTAIN;
}
