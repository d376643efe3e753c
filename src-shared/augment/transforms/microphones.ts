import { z } from 'zod';
import { MIC_TYPES, MicrophoneSchema, throughMicrophone } from '../mics';
import { transform } from '../transform';

export const microphone = transform({
  name: 'Microphone',
  ranges: z.object({
    types: z
      .array(z.enum(MIC_TYPES))
      .min(1)
      .default([...MIC_TYPES]),
    min_distance: z.number().positive().default(0.05),
    max_distance: z.number().positive().default(2),
    max_angle: z.number().min(0).max(Math.PI).default(0.8),
    falls_with_distance: z.boolean().default(false),
    /** dB SPL of the loudest stroke at 1 m. */
    min_peak_spl: z.number().default(95),
    max_peak_spl: z.number().default(112),
    has_noise: z.boolean().default(true),
  }),
  params: MicrophoneSchema,
  draw: (random, ranges) => ({
    type: random.pick(ranges.types),
    distance: Math.exp(random.between(Math.log(ranges.min_distance), Math.log(ranges.max_distance))),
    angle: random.between(0, ranges.max_angle),
    fallsWithDistance: ranges.falls_with_distance,
    peakSpl: random.between(ranges.min_peak_spl, ranges.max_peak_spl),
    hasNoise: ranges.has_noise,
    seed: random.below(2 ** 31),
  }),
  apply: throughMicrophone.apply,
});
