import { z } from 'zod';
import { PRESET_NAMES } from '../../augment';
import { TIERS } from '../players';

const share = z.number().min(0).max(1);
const RATIO_TOLERANCE = 1e-6;

/** What the seed calls GenerationConfig, with its names and defaults, and what it lacks: rudiments, leads and kits by name. */
export const GenerationConfigSchema = z
  .strictObject({
    num_profiles: z.number().int().min(1).max(100_000).default(100),
    num_cycles_per_sample: z.number().int().min(1).max(64).default(4),
    /** Seconds; in its place as many whole cycles as fit. */
    target_duration_sec: z.number().min(1).max(600).nullable().default(null),
    skill_distribution: z
      .strictObject(
        Object.fromEntries(TIERS.map(tier => [tier, share])) as Record<(typeof TIERS)[number], typeof share>,
      )
      .refine(shares => TIERS.some(tier => shares[tier] > 0), 'must give some tier a share')
      .default({ beginner: 0.25, intermediate: 0.35, advanced: 0.25, professional: 0.15 }),
    /** Quarter notes a minute. */
    tempo_range: z
      .tuple([z.number().int().min(20).max(400), z.number().int().min(20).max(400)])
      .refine(([low, high]) => low <= high, 'must run from the slower to the faster tempo')
      .default([60, 180]),
    tempos_per_rudiment: z.number().int().min(1).max(100).default(3),
    /** Slugs; empty takes all. */
    rudiments: z.array(z.string()).default([]),
    /** Which hand leads: one of both, drawn for each performance, or always the same. */
    leads: z.enum(['both', 'R', 'L']).default('both'),
    /** Ids; empty takes all that there are. */
    kits: z.array(z.string()).default([]),
    generate_audio: z.boolean().default(true),
    apply_augmentation: z.boolean().default(true),
    augmentation_presets: z
      .array(z.enum(PRESET_NAMES))
      .min(1)
      .default(['clean_studio', 'practice_room', 'gym', 'garage', 'marching_field']),
    augmentations_per_sample: z.number().int().min(1).max(100).default(1),
    train_ratio: share.default(0.7),
    val_ratio: share.default(0.15),
    test_ratio: share.default(0.15),
    seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(42),
  })
  .refine(
    ({ train_ratio, val_ratio, test_ratio }) =>
      Math.abs(train_ratio + val_ratio + test_ratio - 1) < RATIO_TOLERANCE,
    { message: 'train_ratio, val_ratio and test_ratio must sum to 1', path: ['train_ratio'] },
  );
export type GenerationConfig = z.output<typeof GenerationConfigSchema>;

/** About 100 samples to try a configuration, 12,000 for work, 100,000 as the seed's. */
export const GENERATION_PRESETS = {
  small: { num_profiles: 3, tempos_per_rudiment: 1 },
  medium: { num_profiles: 100, tempos_per_rudiment: 3 },
  full: { num_profiles: 250, tempos_per_rudiment: 5, augmentations_per_sample: 2 },
} as const satisfies Record<string, z.input<typeof GenerationConfigSchema>>;
export type GenerationPreset = keyof typeof GENERATION_PRESETS;
