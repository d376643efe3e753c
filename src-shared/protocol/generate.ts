import { z } from 'zod';
import { MeterSchema } from '../model';

/** Skeleton styles; `four` is the seed's four-on-the-floor. */
export const STYLES = ['four', 'rock', 'dense'] as const;
export const StyleSchema = z.enum(STYLES);
export type Style = z.infer<typeof StyleSchema>;

export const LAYERS = ['core', 'core-accent', 'full'] as const;
export const LayerSchema = z.enum(LAYERS);
export type Layer = z.infer<typeof LayerSchema>;

export const CHOICES = ['round_robin', 'random', 'fixed'] as const;
export const ChoiceSchema = z.enum(CHOICES);
export type Choice = z.infer<typeof ChoiceSchema>;

export const GenerateSchema = z.object({
  kitId: z.string(),
  generator: z.enum(['skeleton', 'transformer']),
  style: StyleSchema,
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
