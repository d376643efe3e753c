import { z } from 'zod';
import { StrokeSchema } from './stroke';

const share = z.number().min(0).max(1);

/** Shares of a slice's energy that are likely not its own. */
export const BleedPartsSchema = z.object({
  /** From the other instruments of the song. */
  accompaniment: share,
  /** From drums that ring on from before. */
  ringing: share,
  /** From drums struck at the same time. */
  others: share,
});
export type BleedParts = z.infer<typeof BleedPartsSchema>;

/** How clean a slice is; decides which one of several likenesses a kit keeps. */
export const SliceQualitySchema = z.object({
  /** Level of the hit above what sounded just before it, dB, 0..96: low where other sounds bleed in. */
  signal_to_floor_db: z.number(),
  /** Level of the slice's last 10 ms under its loudest 10 ms, dB, 0..96: low where the next hit cuts it off. */
  tail_db: z.number(),
  /** Frames that stand at full scale beside another one that does. */
  clipped_frames: z.number().int().min(0),
  /** Shares of the slice's energy that are likely not its own; absent in files of before it was measured. */
  bleed: BleedPartsSchema.optional(),
});
export type SliceQuality = z.infer<typeof SliceQualitySchema>;

/** One slice of `slices.json`: where it lies in the drum stem and how its audio is made from it. */
export const SliceSchema = z.object({
  /** Position in order of time, from 0. */
  index: z.number().int().min(0),
  /** Frame of the stem where the attack begins. */
  onset_frame: z.number().int().min(0),
  /** Where the onset was heard or put first, wherever it was moved to since; absent in version 1, where none was moved. */
  origin_frame: z.number().int().min(0).optional(),
  /** The user moved, added or split it: it is never left out as a duplicate. */
  by_hand: z.boolean().optional(),
  /** Frame of the stem where the slice begins: a pre-roll before the onset. */
  start_frame: z.number().int().min(0),
  frames: z.number().int().min(1),
  /** Lengths of the raised-cosine fades at both ends, in frames. */
  fade_in_frames: z.number().int().min(0),
  fade_out_frames: z.number().int().min(0),
  /** Second stroke of a flam, frames after `onset_frame`; null when the hit is single. */
  flam_frames: z.number().int().min(1).nullable(),
  /** Factor by which the stem's audio is multiplied. */
  gain: z.number().positive(),
  /** Loudness relative to the loudest hit of the stem, 0..1: square root of the ratio of amplitudes. */
  velocity: z.number().min(0).max(1),
  quality: SliceQualitySchema,
  /** The drums that were heard at the onset; absent where only an attack was. */
  strokes: z.array(StrokeSchema).optional(),
  /** Likeness vector of length 1; the cosine of two is their dot product. */
  fingerprint: z.array(z.number()),
});
export type Slice = z.infer<typeof SliceSchema>;

/** `slices.json`, one slice a line so that it can be read in a stream. Version 1 has no origins and no bleed. */
export const SlicesFileSchema = z.object({
  version: z.union([z.literal(1), z.literal(2)]),
  sample_rate: z.number().int().positive(),
  channel_count: z.number().int().positive(),
  /** Length of the stem that was sliced. */
  stem_frames: z.number().int().min(0),
  slices: z.array(SliceSchema),
});
export type SlicesFile = z.infer<typeof SlicesFileSchema>;
