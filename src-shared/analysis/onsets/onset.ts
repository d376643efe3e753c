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
  onsets: z.array(OnsetSchema),
});
export type OnsetsFile = z.infer<typeof OnsetsFileSchema>;
