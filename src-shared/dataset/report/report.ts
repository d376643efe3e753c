import { z } from 'zod';

/** What a check looks at: files and references; labels against sound; who is in which split; how near to human players. */
export const CHECK_GROUPS = ['integrity', 'alignment', 'sound', 'splits', 'realism'] as const;

/** One thing that was looked at in a dataset. */
export const CheckSchema = z.strictObject({
  /** As the seed calls it where it has it: `label_midi_alignment`. */
  name: z.string().regex(/^[a-z0-9_]+$/),
  /** For screens: "Labels match MIDI". */
  title: z.string().min(1),
  group: z.enum(CHECK_GROUPS),
  /** `warned`: worth a look, and no reason to refuse the dataset; `skipped`: the dataset has nothing to look at. */
  state: z.enum(['passed', 'warned', 'failed', 'skipped']),
  /** In numbers: "4 312 of 4 312", "KS .08". */
  found: z.string(),
  /** "all", "at most .05". */
  wanted: z.string(),
  /** Of what failed, the first few, in sentences. */
  examples: z.array(z.string()),
});
export type Check = z.infer<typeof CheckSchema>;

/** How often values of one kind come, generated beside measured on people. */
export const DistributionSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]+$/),
  /** "Offset from the grid, professional". */
  title: z.string().min(1),
  /** "ms"; empty for ratios. */
  unit: z.string(),
  /** Borders of the bins, ascending, one more than shares. */
  edges: z.array(z.number()).min(2),
  /** Shares of the whole, each list sums to at most 1. */
  generated: z.array(z.number().min(0)),
  /** null: nobody measured it. */
  measured: z.array(z.number().min(0)).nullable(),
  /** Where the measured ones come from. */
  source: z.string(),
  /** Kolmogorov and Smirnov's distance of both; null without the measured ones. */
  distance: z.number().min(0).max(1).nullable(),
});
export type Distribution = z.infer<typeof DistributionSchema>;

/** `validation/report.json` of a dataset. */
export const ValidationReportSchema = z.strictObject({
  schema_version: z.literal(1),
  dataset: z.strictObject({ name: z.string(), manifest_sha256: z.string() }),
  samples: z.number().int().min(0),
  checks: z.array(CheckSchema),
  distributions: z.array(DistributionSchema),
});
export type ValidationReport = z.infer<typeof ValidationReportSchema>;
