import { z } from 'zod';

/**
 * What is measured on every hit beside its vector, and what words for qualities mean ("dark", "punchy"): octaves of the centroid above 100 Hz;
 * log2 of the milliseconds to -20 dB; log10 of the power's share below 120 Hz; log10 of the flatness; -log10 of the energy's share after
 * 100 ms; log2 of the milliseconds of attack; log2 Hz of the strongest third of an octave; dB of the first 200 ms against the peak.
 */
export const EAR_MEASURES = [
  'brightness',
  'length',
  'sub',
  'noisiness',
  'tightness',
  'softness',
  'pitch',
  'density',
] as const;
export type EarMeasure = (typeof EAR_MEASURES)[number];

/** What listens to hits: the bundled audio-text model by name, or one that the user imported, by the SHA-256 of its audio network. */
export const EarChoiceSchema = z
  .string()
  .regex(/^(drum-clap|user:[0-9a-f]{64})$/, 'drum-clap, or user: and the SHA-256 of a model');
export type EarChoice = z.infer<typeof EarChoiceSchema>;

export const BUNDLED_EAR: EarChoice = 'drum-clap';
/** Name of the setting that holds the choice. */
export const EAR_SETTING = 'ear';

const USER = 'user:';
/** The model of the user's own that `choice` names; null for the bundled one. */
export const modelOfEar = (choice: EarChoice): string | null =>
  choice.startsWith(USER) ? choice.slice(USER.length) : null;

/** By which the vectors of an imported ear are told from those of another. */
export const importedEarId = (sha256: string): string => `clap-${sha256.slice(0, 12)}`;
