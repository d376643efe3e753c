import { z } from 'zod';
import { TempoSchema } from './tempo';
import { TempoCorrectionSchema } from './tempo-correction';

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
  /** SHA-256 of the bleed curve, on drums that it was measured of. */
  bleed: z.string().optional(),
  frames: z.number().int().min(0),
});
export type Stem = z.infer<typeof StemSchema>;

export const TrackSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Where the user's file lies; it is only ever read. */
  path: z.string(),
  sha256: z.string(),
  seconds: z.number().min(0),
  sampleRate: z.number().int().positive(),
  channelCount: z.number().int().positive(),
  /** With the user's correction; null when there is no pulse. */
  tempo: TempoSchema.nullable(),
  /** What the user said of the tempo; kept apart, so that it survives re-analysis. */
  tempoCorrection: TempoCorrectionSchema.nullable(),
  stems: z.array(StemSchema),
  hitCount: z.number().int().min(0),
  addedAt: z.string(),
});
export type Track = z.infer<typeof TrackSchema>;
