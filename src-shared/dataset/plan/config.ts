import { z } from 'zod';
import { PRESET_NAMES } from '../../augment';
import { SkeletonStyleSchema } from '../../model';
import { TIERS } from '../players';
import { VARIATION_KINDS } from '../rudiments';
import { WantedSchema } from './extra-steps';

const share = z.number().min(0).max(1);
const rising = (low: number, high: number) =>
  z
    .tuple([z.number().min(low).max(high), z.number().min(low).max(high)])
    .refine(([from, to]) => from <= to, 'must run from the lower to the higher value');
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
    materials: z.enum(['rudiments', 'grooves', 'both']).default('rudiments'),
    /** Slugs; empty takes all. */
    rudiments: z.array(z.string()).default([]),
    /** Beside each rudiment the figures that are made from it. */
    variations: z.array(z.enum(VARIATION_KINDS)).default([]),
    /** Styles that grooves are composed in; empty takes all. */
    groove_styles: z.array(SkeletonStyleSchema).default([]),
    /** Composed grooves of each style; 0 leaves the user's MIDI files alone. */
    grooves_per_style: z.number().int().min(0).max(1000).default(1),
    /** Length of a groove, and of what is taken of a MIDI file at most. */
    groove_bars: z.number().int().min(1).max(16).default(4),
    /** How often a groove is played, where no duration is fixed. */
    groove_cycles: z.number().int().min(1).max(64).default(1),
    /** How many of the players play each MIDI file. A file whose players are not all of one split is left out of the lists. */
    players_per_file: z.number().int().min(1).max(100_000).default(1),
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
    /** How often a recorded response stands in for the preset's room, where there are any. */
    response_probability: share.default(0.5),
    /** How often one of the user's backgrounds is heard, where there are any. */
    noise_probability: share.default(0.5),
    /** Of backgrounds: dB under what sounds. */
    noise_snr_range: rising(-30, 90).default([3, 30]),
    /** How often short noises of the user's come and go, where there are any. */
    short_noise_probability: share.default(0.5),
    /** Steps after those of the preset. */
    transforms: z.array(WantedSchema).max(100).default([]),
    train_ratio: share.default(0.7),
    val_ratio: share.default(0.15),
    test_ratio: share.default(0.15),
    seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(42),
  })
  .refine(
    ({ train_ratio, val_ratio, test_ratio }) =>
      Math.abs(train_ratio + val_ratio + test_ratio - 1) < RATIO_TOLERANCE,
    { message: 'must sum to 1 with val_ratio and test_ratio', path: ['train_ratio'] },
  )
  .refine(({ apply_augmentation, transforms }) => apply_augmentation || transforms.length === 0, {
    message: 'must be empty where apply_augmentation is false',
    path: ['transforms'],
  });
export type GenerationConfig = z.output<typeof GenerationConfigSchema>;

/** About 100 samples to try a configuration, 12,000 for work, 100,000 as the seed's. */
export const GENERATION_PRESETS = {
  small: { num_profiles: 3, tempos_per_rudiment: 1 },
  medium: { num_profiles: 100, tempos_per_rudiment: 3 },
  full: { num_profiles: 250, tempos_per_rudiment: 5, augmentations_per_sample: 2 },
} as const satisfies Record<string, z.input<typeof GenerationConfigSchema>>;
export type GenerationPreset = keyof typeof GENERATION_PRESETS;
