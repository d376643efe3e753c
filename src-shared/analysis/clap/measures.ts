import type { MonoAudio, SoundMeasures } from '../../model';
import { measureEvidence, prepareHit, SpectrumMeter } from '../evidence';

/** Below this a strongest partial is no pitch (`tonality` of the evidence). */
const PITCHED = 0.4;
/** Of silence: below any 32-bit float file's own noise. */
const SILENCE_DECIBELS = -150;

/** What of a sound can be asked for by itself; `audio` as it lies in the library. */
export function measureSound(audio: MonoAudio, meter = new SpectrumMeter()): SoundMeasures {
  const hit = prepareHit(audio);
  if (!hit) return { brightness: 0, decaySeconds: 0, pitch: null, loudness: SILENCE_DECIBELS };
  const evidence = measureEvidence(hit, meter);
  let peak = 0;
  for (const sample of audio.samples) peak = Math.max(peak, Math.abs(sample));
  return {
    brightness: evidence.centroid_oct,
    decaySeconds: evidence.decay_ms / 1000,
    pitch: evidence.tonality >= PITCHED ? evidence.pitch_oct : null,
    loudness: evidence.energy_db + 20 * Math.log10(peak),
  };
}
