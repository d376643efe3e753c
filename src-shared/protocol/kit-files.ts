import { z } from 'zod';
import type { Failure } from './failure';

/** Formats of kits: Backbeat's own folder of WAVs, and those of samplers. */
export const KIT_FORMATS = ['wav', 'sfz', 'decent', 'h2drumkit', 'sf2'] as const;
export const KitFormatSchema = z.enum(KIT_FORMATS);
export type KitFormat = z.infer<typeof KitFormatSchema>;

export const KIT_FORMAT_NAMES: Readonly<Record<KitFormat, string>> = {
  wav: 'WAV folder',
  sfz: 'SFZ',
  decent: 'DecentSampler',
  h2drumkit: 'Hydrogen',
  sf2: 'SoundFont 2',
};

export const ExportKitSchema = z.object({
  kitId: z.string().min(1),
  formats: z.array(KitFormatSchema).min(1),
  /** null is the exports folder of the library. */
  folder: z.string().min(1).nullable(),
  /** Of the audio: SoundFonts hold 24 bits at most. */
  depth: z.enum(['16', '24', '32f']),
  /** What the user says of their rights in their own recordings; goes into LICENSES.json as it is. */
  statement: z.string().max(2000),
});
export type ExportKit = z.infer<typeof ExportKitSchema>;

/** A kit in a file: SoundFonts hold many. */
export interface KitInFile {
  /** From 0, in the file's order. */
  readonly index: number;
  readonly name: string;
  readonly pads: number;
  readonly sounds: number;
  /** Whether a drum machine would choose it by itself. */
  readonly isDrums: boolean;
  /** What of it is left out or taken otherwise, in sentences. */
  readonly remarks: readonly string[];
}

/** What a kit's file holds, before anything of it is stored. */
export interface KitPreview {
  readonly path: string;
  readonly name: string;
  /** null: a plain folder of samples. */
  readonly format: KitFormat | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly kits: readonly KitInFile[];
}

export const ImportKitSchema = z.object({
  /** Files or folders, or `upload:<id>` for what a browser sent. */
  paths: z.array(z.string().min(1)).min(1),
  /** Which kits of a file, by index; null takes those for drums, or the first where there are none. */
  kits: z.array(z.number().int().min(0)).min(1).nullable(),
});
export type ImportKit = z.infer<typeof ImportKitSchema>;

export interface ImportKitAnswer {
  readonly jobIds: readonly string[];
  readonly refused: readonly { readonly path: string; readonly failure: Failure }[];
}
