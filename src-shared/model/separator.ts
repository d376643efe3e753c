import { z } from 'zod';

/**
 * With what the drums are taken out of a song: `hpss`, which needs no model; the name of a bundled model; or a model of the
 * user's own, by the SHA-256 of its file.
 */
export const SeparatorSchema = z
  .string()
  .regex(/^(hpss|drum-stem|user:[0-9a-f]{64})$/, 'hpss, drum-stem, or user: and the SHA-256 of a model');
export type Separator = z.infer<typeof SeparatorSchema>;

/** Those that are always there, the usual one first. */
export const BUNDLED_SEPARATORS = ['drum-stem', 'hpss'] as const;
export const USUAL_SEPARATOR: Separator = BUNDLED_SEPARATORS[0];

const USER = 'user:';
export const separatorOfModel = (sha256: string): Separator => `${USER}${sha256}`;

/** The model of the user's own that `separator` names; null for those that are always there. */
export const modelOfSeparator = (separator: Separator): string | null =>
  separator.startsWith(USER) ? separator.slice(USER.length) : null;
