import { z } from 'zod';
import { HitIdSchema } from './hit';
import { InstrumentSchema } from './instrument';
import { RoleSchema } from './role';

/** How the takes of a layer follow each other: in turn, drawn by lot (seeded by the note), or never: the first alone. */
export const TAKE_ORDERS = ['cycle', 'random', 'first'] as const;
export type TakeOrder = (typeof TAKE_ORDERS)[number];

/** Hits that answer strokes up to a MIDI velocity, from above the layer before. */
export const VelocityLayerSchema = z.object({
  upTo: z.number().int().min(1).max(127),
  hits: z.array(HitIdSchema).min(1),
});
export type VelocityLayer = z.infer<typeof VelocityLayerSchema>;

/** How a kit plays one of its hits; the hit's own audio stays as it is. Times are seconds of the unshaped slice. */
export const HitShapeSchema = z.object({
  gainDecibels: z.number().min(-60).max(24),
  /** By speed: length changes with pitch, as on a sampler. */
  semitones: z.number().min(-24).max(24),
  /** Cut from the slice's start and from its end. */
  trimStart: z.number().min(0),
  trimEnd: z.number().min(0),
  /** Raised-cosine ramps at what trimming leaves. */
  fadeIn: z.number().min(0),
  fadeOut: z.number().min(0),
  reversed: z.boolean(),
});
export type HitShape = z.infer<typeof HitShapeSchema>;

export const PLAIN_SHAPE: HitShape = {
  gainDecibels: 0,
  semitones: 0,
  trimStart: 0,
  trimEnd: 0,
  fadeIn: 0,
  fadeOut: 0,
  reversed: false,
};

/** One pad: an instrument in a role and the hits that can sound for it, best first. */
export const PadSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: RoleSchema,
  instrument: InstrumentSchema,
  /** MIDI note that plays the pad. */
  note: z.number().int().min(0).max(127),
  hits: z.array(HitIdSchema),
  /** Index into `hits` of the one the user chose. */
  chosen: z.number().int().min(0),
  gainDecibels: z.number(),
  /** -1 left ... 1 right. */
  pan: z.number().min(-1).max(1),
  /** Pads of one group silence each other; null rings freely. */
  choke: z.string().nullable(),
  locked: z.boolean(),
  /** Soft to loud, `upTo` ascending, the last 127; empty: the chosen hit answers every stroke. Their hits are among `hits`. */
  layers: z.array(VelocityLayerSchema).default([]),
  takes: z.enum(TAKE_ORDERS).default('cycle'),
  /** Of all the pad's hits, on top of their shapes. */
  semitones: z.number().min(-24).max(24).default(0),
  /** Exponent on velocity / 127: 1 is plain, above it soft strokes get softer. */
  velocityCurve: z.number().min(0.25).max(4).default(1),
});
export type Pad = z.infer<typeof PadSchema>;

/** What a pad has beside its sound until somebody says otherwise. */
export const PLAIN_PAD = {
  chosen: 0,
  gainDecibels: 0,
  pan: 0,
  choke: null,
  locked: false,
  layers: [],
  takes: 'cycle',
  semitones: 0,
  velocityCurve: 1,
} satisfies Partial<Pad>;

export const KitSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  sampleRate: z.number().int().positive(),
  pads: z.array(PadSchema),
  /** Of the hits that this kit plays otherwise than they were cut. */
  shapes: z.record(HitIdSchema, HitShapeSchema).default({}),
});
export type Kit = z.infer<typeof KitSchema>;
