import { z } from 'zod';
import { MOST_BARS, PatternSchema } from '../model';
import { LayerSchema } from './generate';

export const EXPORT_FORMATS = ['wav', 'flac', 'mp3'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const EXPORT_KILOBITS = [128, 192, 256, 320] as const;
export const EXPORT_RATES = [44_100, 48_000, 96_000] as const;

/** Everything that an export can be set to, apart from what it is made of. */
export const ExportOptionsSchema = z.object({
  mix: z.boolean(),
  /** An MP3 of the mix beside its own format. */
  mp3Copy: z.boolean(),
  /** One file a role; `dry` before the master's compressor and limiter, `mixed` through them: these sum to the mix. */
  stems: z.enum(['none', 'dry', 'mixed']),
  midi: z.boolean(),
  /** Each is written as a groove of its own, least first. */
  layers: z.array(LayerSchema).min(1),
  format: z.enum(EXPORT_FORMATS),
  /** Of WAV and FLAC, which knows no 32 bits and takes 24 then. */
  bits: z.enum(['16', '24', '32f']),
  /** Of MP3. */
  kilobits: z.union(EXPORT_KILOBITS.map(value => z.literal(value))),
  sampleRate: z.union(EXPORT_RATES.map(value => z.literal(value))),
  /** Exactly as long as the bars, what rings on over the end sounding at the start; else with a tail. */
  loop: z.boolean(),
  /** Seconds that the last hits may ring on after the last bar where it is no loop; 0 cuts at the bar line. */
  tailSeconds: z.number().min(0).max(30),
  /** How often the pattern is played, chances drawn anew each time. */
  passes: z.number().int().min(1).max(64),
  /** Tempo and beats in WAVs that loop, for DAWs that stretch them. */
  acid: z.boolean(),
  /** Where WAVs that loop can be cut. */
  cues: z.enum(['none', 'beats', 'hits']),
  /** 0: one track; 1: conductor and a track a role; `by-role`: a file a role. */
  midiType: z.enum(['0', '1', 'by-role']),
  /** Id of the drum map. */
  midiMap: z.string().min(1),
  /** Micro-offsets and swing as they are, or all on the written grid. */
  midiFeel: z.enum(['kept', 'on-grid']),
  /** Names of the files with `{variables}`; what stands before a `/` is a folder of their own. */
  naming: z.string().min(1).max(200),
  /** What the user says of their rights in their own recordings; goes into LICENSES.json as it is. */
  statement: z.string().max(2000),
});
export type ExportOptions = z.infer<typeof ExportOptionsSchema>;

export const ExportSchema = ExportOptionsSchema.extend({
  pattern: PatternSchema,
  kitId: z.string(),
  /** What the groove and the song that it belongs to are called. */
  patternName: z.string().min(1).max(120),
  songName: z.string().max(200),
  /** Folder to write to; null is the exports folder of the library. */
  folder: z.string().nullable(),
  /** What is done where a file of a name is there already: the next free number for all, or all replaced. */
  existing: z.enum(['number', 'replace']),
}).refine(({ pattern, passes }) => pattern.bars.length * passes <= MOST_BARS, {
  message: `bars times passes may be ${MOST_BARS} at most`,
  path: ['passes'],
});
export type ExportRequest = z.infer<typeof ExportSchema>;

/** What an export will find in its folder. */
export interface ExportOutlook {
  /** The folder, in full. */
  readonly folder: string;
  /** Files that are there under the names that the export would give first. */
  readonly taken: readonly string[];
  /** Number of the first names that are free; 1 unless some are taken. */
  readonly number: number;
  readonly freeBytes: number;
}

/** What a new export is set to. */
export const USUAL_EXPORT: ExportOptions = {
  mix: true,
  mp3Copy: true,
  stems: 'mixed',
  midi: true,
  layers: ['full'],
  format: 'wav',
  bits: '24',
  kilobits: 320,
  sampleRate: 44_100,
  loop: false,
  tailSeconds: 2,
  passes: 1,
  acid: true,
  cues: 'beats',
  midiType: '1',
  midiMap: 'gm',
  midiFeel: 'kept',
  naming: '{song}_{pattern}_{bpm}/{pattern}_{layer}_{role}',
  statement: '',
};
