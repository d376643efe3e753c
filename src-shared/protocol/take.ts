import { z } from 'zod';
import { GrooveStyleSchema, InstrumentSchema, PatternSchema, RoleSchema } from '../model';
import { ChoiceSchema } from './generate';

const barNumber = z.number().int().min(0).max(127);

/** Bars from 0; `to` is not among them. */
const BarRangeSchema = z
  .object({ from: barNumber, to: z.number().int().min(1).max(128) })
  .refine(({ from, to }) => from < to, 'must hold a bar');

/** Bars and rows that are written anew; null for all of them. */
const regionFields = {
  bars: BarRangeSchema.nullable().default(null),
  rows: z.array(InstrumentSchema).min(1).nullable().default(null),
};

const LockedCellSchema = z.object({
  bar: barNumber,
  step: z.number().int().min(0),
  /** null locks all that the models may write on that step. */
  instrument: InstrumentSchema.nullable(),
});

const commonFields = {
  seed: z.number().int().min(0).default(42),
  /** Which of the seed's takes, from 0: each is another one. */
  take: z.number().int().min(0).max(1000).default(0),
  /** 0: no chance; 1: as learnt; above: wilder. */
  temperature: z.number().min(0).max(5).default(1),
  /** The manner of playing; `other` leaves it open. */
  style: GrooveStyleSchema.default('other'),
  /** Roles whose notes stay as they are. */
  locked: z.array(RoleSchema).default([]),
};

const writingFields = {
  ...commonFields,
  /** Only the likeliest strokes that together hold this share of the probability are drawn from. */
  topP: z.number().min(0.01).max(1).default(0.97),
  /** Strokes wished for in a bar of 16 sixteenths; null leaves it to the music. */
  density: z.number().min(1).max(48).nullable().default(null),
  /** How much feel new strokes get: 0 none, 1 a drummer's. Their velocities are always a drummer's. */
  feel: z.number().min(0).max(1).default(1),
  lockedCells: z.array(LockedCellSchema).max(10_000).default([]),
  /** Voices that may sound at once. */
  voices: z.number().int().min(1).max(9).default(4),
  /** Whether two hands and two feet must be able to play what is written. */
  playable: z.boolean().default(true),
};

/** One take of the groove models on a pattern. Which notes may change is said by locks and regions; all else stays. */
export const TakeSchema = z.discriminatedUnion('kind', [
  /** What the pattern's player might play next, on the same bars. */
  z.object({ kind: z.literal('new'), ...writingFields }),
  /** More bars after the last. */
  z.object({ kind: z.literal('continue'), ...writingFields, count: z.number().int().min(1).max(127) }),
  z.object({ kind: z.literal('infill'), ...writingFields, ...regionFields }),
  /** Some strokes changed: amount 0 none, 1 as if written anew. */
  z.object({
    kind: z.literal('vary'),
    ...writingFields,
    ...regionFields,
    amount: z.number().min(0).max(1).default(0.5),
  }),
  /** A fill in the last `length` sixteenths of a bar. */
  z.object({
    kind: z.literal('fill'),
    ...writingFields,
    bar: barNumber,
    length: z.number().int().min(2).max(64).default(16),
  }),
  /** Velocities and feel of a drummer on the notes as they are: expected (tight) or one performance of many (human). */
  z.object({
    kind: z.literal('humanise'),
    ...commonFields,
    mode: z.enum(['tight', 'human']).default('human'),
    amount: z.number().min(0).max(1).default(1),
  }),
  /** The same groove played once more, `temperature` away. */
  z.object({ kind: z.literal('regroove'), ...commonFields }),
  /** A full beat of the pattern's rhythm. */
  z.object({
    kind: z.literal('tap'),
    ...commonFields,
    temperature: z.number().min(0).max(5).default(0),
    colour: z.enum(['exact', 'colourful']).default('exact'),
    voices: writingFields.voices,
    playable: writingFields.playable,
  }),
  /** A groove between this pattern (0) and another (1). */
  z.object({
    kind: z.literal('morph'),
    ...commonFields,
    towards: PatternSchema,
    position: z.number().min(0).max(1).default(0.5),
  }),
]);
export type Take = z.infer<typeof TakeSchema>;
export type TakeKind = Take['kind'];
/** A take and the kit that it sounds on. */
export const TakeRequestSchema = z.object({ kitId: z.string(), choice: ChoiceSchema, take: TakeSchema });
export type TakeRequest = z.infer<typeof TakeRequestSchema>;
/** A take as it may be written, with what is usual left out. */
export type TakeInput = z.input<typeof TakeSchema>;
