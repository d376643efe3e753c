import { z } from 'zod';
import { FailureSchema } from './failure';

/** What models of the user's own can be for. */
export const MODEL_KINDS = ['separation', 'beat', 'ear'] as const;
export const ModelKindSchema = z.enum(MODEL_KINDS);
export type ModelKind = z.infer<typeof ModelKindSchema>;

const bytes = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One file of a model: the ONNX file itself, or one that must lie beside it. */
export const ModelPartSchema = z.object({
  /** Its plain name, which the ONNX file refers to. */
  name: z.string().regex(/^[^/\\]+$/),
  sha256,
  bytes,
});
export type ModelPart = z.infer<typeof ModelPartSchema>;

/** What a trial in a worker tells of a model file. */
export const ModelFactsSchema = z.object({
  kind: ModelKindSchema,
  /** The contract that its tensors' shapes agree with: docs/algorithms/model-separation.md. */
  contract: z.string(),
  /** Names of what it parts a song into; none for other kinds. */
  stems: z.array(z.string()),
  sampleRate: z.number().int().positive(),
});
export type ModelFacts = z.infer<typeof ModelFactsSchema>;

/** A model file that was looked at: what it is, and what must be accepted before it is taken in. */
export const ModelInspectionSchema = ModelFactsSchema.extend({
  /** SHA-256 of the ONNX file. */
  id: sha256,
  /** The ONNX file first. */
  parts: z.array(ModelPartSchema).min(1),
  /** Whether it is a published file that Backbeat knows; `differs`: one of that size with other bytes. */
  known: z.object({ name: z.string(), verdict: z.enum(['same', 'differs']) }).nullable(),
  /** Where models of its kind come from, the licence as its publishers label it, and what the user must know of it. */
  origin: z.string(),
  licence: z.string(),
  notice: z.string(),
});
export type ModelInspection = z.infer<typeof ModelInspectionSchema>;

/** A model of the user's own in the library. */
export const StoredModelSchema = ModelInspectionSchema.extend({ name: z.string().min(1).max(120) });
export type StoredModel = z.infer<typeof StoredModelSchema>;

/** One model as screens and `backbeat models list` show it. */
export const ModelCardSchema = z.object({
  /** As a track's `separator` and `removeModel` name it. */
  id: z.string(),
  /** `built-in` is an algorithm without a model. */
  source: z.enum(['built-in', 'bundled', 'imported']),
  /** What it does: "separation", "beat", "hits", "generate"... */
  task: z.string(),
  name: z.string(),
  bytes,
  licence: z.string(),
  /** What the user accepted; null where there was nothing to accept. */
  notice: z.string().nullable(),
  origin: z.string(),
  /** Contract of an imported model, null for others. */
  contract: z.string().nullable(),
  stems: z.array(z.string()),
  sha256: z.string().nullable(),
  known: ModelInspectionSchema.shape.known,
  /** Measured, each with its unit and where: "SDR 7.3 dB on the development tracks". */
  figures: z.array(z.string()),
  /** Why it cannot be used now. */
  failure: FailureSchema.nullable(),
  addedAt: z.string().nullable(),
});
export type ModelCard = z.infer<typeof ModelCardSchema>;

export const ImportModelSchema = z.object({
  /** The ONNX file; after it, files that belong to it and do not lie beside it. Paths, or `upload:<id>`. */
  paths: z.array(z.string().min(1)).min(1).max(16),
  /** True once the user has seen the licence of the inspection and accepted it. */
  acceptLicence: z.boolean(),
  /** What the user calls it; the file's name without extension when null. */
  name: z.string().trim().min(1).max(120).nullable(),
});
export type ImportModel = z.infer<typeof ImportModelSchema>;
