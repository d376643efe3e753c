import { z } from 'zod';
import { MeterSchema, SkeletonStyleSchema } from '../model';

export const LAYERS = ['core', 'core-accent', 'full'] as const;
export const LayerSchema = z.enum(LAYERS);
export type Layer = z.infer<typeof LayerSchema>;

export const CHOICES = ['played', 'round_robin', 'random', 'fixed'] as const;
export const ChoiceSchema = z.enum(CHOICES);
export type Choice = z.infer<typeof ChoiceSchema>;

export const GenerateSchema = z.object({
  kitId: z.string(),
  generator: z.enum(['skeleton', 'transformer']),
  style: SkeletonStyleSchema,
  /** Which of the seed's four variants of a skeleton, 0..3. */
  variant: z.number().int().min(0).max(3).default(0),
  bars: z.number().int().min(1).max(128),
  meter: MeterSchema,
  tempo: z.number().min(20).max(400),
  seed: z.number().int().min(0),
  motionMode: z.enum(['A', 'B']),
  motionKeep: z.number().int().min(4).max(8),
  fillProbability: z.number().min(0).max(1),
  texture: z.boolean(),
  choice: ChoiceSchema,
  /** Roles whose notes stay as they are in `base`. */
  locked: z.array(z.string()),
});
export type GenerateRequest = z.infer<typeof GenerateSchema>;
