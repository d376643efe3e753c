import type { MonoAudio } from '../../model';
import { FEATURES, type Features, measureFeatures } from './features';
import { SpectrumMeter } from './spectrum';
import { measureTimbre, TIMBRE_FEATURES, type Timbre } from './timbre';

/** Everything measured on a hit: names by which `role_assignment.yaml` refers to it. */
export const EVIDENCE = [...FEATURES, ...TIMBRE_FEATURES] as const;
export type Evidence = Features & Timbre;

/** Measures a hit that `prepareHit` made. Pass one `meter` when many hits are measured. */
export function measureEvidence(hit: MonoAudio, meter = new SpectrumMeter()): Evidence {
  const spectrum = meter.powerSpectrum(hit.samples, hit.sampleRate);
  return { ...measureFeatures(hit, spectrum, meter), ...measureTimbre(hit, spectrum) };
}
