import { z } from 'zod';
import { StrokeClassSchema, StrokeSchema } from '../../model';

export { type Stroke, type StrokeClass, StrokeClassSchema } from '../../model';

/** One attack found in audio. */
export const OnsetSchema = z.object({
  /** Seconds at which the attack begins to rise out of what sounds before it: where a slice must begin. */
  time: z.number().min(0),
  /** The same position in frames. */
  frame: z.number().int().min(0),
  /** How clearly it stands out of its surroundings, 0..1. */
  strength: z.number().min(0).max(1),
  /** The drums that were heard, the likeliest first; absent where only an attack was (SuperFlux). */
  strokes: z.array(StrokeSchema).optional(),
});
export type Onset = z.infer<typeof OnsetSchema>;

/** `onsets.json`: what the stage `onsets` writes; ascending, no two at one frame. */
export const OnsetsFileSchema = z.object({
  sampleRate: z.number().int().positive(),
  /** Probability from which on a stroke of each class counts at sensitivity 0.5; absent where no classes were heard. */
  thresholds: z.partialRecord(StrokeClassSchema, z.number().gt(0).lt(1)).optional(),
  onsets: z.array(OnsetSchema),
});
export type OnsetsFile = z.infer<typeof OnsetsFileSchema>;
