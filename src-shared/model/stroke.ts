import { z } from 'zod';

/** What a network tells apart; `toms` are told apart by pitch afterwards. */
export const STROKE_CLASSES = [
  'kick',
  'snare',
  'rim',
  'clap',
  'chh',
  'ohh',
  'toms',
  'ride',
  'crash',
] as const;
export const StrokeClassSchema = z.enum(STROKE_CLASSES);
export type StrokeClass = z.infer<typeof StrokeClassSchema>;

/** One drum that sounds at an onset; several may at once. */
export const StrokeSchema = z.object({
  class: StrokeClassSchema,
  /** 0..1. */
  probability: z.number().min(0).max(1),
  /** 0..1, as MIDI velocity / 127. */
  velocity: z.number().min(0).max(1),
});
export type Stroke = z.infer<typeof StrokeSchema>;

/** What a network thinks that a slice is a hit of. */
export const DrumEvidenceSchema = StrokeSchema.pick({ class: true, probability: true });
export type DrumEvidence = z.infer<typeof DrumEvidenceSchema>;
