import { z } from 'zod';
import {
  type DatasetRows,
  type GenerationConfig,
  GenerationConfigSchema,
  type Recipe,
  RESOURCE_KINDS,
  TIERS,
  type ValidationReport,
} from '../dataset';
import type { JobView } from './job';

/** In an address and as a folder's name. */
export const DatasetNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);

/** A run of the generator as the user asks for it. */
export const DatasetRequestSchema = z.strictObject({
  name: DatasetNameSchema,
  config: GenerationConfigSchema,
  /** SoundFonts of the user's own; each is known by its content from then on. */
  fonts: z.array(z.string()).default([]),
  /** The other files and folders of the user's: definitions of rudiments, grooves, responses, noises. */
  files: z.array(z.strictObject({ kind: z.enum(RESOURCE_KINDS), path: z.string() })).default([]),
  /** Where the dataset is to be; null: a folder of its name in the library's exports. Must be absent, empty or of this very run. */
  folder: z.string().nullable().default(null),
  /** Takes the place of a finished dataset in that folder, once it is whole. */
  overwrite: z.boolean().default(false),
  /** Processes that make samples; null takes one less than there are cores, and at least one. */
  workers: z.number().int().min(1).max(256).nullable().default(null),
  /** Others make the samples: the address of a Redis server, and of the store that its workers have too. */
  queue: z.strictObject({ redis: z.string(), store: z.string() }).nullable().default(null),
});
export type DatasetRequest = z.output<typeof DatasetRequestSchema>;

/** What there is to choose from. */
export interface DatasetCatalogue {
  readonly rudiments: readonly { readonly slug: string; readonly name: string; readonly category: string }[];
  /** Of our own fonts, and of those asked for. */
  readonly kits: readonly { readonly id: string; readonly name: string; readonly isWholeKit: boolean }[];
  readonly presets: readonly string[];
  readonly cores: number;
  /** Configurations that the user keeps, by name. */
  readonly saved: readonly { readonly name: string; readonly config: GenerationConfig }[];
}

/** What a run will take, before it begins. */
export interface DatasetEstimate {
  readonly samples: number;
  readonly audioSeconds: number;
  readonly bytes: number;
  /** Of the wall clock with the workers asked for, and half the width of what trial samples leave open. */
  readonly seconds: number;
  readonly secondsMargin: number;
  /** Samples made to know it. */
  readonly trials: number;
  readonly folder: string;
  readonly freeBytes: number;
  /** Files of folders and presets of fonts that it will be made without, and why: sentences. */
  readonly leftOut: readonly string[];
  /** Why it cannot begin, in sentences; empty when it can. */
  readonly problems: readonly string[];
}

export interface DatasetRun {
  readonly id: string;
  /** Counts up in a library: "Run 42". */
  readonly number: number;
  readonly name: string;
  readonly folder: string;
  readonly config: GenerationConfig;
  readonly workers: number;
  readonly samples: number;
  /** Samples that are made and can be looked at. */
  readonly made: number;
  readonly bytes: number;
  /** Its job; null once the job was dismissed. */
  readonly job: JobView | null;
  /** SHA-256 of its manifest; null until it is whole. */
  readonly manifest: string | null;
  readonly createdAt: string;
}

export const DatasetSampleFilterSchema = z.strictObject({
  tier: z.enum(TIERS).nullable().default(null),
  rudiment: z.string().nullable().default(null),
  kit: z.string().nullable().default(null),
  preset: z.string().nullable().default(null),
  /** Part of a sample's id. */
  text: z.string().max(200).default(''),
});
export type DatasetSampleFilter = z.output<typeof DatasetSampleFilterSchema>;

/** A made sample in the index of a run. */
export interface DatasetSampleEntry {
  /** Of its task in the plan. */
  readonly number: number;
  readonly id: string;
  readonly tier: (typeof TIERS)[number];
  readonly rudiment: string;
  readonly tempo: number;
  readonly kit: string | null;
  readonly preset: string | null;
  readonly overall: number;
}

export interface DatasetSamplePage {
  readonly total: number;
  readonly samples: readonly DatasetSampleEntry[];
}

/** Everything of one sample. */
export interface DatasetSample {
  readonly number: number;
  /** Its rows in every table, as the dataset has them. */
  readonly rows: DatasetRows;
  readonly recipe: Recipe;
  /** Share of the run's samples made so far whose overall score is lower, 0..1. */
  readonly percentile: number;
  /** Path below the window's own origin where its FLAC can be fetched; null without audio. */
  readonly audio: string | null;
}

export const PUBLISH_LAYOUTS = ['parquet', 'audiofolder', 'webdataset'] as const;
export type PublishLayout = (typeof PUBLISH_LAYOUTS)[number];
export const PublishRequestSchema = z.strictObject({
  runId: z.string().min(1),
  layout: z.enum(PUBLISH_LAYOUTS),
  /** `owner/name` on the hub; null writes the layout beside the dataset and uploads nothing. */
  repo: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .nullable(),
  isPrivate: z.boolean(),
  /** Access token; kept nowhere. null takes HF_TOKEN of the environment. */
  token: z.string().nullable(),
  /** Tells what would be sent, and sends nothing. */
  dryRun: z.boolean(),
});
export type PublishRequest = z.output<typeof PublishRequestSchema>;

/** What every door offers for datasets. */
export interface DatasetServices {
  datasetCatalogue(fonts: readonly string[]): Promise<DatasetCatalogue>;
  /** Makes a few samples of the run in a worker and counts up from them. */
  estimateDataset(request: DatasetRequest, signal?: AbortSignal): Promise<DatasetEstimate>;
  generateDataset(request: DatasetRequest): Promise<{ readonly runId: string; readonly jobId: string }>;
  /** The newest first. */
  datasetRuns(): Promise<readonly DatasetRun[]>;
  /** What is being made is finished first; nothing new is begun. */
  pauseDataset(runId: string): Promise<void>;
  /** Goes on with a paused, stopped, failed or interrupted run; what is made is not made again. */
  resumeDataset(runId: string): Promise<void>;
  /** Takes a run off the list; its folder stays. */
  removeDatasetRun(runId: string): Promise<void>;
  datasetSamples(
    runId: string,
    filter: DatasetSampleFilter,
    offset: number,
    limit: number,
  ): Promise<DatasetSamplePage>;
  datasetSample(runId: string, number: number): Promise<DatasetSample>;
  saveDatasetConfig(name: string, config: GenerationConfig): Promise<void>;
  removeDatasetConfig(name: string): Promise<void>;
  /** The command line that does the same as the window would. */
  datasetCommand(request: DatasetRequest): Promise<string>;
  validateDataset(runId: string): Promise<{ readonly jobId: string }>;
  /** The last validation's; null before the first, and when the dataset has changed since. */
  datasetReport(runId: string): Promise<ValidationReport | null>;
  publishDataset(request: PublishRequest): Promise<{ readonly jobId: string }>;
}
