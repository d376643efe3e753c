import { z } from 'zod';
import { InstrumentSchema } from './instrument';
import { NOTE_SOURCES } from './pattern';
import { RoleSchema } from './role';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where sounds come from: a recording of the user's, something that came with Backbeat, an imported folder or kit, or a file whose origin nobody noted. */
const SourceSchema = z.object({
  id: z.string(),
  kind: z.enum(['recording', 'bundled', 'folder', 'kit', 'unknown']),
  name: z.string(),
  /** Who made it, as its files state it; null where nobody said. */
  author: z.string().nullable(),
  /** Name of the user's file, without its folder. */
  file: z.string().nullable(),
  sha256: sha256.nullable(),
  /** SPDX identifier where it is known, else as its files state it; null is for the user to say. */
  licence: z.string().nullable(),
  /** How its hits were taken out of it; null where they were no part of anything. */
  settings: z
    .object({
      separator: z.string(),
      detector: z.string(),
      sensitivity: z.number(),
      flams: z.string(),
      edited_by_hand: z.boolean(),
    })
    .nullable(),
});

const HitLineageSchema = z.object({
  id: z.string(),
  /** Of the WAV that sounds. */
  sha256,
  /** Id of a source. */
  source: z.string(),
  /** In seconds of the source: where the slice begins and the attack lies, and how long it is. */
  start_seconds: z.number().min(0),
  onset_seconds: z.number().min(0),
  seconds: z.number().positive(),
  /** What its audio was multiplied with. */
  gain: z.number().positive(),
  role: RoleSchema,
  instrument: InstrumentSchema,
  /** The file that it was imported from, below its source; null for hits that were cut from a recording. */
  file: z.string().nullable(),
  /** How many strokes of the export it sounds; 0 in an exported kit, which is still to be played. */
  strokes: z.number().int().min(0),
});

const UsedModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  task: z.string(),
  licence: z.string(),
  origin: z.string(),
  sha256: sha256.nullable(),
  /** What its licence asks to be said, ready to paste. */
  notice: z.string().nullable(),
});

/** `LICENSES.json`: whose everything in an export is, and what it was made of. */
export const LicencesSchema = z.object({
  version: z.literal(1),
  made_with: z.object({ program: z.literal('Backbeat'), version: z.string() }),
  /** null: a kit alone. */
  pattern: z.string().nullable(),
  kit: z.string(),
  /** The files that lie beside this one. */
  files: z.array(z.string()),
  /** What the user says of their rights in their own recordings; null where nothing was said. */
  statement: z.string().nullable(),
  sources: z.array(SourceSchema),
  hits: z.array(HitLineageSchema),
  models: z.array(UsedModelSchema),
  /** Notes by where they come from. */
  notes: z.partialRecord(z.enum(NOTE_SOURCES), z.number().int().min(1)),
  /** Lines that licences ask to be shown, ready to paste. */
  credits: z.array(z.string()),
});
export type Licences = z.infer<typeof LicencesSchema>;
