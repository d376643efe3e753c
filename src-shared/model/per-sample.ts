import { z } from 'zod';
import { InstrumentSchema } from './instrument';
import { ROLES_IN_ORDER, RoleSchema } from './role';

const byRole = z.object(
  Object.fromEntries(ROLES_IN_ORDER.map(role => [role, z.number()])) as Record<
    (typeof ROLES_IN_ORDER)[number],
    z.ZodNumber
  >,
);
const numbers = z.record(z.string(), z.number());

/** What the user said about a sample; kept apart from what the machine thinks, and always wins. */
export const OverrideSchema = z.object({
  role: RoleSchema.optional(),
  instrument: InstrumentSchema.optional(),
});
export type Override = z.infer<typeof OverrideSchema>;

/** One sample of `per_sample_N.json`: how its role came about, for debugging. */
export const PerSampleSchema = z.object({
  sample_id: z.string().min(1),
  filepath: z.string().min(1),
  /** The measured features, by the names of `role_assignment.yaml`. */
  features: numbers,
  /** Fuzzy memberships 0..1. */
  memberships: numbers,
  /** Weighted mean of the memberships by role, before guards. */
  rule_scores: byRole,
  /** Softmax of the scores, guards applied; sums to 1. */
  p_rule: byRole,
  /** By the audio-text model; null while there is none. */
  p_clap: byRole.nullable(),
  /** Its instruments, by prompts and its own classifier. */
  clap_instruments: z.partialRecord(InstrumentSchema, z.number()).nullable(),
  /** The words that it finds nearest, and the cosine between them and the sound. */
  heard_as: z.object({ text: z.string(), likeness: z.number() }).nullable(),
  alpha: z.number().min(0).max(1),
  /** `alpha * p_rule + (1 - alpha) * p_clap`. */
  p_fused: byRole,
  /** That, times the share of the instruments that usually play the role, where a model or a network heard them. */
  p_final: byRole,
  /** Reasons of the guards that fired. */
  guards: z.array(z.string()),
  role: RoleSchema,
  confidence: z.number().min(0).max(1),
  /** Distance to the second best role. */
  margin: z.number().min(0).max(1),
  /** Whether the sample is in its role's pool by its own score. */
  assigned: z.boolean(),
  instrument: InstrumentSchema,
  instrument_scores: z.partialRecord(InstrumentSchema, z.number()),
  reasons: z.array(z.string()),
  override: OverrideSchema.nullable(),
});
export type PerSample = z.infer<typeof PerSampleSchema>;

export const PerSampleFileSchema = z.array(PerSampleSchema);
