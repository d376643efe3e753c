import { z } from 'zod';
import { FailureSchema } from './failure';

/** `paused`: its user wants it to rest; what had begun was finished. */
export const JOB_STATES = [
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
  'interrupted',
  'paused',
] as const;
export const JobStateSchema = z.enum(JOB_STATES);
export type JobState = z.infer<typeof JobStateSchema>;

export const JOB_KINDS = [
  'import-track',
  'import-samples',
  'embed-library',
  'hear-again',
  'export-pattern',
  'prepare-drag',
  'export-kit',
  'import-kit',
  'run-line',
  'step',
  'inspect-model',
  'import-model',
  'draw-map',
  'find-twins',
  'generate-dataset',
  'validate-dataset',
  'publish-dataset',
] as const;
export const JobKindSchema = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof JobKindSchema>;

/** Where a job is; `fraction` never falls while the job runs. */
export const JobProgressSchema = z.object({
  /** Stage in words: "Separating drums". */
  stage: z.string(),
  /** From 1. */
  stageNumber: z.number().int().min(0),
  stageCount: z.number().int().min(0),
  /** Of the whole job, 0..1. */
  fraction: z.number().min(0).max(1),
  /** "3.1x real time", "41 hits / s"; empty until measured. */
  rate: z.string(),
  /** null until there are 3 s of evidence. */
  secondsLeft: z.number().min(0).nullable(),
  /** What the job did otherwise than it was asked to, and why: sentences for the user. */
  notes: z.array(z.string()).default([]),
});
export type JobProgress = z.infer<typeof JobProgressSchema>;

/** A file that a job made for the user. */
export const ResultFileSchema = z.object({
  /** What it is: "mix", "stem:CORE", "midi", "mp3", "grid", "event_grid"... */
  kind: z.string(),
  name: z.string(),
  path: z.string(),
  bytes: z.number().int().min(0),
});
export type ResultFile = z.infer<typeof ResultFileSchema>;

/** One input of a batch that was left out, and why. */
export const RefusedSchema = z.object({ path: z.string(), failure: FailureSchema });
export type Refused = z.infer<typeof RefusedSchema>;

export const JobViewSchema = z.object({
  id: z.string(),
  kind: JobKindSchema,
  /** What the user calls it: the song's name. */
  title: z.string(),
  state: JobStateSchema,
  progress: JobProgressSchema,
  failure: FailureSchema.nullable(),
  files: z.array(ResultFileSchema),
  /** Inputs of a batch that failed while the rest went on; the job itself is done. */
  refused: z.array(RefusedSchema),
  /** What a data command answers (tempo, classes); null for all others. */
  data: z.unknown(),
  /** What the job made in the library. */
  made: z.object({
    trackId: z.string().optional(),
    kitId: z.string().optional(),
    patternId: z.string().optional(),
    modelId: z.string().optional(),
    sourceId: z.string().optional(),
  }),
  createdAt: z.string(),
});
export type JobView = z.infer<typeof JobViewSchema>;
