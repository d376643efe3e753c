import { z } from 'zod';
import { InstrumentSchema } from './instrument';
import { type HitShape, type Pad, PadSchema, TAKE_ORDERS } from './kit';
import { RoleSchema } from './role';

const seconds = z.number().min(0);
const semitones = z.number().min(-24).max(24);

const KitFileShapeSchema = z.object({
  gain_db: z.number().min(-60).max(24),
  semitones,
  trim_start: seconds,
  trim_end: seconds,
  fade_in: seconds,
  fade_out: seconds,
  reversed: z.boolean(),
});

const KitFilePadSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: RoleSchema,
  instrument: InstrumentSchema,
  note: PadSchema.shape.note,
  hits: z.array(z.string()),
  chosen: z.number().int().min(0),
  gain_db: z.number(),
  pan: z.number().min(-1).max(1),
  choke: z.string().nullable(),
  locked: z.boolean(),
  layers: z.array(z.object({ up_to: z.number().int().min(1).max(127), hits: z.array(z.string()).min(1) })),
  takes: z.enum(TAKE_ORDERS),
  semitones,
  velocity_curve: z.number().min(0.25).max(4),
});

const KitFileHitSchema = z.object({
  id: z.string().min(1),
  /** Below the folder of the file, with `/`. */
  file: z.string().min(1),
  name: z.string().min(1).nullable(),
  role: RoleSchema.nullable(),
  instrument: InstrumentSchema.nullable(),
  /** Frames of the WAV before the attack, and between it and the second stroke of a flam. */
  onset_frames: z.number().int().min(0),
  flam_frames: z.number().int().min(1).nullable(),
  /** As a hit's. */
  gain: z.number().positive(),
  velocity: z.number().min(0).max(1),
});

/** `kit.json`: a kit of Backbeat's with nothing left out, beside the WAVs of its hits as they were cut. */
export const KitFileSchema = z.object({
  version: z.literal(1),
  format: z.literal('backbeat-kit'),
  name: z.string().min(1),
  sample_rate: z.number().int().positive(),
  /** Of the whole, where there is one; of each sound: LICENSES.json. */
  author: z.string().nullable(),
  licence: z.string().nullable(),
  hits: z.array(KitFileHitSchema),
  pads: z.array(KitFilePadSchema),
  /** Of hits that are played otherwise than they were cut, by id. */
  shapes: z.record(z.string(), KitFileShapeSchema),
});
export type KitFile = z.infer<typeof KitFileSchema>;

export const shapeInFile = (shape: HitShape): KitFile['shapes'][string] => ({
  gain_db: shape.gainDecibels,
  semitones: shape.semitones,
  trim_start: shape.trimStart,
  trim_end: shape.trimEnd,
  fade_in: shape.fadeIn,
  fade_out: shape.fadeOut,
  reversed: shape.reversed,
});

export const shapeOfFile = (shape: KitFile['shapes'][string]): HitShape => ({
  gainDecibels: shape.gain_db,
  semitones: shape.semitones,
  trimStart: shape.trim_start,
  trimEnd: shape.trim_end,
  fadeIn: shape.fade_in,
  fadeOut: shape.fade_out,
  reversed: shape.reversed,
});

export const padInFile = (pad: Pad): KitFile['pads'][number] => ({
  id: pad.id,
  name: pad.name,
  role: pad.role,
  instrument: pad.instrument,
  note: pad.note,
  hits: [...pad.hits],
  chosen: pad.chosen,
  gain_db: pad.gainDecibels,
  pan: pad.pan,
  choke: pad.choke,
  locked: pad.locked,
  layers: pad.layers.map(({ upTo, hits }) => ({ up_to: upTo, hits: [...hits] })),
  takes: pad.takes,
  semitones: pad.semitones,
  velocity_curve: pad.velocityCurve,
});

/** A pad of a file, its hits called what `nameOf` calls them; those that it does not know are left out. */
export function padOfFile(
  pad: KitFile['pads'][number],
  nameOf: (id: string) => Pad['hits'][number] | null,
): Pad {
  const known = (ids: readonly string[]): Pad['hits'] => ids.flatMap(id => nameOf(id) ?? []);
  const hits = known(pad.hits);
  const chosen = nameOf(pad.hits[pad.chosen] ?? '');
  return {
    id: pad.id,
    name: pad.name,
    role: pad.role,
    instrument: pad.instrument,
    note: pad.note,
    hits,
    chosen: Math.max(0, chosen === null ? 0 : hits.indexOf(chosen)),
    gainDecibels: pad.gain_db,
    pan: pad.pan,
    choke: pad.choke,
    locked: pad.locked,
    layers: pad.layers.flatMap(layer => {
      const own = known(layer.hits);
      return own.length > 0 ? [{ upTo: layer.up_to, hits: own }] : [];
    }),
    takes: pad.takes,
    semitones: pad.semitones,
    velocityCurve: pad.velocity_curve,
  };
}
