import { z } from 'zod';
import { PatternSchema } from '../model';
import { LayerSchema } from './generate';

export const ExportSchema = z.object({
  pattern: PatternSchema,
  kitId: z.string(),
  /** Base name of the files, without extension. */
  name: z.string().min(1).max(80),
  wav: z.enum(['16', '24', '32f']).nullable(),
  mp3: z.boolean(),
  midi: z.boolean(),
  stems: z.boolean(),
  layer: LayerSchema,
  sampleRate: z.union([z.literal(44100), z.literal(48000), z.literal(96000)]),
  /** Seconds that the last hits may ring on after the last bar; 0 cuts at the bar line. */
  tailSeconds: z.number().min(0).max(30),
  limiter: z.boolean(),
  /** Folder to write to; null is the exports folder of the library. */
  folder: z.string().nullable(),
});
export type ExportRequest = z.infer<typeof ExportSchema>;
