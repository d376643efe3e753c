import { z } from 'zod';
import { PPQ } from '../../units';

export const CATEGORIES = ['roll', 'diddle', 'flam', 'drag'] as const;
export type Category = (typeof CATEGORIES)[number];

export const SUBDIVISIONS = [
  'quarter',
  'eighth',
  'triplet',
  'sixteenth',
  'sextuplet',
  'thirtysecond',
] as const;

export const STROKE_TYPES = ['tap', 'accent', 'grace', 'diddle', 'buzz'] as const;
export type StrokeType = (typeof STROKE_TYPES)[number];

export const HANDS = ['R', 'L'] as const;
export type Hand = (typeof HANDS)[number];
export const otherHand = (hand: Hand): Hand => (hand === 'R' ? 'L' : 'R');

/** Beats as a number or an exact fraction ("1/6"); a whole number of ticks, so that figures add up exactly. */
const BeatsSchema = z
  .union([z.number(), z.string().regex(/^\d+\/\d+$/, 'must be a number of beats or a fraction like 1/6')])
  .transform((given, context) => {
    const [above = 0, below = 1] = typeof given === 'number' ? [given, 1] : given.split('/').map(Number);
    const ticks = (above * PPQ) / below;
    if (ticks > 0 && Number.isInteger(ticks)) return ticks / PPQ;
    context.addIssue({
      code: 'custom',
      message: `${given} beats are no whole number of ticks above 0 (${PPQ} to the beat)`,
    });
    return z.NEVER;
  });

const rangeSchema = (low: number, high: number) =>
  z
    .tuple([z.number().min(low).max(high), z.number().min(low).max(high)])
    .refine(([from, to]) => from <= to, 'the first of a range must not be above the second');

const StrokeSchema = z.strictObject({
  hand: z.enum(HANDS),
  type: z.enum(['tap', 'accent', 'diddle', 'buzz']),
  /** Grace notes before it, a letter each, in small letters: `l`, `rr`. They take no time of the grid. */
  grace: z
    .string()
    .regex(/^(l{1,3}|r{1,3})$/, 'must be one to three small letters of one hand, like l or rr')
    .optional(),
  /** Which of the two strokes of a diddle it is. */
  diddle: z.union([z.literal(1), z.literal(2)]).optional(),
  /** To the next stroke, rests folded in. */
  beats: BeatsSchema,
});

const ParamsSchema = z
  .strictObject({
    /** Grace to stroke in ms. */
    flam_spacing_range: rangeSchema(5, 150).optional(),
    /** First to second grace of a drag in ms. */
    drag_spacing_range: rangeSchema(5, 150).optional(),
    /** The interval inside a diddle as a share of its written one. */
    diddle_ratio_range: rangeSchema(0.3, 2).optional(),
    roll_type: z.enum(['open', 'closed', 'buzz']).optional(),
    roll_strokes_per_beat: z.number().int().min(1).max(16).optional(),
    /** Bounces of a buzzed stroke. */
    buzz_strokes_range: rangeSchema(2, 20).optional(),
    buzz_detail: z
      .strictObject({ sub_strokes: z.number().int().min(2), marking: z.string().min(1) })
      .optional(),
  })
  .prefault({});

/** A rudiment as its YAML file says it; one figure, right hand leading unless `starts_on_left`. */
export const RudimentSchema = z
  .strictObject({
    name: z.string().trim().min(1),
    slug: z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/, 'must be in snake_case, like flam_tap'),
    category: z.enum(CATEGORIES),
    /** Of the PAS International Drum Rudiments; null for others. */
    pas_number: z.number().int().min(1).max(40).nullable().default(null),
    description: z.string().default(''),
    subdivision: z.enum(SUBDIVISIONS),
    /** Quarter notes per minute. */
    tempo_range: rangeSchema(20, 400),
    starts_on_left: z.boolean().default(false),
    /** Whether the next figure begins with the other hand. */
    alternates: z.boolean(),
    pattern: z.strictObject({
      beats_per_cycle: BeatsSchema,
      strokes: z.array(StrokeSchema).min(1).max(256),
    }),
    params: ParamsSchema,
    /** Where sources differ, and what was taken. */
    doubt: z.string().trim().optional(),
  })
  .superRefine(({ pattern, starts_on_left, params }, context) => {
    const { strokes, beats_per_cycle } = pattern;
    const say = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: ['pattern', ...path], message });
    const sum = Math.round(strokes.reduce((beats, stroke) => beats + stroke.beats, 0) * PPQ);
    if (sum !== Math.round(beats_per_cycle * PPQ))
      say(
        ['beats_per_cycle'],
        `is ${+beats_per_cycle.toFixed(4)}, but the strokes last ${+(sum / PPQ).toFixed(4)} beats`,
      );
    const lead = starts_on_left ? 'L' : 'R';
    if (strokes[0]?.hand !== lead)
      say(['strokes', 0, 'hand'], `must be ${lead}, since starts_on_left is ${starts_on_left}`);
    strokes.forEach(({ hand, grace, type, diddle }, index) => {
      const before = strokes[index - 1];
      if (grace?.[0] === hand.toLowerCase())
        say(
          ['strokes', index, 'grace'],
          `is of the hand ${hand} that plays the stroke; it must be the other's`,
        );
      if (type === 'diddle' && diddle === undefined)
        say(['strokes', index, 'diddle'], 'must say whether it is stroke 1 or 2 of the diddle');
      if (diddle === 2 && (before?.diddle !== 1 || before.hand !== hand))
        say(['strokes', index, 'diddle'], 'is 2, but the stroke before is no stroke 1 of the same hand');
      if (diddle === 1 && strokes[index + 1]?.diddle !== 2)
        say(['strokes', index, 'diddle'], 'is 1, but the stroke after is no stroke 2');
    });
    if (params.roll_type !== 'buzz' && strokes.some(({ type }) => type === 'buzz'))
      context.addIssue({
        code: 'custom',
        path: ['params', 'roll_type'],
        message: 'must be buzz, since strokes are buzzed',
      });
  });
export type Rudiment = z.output<typeof RudimentSchema>;
