import { z } from 'zod';
import { SliceQualitySchema } from './slices';
import { DrumEvidenceSchema } from './stroke';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a hit was cut from. */
export const SliceSourceSchema = z.object({
  /** Name of the song. */
  name: z.string().min(1),
  /** SHA-256 of the user's file. */
  sha256,
});
export type SliceSource = z.infer<typeof SliceSourceSchema>;

/** How good a take of its sound a hit is. */
export const TakeSchema = z.object({
  /** 0..1, all in all. */
  score: z.number().min(0).max(1),
  /** Place among the takes of its sound, from 1 (the best), and their number; those that were left out count. */
  rank: z.number().int().min(1),
  of: z.number().int().min(1),
});
export type Take = z.infer<typeof TakeSchema>;

/** A hit that was left out because it sounds like the kept one. */
export const DuplicateSchema = z.object({
  source: SliceSourceSchema,
  onset_frame: z.number().int().min(0),
  start_frame: z.number().int().min(0),
  frames: z.number().int().min(1),
  velocity: z.number().min(0).max(1),
  /** Cosine of the two fingerprints. */
  similarity: z.number().min(-1).max(1),
  take: TakeSchema.optional(),
});
export type Duplicate = z.infer<typeof DuplicateSchema>;

export const ManifestSliceSchema = z.object({
  /** `dummy_NNNNN`. */
  sample_id: z.string().min(1),
  /** Name of the WAV beside the manifest. */
  file: z.string().min(1),
  source: SliceSourceSchema,
  sample_rate: z.number().int().positive(),
  channel_count: z.number().int().positive(),
  /** Frame of the drum stem where the slice begins. */
  start_frame: z.number().int().min(0),
  frames: z.number().int().min(1),
  /** Frame of the stem where the attack begins, `onset_offset` frames into the slice. */
  onset_frame: z.number().int().min(0),
  onset_offset: z.number().int().min(0),
  /** Where the onset was heard or put first, if it was moved since. */
  origin_frame: z.number().int().min(0).optional(),
  fade_in_frames: z.number().int().min(0),
  fade_out_frames: z.number().int().min(0),
  /** Factor that normalisation multiplied the stem's audio with; divide by it to lay the slice back. */
  gain: z.number().positive(),
  flam: z.boolean(),
  /** Second stroke of a flam, frames after the onset. */
  flam_frames: z.number().int().min(1).nullable(),
  velocity: z.number().min(0).max(1),
  quality: SliceQualitySchema,
  /** The drum that most of it is likely to be, as a network heard it; absent where none did. */
  drum: DrumEvidenceSchema.optional(),
  take: TakeSchema.optional(),
  duplicates: z.array(DuplicateSchema),
});
export type ManifestSlice = z.infer<typeof ManifestSliceSchema>;

export const SLICE_FORMATS = ['16', '24', '32f'] as const;

/** `kit_manifest.json`: the lineage of every numbered WAV beside it. */
export const KitManifestSchema = z.object({
  version: z.literal(1),
  /** Cosine above which two hits count as one. */
  threshold: z.number().min(-1).max(1),
  /** Bits of the WAVs. */
  format: z.enum(SLICE_FORMATS),
  normalised: z.boolean(),
  counts: z.object({
    songs: z.number().int().min(0),
    hits: z.number().int().min(0),
    kept: z.number().int().min(0),
    dropped: z.number().int().min(0),
  }),
  songs: z.array(SliceSourceSchema.extend({ hits: z.number().int().min(0), kept: z.number().int().min(0) })),
  slices: z.array(ManifestSliceSchema),
});
export type KitManifest = z.infer<typeof KitManifestSchema>;

/** Name of the `number`-th sample of a kit, from 1, without extension. */
export const sampleIdOf = (number: number): string => `dummy_${String(number).padStart(5, '0')}`;
