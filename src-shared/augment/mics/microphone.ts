import { z } from 'zod';
import { Random } from '../../base';
import type { PlanarAudio } from '../../model';
import { gainOfDecibels } from '../../units';
import type { Augmentation, Augmented, Impulse } from '../augmentation';
import { throughImpulse } from '../linear';
import { withWhiteNoise } from '../noise-source';
import { eachChannel, eachValue, peakOf } from '../transform';
import { airDecibels, offAxisDecibels, patternDecibels, proximityDecibels } from './field';
import { minimumPhase } from './minimum-phase';
import { decibelsAt, MIC_TYPES, MICROPHONES } from './responses';

/** Where a recording's own level stands for a microphone this far away. */
const REFERENCE_METRES = 1;

export const MicrophoneSchema = z.object({
  type: z.enum(MIC_TYPES),
  /** From the drum's head, metres. */
  distance: z.number().min(0.01).max(100),
  /** Off the microphone's axis, radians. */
  angle: z.number().min(0).max(Math.PI),
  /** Whether the level falls with distance; otherwise the preamp makes it good. */
  fallsWithDistance: z.boolean(),
  /** Sound pressure of the recording's loudest peak at 1 m, dB SPL: a snare passes 120 at .3 m. */
  peakSpl: z.number().min(40).max(160),
  /** Whether the capsule's own noise is heard. */
  hasNoise: z.boolean(),
  seed: z.number().int().min(0),
});
export type Microphone = z.infer<typeof MicrophoneSchema>;

/** What a microphone does to sound at `hertz`, dB, its table first; level by distance and angle included where asked. */
export function microphoneDecibels(
  { type, distance, angle, fallsWithDistance }: Microphone,
  hertz: number,
): number {
  const { response, omni, proximity } = MICROPHONES[type];
  const level = fallsWithDistance
    ? patternDecibels(omni, angle) - 20 * Math.log10(distance / REFERENCE_METRES)
    : 0;
  return (
    decibelsAt(response, hertz) +
    proximity * proximityDecibels(hertz, distance, omni) +
    offAxisDecibels(hertz, angle) +
    airDecibels(hertz, distance) +
    level
  );
}

export const microphoneImpulse = (microphone: Microphone, sampleRate: number): Impulse => ({
  response: minimumPhase(hertz => microphoneDecibels(microphone, hertz), sampleRate),
  lead: 0,
});

/** A capsule bends before it breaks: from this far under its limit, dB. */
const KNEE_DECIBELS = 3;

/**
 * The capsule's limit, on what it hears: straight to 3 dB under it, bent on to it above. Loudness is told by the loudest peak, which
 * stands for `peakSpl` at 1 m.
 */
function overloaded(audio: PlanarAudio, { type, distance, peakSpl }: Microphone): PlanarAudio {
  const heard = peakSpl - 20 * Math.log10(distance / REFERENCE_METRES);
  const above = heard - MICROPHONES[type].overload;
  if (above <= -KNEE_DECIBELS) return audio;
  const limit = peakOf(audio) * gainOfDecibels(-above);
  const knee = limit * gainOfDecibels(-KNEE_DECIBELS);
  const room = limit - knee;
  return eachValue(audio, value => {
    const size = Math.abs(value);
    return size <= knee ? value : Math.sign(value) * (knee + room * Math.tanh((size - knee) / room));
  }).audio;
}

/** The capsule's noise at its level under the peak; flat, as dB(A) of white noise stand for it. */
function withNoise(audio: PlanarAudio, { type, distance, peakSpl, seed }: Microphone): Augmented {
  const heard = peakSpl - 20 * Math.log10(distance / REFERENCE_METRES);
  const level = peakOf(audio) * gainOfDecibels(MICROPHONES[type].noise - heard);
  return eachChannel(audio, (channel, index) =>
    withWhiteNoise(channel, Random.ofSeed(seed).fork('capsule', index), level),
  );
}

/** What a microphone makes of the sound at its place: its limit, its response with distance and angle, its noise. */
export const throughMicrophone: Augmentation<Microphone> = {
  name: 'microphone',
  params: MicrophoneSchema,
  apply(audio, microphone, context) {
    const bent = overloaded(audio, microphone);
    const heard = throughImpulse(bent, microphoneImpulse(microphone, audio.sampleRate), context);
    return microphone.hasNoise ? withNoise(heard.audio, microphone) : heard;
  },
};
