import { z } from 'zod';
import { GENERATION_PRESETS, type GenerationPreset, type ResourceKind } from '#shared/dataset';
import { DatasetNameSchema } from '#shared/protocol';

const path = z.string().min(1);
const paths = z.union([path, z.array(path)]);
const PRESETS = Object.keys(GENERATION_PRESETS) as [GenerationPreset, ...GenerationPreset[]];

/** What a configuration file may say beside the configuration itself. Those of the seed's names that only one value suits take that value. */
export const FILE_KEYS = {
  /** Whose values hold where the file says nothing. */
  preset: z.enum(PRESETS).optional(),
  name: DatasetNameSchema.optional(),
  output_dir: path.optional(),
  workers: z.number().int().min(1).max(256).optional(),
  soundfont_path: path.nullable().optional(),
  soundfont_paths: z.array(path).optional(),
  rudiment_folder: path.optional(),
  midi_folder: paths.optional(),
  impulse_response_paths: paths.optional(),
  noise_paths: paths.optional(),
  short_noise_paths: paths.optional(),
  samples_per_profile: z
    .unknown()
    .refine(
      given => given === undefined,
      'must be left out: it follows from rudiments, tempos_per_rudiment and augmentations_per_sample',
    )
    .optional(),
  sample_rate: z.literal(44_100).optional(),
  audio_format: z.literal('flac').optional(),
  audio_subtype: z.literal('PCM_24').optional(),
  midi_subdir: z.literal('midi').optional(),
  audio_subdir: z.literal('audio').optional(),
  labels_subdir: z.literal('labels').optional(),
  compression: z.literal('snappy').optional(),
  row_group_size: z.literal(1000).optional(),
  create_index: z.literal(true).optional(),
  /** Parts have 64 samples, whatever this is: nothing that is made depends on it. */
  batch_size: z.number().int().min(1).optional(),
  verbose: z.boolean().optional(),
} as const;

/** Keys that name files and folders, and what those are for. */
export const PATH_KEYS = {
  soundfont_path: 'font',
  soundfont_paths: 'font',
  rudiment_folder: 'rudiment',
  midi_folder: 'midi',
  impulse_response_paths: 'response',
  noise_paths: 'noise',
  short_noise_paths: 'short-noise',
} as const satisfies Partial<Record<keyof typeof FILE_KEYS, ResourceKind>>;
