import { z } from 'zod';
import { MeterSchema } from './grid';

/** `residual` is the mix minus the drums; the last five come from models that part a song further. */
export const STEM_KINDS = ['mix', 'drums', 'residual', 'bass', 'other', 'vocals', 'guitar', 'piano'] as const;
export const StemKindSchema = z.enum(STEM_KINDS);
export type StemKind = z.infer<typeof StemKindSchema>;

export const StemSchema = z.object({
  kind: StemKindSchema,
  /** SHA-256 of the WAV in the artefact store. */
  audio: z.string(),
  /** SHA-256 of the waveform overview. */
  peaks: z.string(),
  frames: z.number().int().min(0),
});
export type Stem = z.infer<typeof StemSchema>;

export const TempoSchema = z.object({
  bpm: z.number().positive(),
  /** Seconds of the first downbeat. */
  firstDownbeat: z.number(),
  meter: MeterSchema,
  /** 0..1. */
  confidence: z.number().min(0).max(1),
  /** Beat times in seconds, ascending. */
  beats: z.array(z.number()),
});
export type Tempo = z.infer<typeof TempoSchema>;

export const TrackSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Where the user's file lies; it is only ever read. */
  path: z.string(),
  sha256: z.string(),
  seconds: z.number().min(0),
  sampleRate: z.number().int().positive(),
  channelCount: z.number().int().positive(),
  tempo: TempoSchema.nullable(),
  stems: z.array(StemSchema),
  hitCount: z.number().int().min(0),
  addedAt: z.string(),
});
export type Track = z.infer<typeof TrackSchema>;
