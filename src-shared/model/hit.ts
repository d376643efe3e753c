import { z } from 'zod';
import { BleedPartsSchema } from './slices';
import { INSTRUMENT_FACTS, type Instrument, InstrumentSchema } from './instrument';
import { ROLES, RoleSchema } from './role';

export const HitIdSchema = z.string().min(1).brand<'HitId'>();
export type HitId = z.infer<typeof HitIdSchema>;
export const hitId = (value: string): HitId => value as HitId;

const unit = z.number().min(0).max(1);

const judgementFields = {
  role: RoleSchema,
  roleScores: z.object(
    Object.fromEntries(ROLES.map(role => [role, unit])) as Record<(typeof ROLES)[number], typeof unit>,
  ),
  instrument: InstrumentSchema,
  instrumentScores: z.partialRecord(InstrumentSchema, unit),
  /** Plain sentences: "88 % of its power below 150 Hz". */
  reasons: z.array(z.string()),
};

/** What the machine thinks of one hit; probabilities over all roles and over the likely instruments. */
export const JudgementSchema = z.object({
  ...judgementFields,
  /** What it thought before examples of the user's were taken into account; absent where none were. */
  plain: z.object(judgementFields).optional(),
});
export type Judgement = z.infer<typeof JudgementSchema>;

/** A hit that was left out because it sounds like a kept one. Positions are frames of the stem. */
export const TwinSchema = z.object({
  onsetFrame: z.number().int().min(0),
  frames: z.number().int().min(1),
  /** As a hit's; absent where an earlier version left it out. */
  startFrame: z.number().int().min(0).optional(),
  velocity: unit.optional(),
  /** Place among the takes of its sound, from 1. */
  rank: z.number().int().min(1).optional(),
});
export type Twin = z.infer<typeof TwinSchema>;

/** How good a take of its sound a hit is. */
export const HitQualitySchema = z.object({
  /** Share of the slice's energy that is likely to come from other instruments or other drums, 0..1. */
  bleed: unit,
  /** 0..1, all in all: bleed, tail, clipping, level. */
  score: unit,
  /** Place among the takes of one sound in its track, from 1 (the best), and their number. */
  take: z.object({ rank: z.number().int().min(1), of: z.number().int().min(1) }),
  /** What `bleed` is made of. */
  parts: BleedPartsSchema,
  /** How far the hit stands out of what sounds before it, and has died away at its end, dB. */
  floorDecibels: z.number(),
  tailDecibels: z.number(),
  clippedFrames: z.number().int().min(0),
});
export type HitQuality = z.infer<typeof HitQualitySchema>;

/** One sounding event found in audio, and the slice of stem that holds it. Positions are frames of the stem. */
export const HitSchema = z.object({
  id: HitIdSchema,
  /** Position in detection order over the track, from 0. */
  index: z.number().int().min(0),
  /** Where the attack begins. */
  onsetFrame: z.number().int().min(0),
  /** Where the slice begins: a pre-roll before the onset. */
  startFrame: z.number().int().min(0),
  /** Length of the slice in frames. */
  frames: z.number().int().min(1),
  /** Second stroke of a flam, relative to `onsetFrame`; null when the hit is single. */
  flamFrames: z.number().int().min(1).nullable(),
  /** Factor that normalisation multiplied the slice's audio with. */
  gain: z.number().positive(),
  /** Loudness of the hit relative to the loudest of its track, 0..1. */
  velocity: unit,
  sampleRate: z.number().int().positive(),
  /** SHA-256 of the slice's WAV in the artefact store. */
  audio: z.string(),
  /** Given by whoever made the file that it was imported from; null for hits cut from a track, which are named by what they are. */
  name: z.string().min(1).nullable().default(null),
  /** The imported folder or kit that it came with (`SampleSource`); null for hits of a track. */
  sourceId: z.string().min(1).nullable().default(null),
  /** Hits that were left out because they sound like this one. */
  duplicates: z.array(TwinSchema),
  judgement: JudgementSchema.nullable(),
  /** null for hits of before it was measured, and of imported kits. */
  quality: HitQualitySchema.nullable(),
  /** What the user said; survives re-analysis. */
  override: z.object({ role: RoleSchema.optional(), instrument: InstrumentSchema.optional() }).nullable(),
});
export type Hit = z.infer<typeof HitSchema>;

/** What a hit is called that nobody named: what it is and which one of its track, counted from 1: "Snare 041". */
export const plainHitName = (instrument: Instrument | null, index: number): string =>
  `${instrument ? INSTRUMENT_FACTS[instrument].name : 'Sound'} ${String(index + 1).padStart(3, '0')}`;
