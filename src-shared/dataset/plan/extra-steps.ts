import { z } from 'zod';
import { type AugmentStep, type Drawn, TRANSFORMS, transformNamed } from '../../augment';
import type { Random } from '../../base';
import { allowedAt } from './allowed';

const probability = z.number().min(0).max(1);

/** One step of augmentation as a user asks for it: drawn from ranges, or with fixed parameters. */
export interface WantedStep {
  /** As audiomentations calls it. */
  readonly name: string;
  /** How often it is done. */
  readonly p: number;
  readonly ranges?: Readonly<Record<string, unknown>> | undefined;
  /** In place of `ranges`: what the step's own record would hold. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

const GROUPS = ['Compose', 'OneOf', 'SomeOf'] as const;

/** Steps that are chosen from, or done together, as audiomentations has them. */
export interface WantedGroup {
  readonly name: (typeof GROUPS)[number];
  readonly p: number;
  readonly transforms: readonly Wanted[];
  /** Of SomeOf: from how many to how many, each equally likely. */
  readonly count?: readonly [number, number] | undefined;
  /** In an order that is drawn. */
  readonly shuffle: boolean;
}

export type Wanted = WantedStep | WantedGroup;

const values = z.record(z.string(), z.unknown());

const StepSchema = z
  .strictObject({
    name: z.string(),
    p: probability.default(1),
    ranges: values.optional(),
    params: values.optional(),
  })
  .superRefine((step, context) => {
    const say = (path: readonly PropertyKey[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    const known = transformNamed(step.name);
    if (!known) {
      const names = [...TRANSFORMS.map(({ name }) => name), ...GROUPS].join(', ');
      say(['name'], `must be one of ${names}`);
      return;
    }
    if (step.ranges && step.params) say(['params'], 'must not stand beside ranges');
    for (const key of ['ranges', 'params'] as const) {
      const given = step[key];
      if (given === undefined) continue;
      const own = known[key];
      const strict = own instanceof z.ZodObject ? own.strict() : own;
      for (const { path, message } of mistakesIn(strict, given)) say([key, ...path], message);
    }
    for (const [key, most] of crossed(known.ranges.safeParse(step.ranges ?? {}).data))
      say(['ranges', key], `must not be above ${key.replace('min_', 'max_')}, ${most}`);
  });

const GroupSchema = z
  .strictObject({
    name: z.enum(GROUPS),
    p: probability.default(1),
    transforms: z.array(z.lazy((): z.ZodType<Wanted> => WantedSchema)).min(1),
    count: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
    shuffle: z.boolean().default(false),
  })
  .superRefine(({ name, count, transforms }, context) => {
    if (count && name !== 'SomeOf')
      context.addIssue({ code: 'custom', path: ['count'], message: `must not be there: ${name} has none` });
    if (count && (count[0] > count[1] || count[1] > transforms.length))
      context.addIssue({
        code: 'custom',
        path: ['count'],
        message: `must run from the fewer to the more, up to the ${transforms.length} that there are`,
      });
  });

const isGroup = (given: unknown): boolean =>
  typeof given === 'object' &&
  given !== null &&
  'name' in given &&
  (GROUPS as readonly unknown[]).includes(given.name);

/** Ranges that end below where they begin: the key of their beginning, and their end. */
const crossed = (ranges: unknown): [string, number][] => {
  const entries = new Map(Object.entries(ranges ?? {}));
  return [...entries].flatMap(([key, least]): [string, number][] => {
    const most = key.startsWith('min_') ? entries.get(key.replace('min_', 'max_')) : undefined;
    return typeof least === 'number' && typeof most === 'number' && least > most ? [[key, most]] : [];
  });
};

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with `given`, each with what may stand there. */
function mistakesIn(schema: z.ZodType, given: unknown): Mistake[] {
  const parsed = schema.safeParse(given);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue): Mistake[] => {
    const { path } = issue;
    if (issue.code === 'custom') return [{ path, message: issue.message }];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(key => ({
        path: [...path, key],
        message: `must not be there: here stands ${allowedAt(schema, path)}`,
      }));
    return [{ path, message: `must be ${allowedAt(schema, path)}` }];
  });
}

/** A step or a group of them; each is checked by what its name asks for. */
export const WantedSchema: z.ZodType<Wanted> = z.unknown().transform((given, context): Wanted => {
  const schema: z.ZodType<Wanted> = isGroup(given) ? GroupSchema : StepSchema;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const { path, message } of mistakesIn(schema, given))
    context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});

/** The steps that are done to one recording; each draws from a stream of its own place in the list. */
export const drawnSteps = (wanted: readonly Wanted[], random: Random, recording: Drawn): AugmentStep[] =>
  wanted.flatMap((one, index) => drawnStep(one, random.fork(index), recording));

function drawnStep(one: Wanted, random: Random, recording: Drawn): AugmentStep[] {
  if (!random.chance(one.p)) return [];
  if ('transforms' in one) return drawnSteps(chosenOf(one, random), random, recording);
  const known = transformNamed(one.name);
  if (!known) throw new RangeError(`there is no augmentation "${one.name}"`);
  if (one.params) return [{ name: known.name, params: one.params }];
  return [known.draw(random.fork('draw'), one.ranges ?? {}, recording)];
}

/** Those of a group that are done this time, in their order unless it is drawn. */
function chosenOf({ name, transforms, count, shuffle }: WantedGroup, random: Random): readonly Wanted[] {
  const order = random.fork('order').shuffled([...transforms.keys()]);
  const [fewest, most] = name === 'OneOf' ? [1, 1] : (count ?? [1, transforms.length]);
  const taken =
    name === 'Compose' ? order : order.slice(0, fewest + random.fork('count').below(most - fewest + 1));
  const indices = shuffle ? taken : taken.sort((a, b) => a - b);
  return indices.flatMap(index => transforms[index] ?? []);
}
