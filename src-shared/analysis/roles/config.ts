import { parseDocument } from 'yaml';
import { z } from 'zod';
import { fail, ok, type Result } from '../../base';
import { InstrumentSchema, ROLES_IN_ORDER, RoleSchema } from '../../model';
import { EVIDENCE } from '../evidence';
import { parseCondition } from './conditions';

const unit = z.number().min(0).max(1);

/** `[feature, a, b]`: 0 where the feature is `a` or beyond, 1 where it is `b` or beyond, straight between; `a > b` turns it round. */
const MembershipSchema = z
  .tuple([z.enum(EVIDENCE), z.number(), z.number()])
  .refine(([, a, b]) => a !== b, 'its two limits must differ');
export type Membership = z.infer<typeof MembershipSchema>;

const WeightsSchema = z.record(
  z.string().regex(/^~?[A-Z][A-Z0-9_]*$/, 'must be a membership, or ~ and a membership'),
  z.number(),
);
export type Weights = z.infer<typeof WeightsSchema>;

const ConditionSchema = z.string().transform((text, context) => {
  const comparisons = parseCondition(text);
  if (comparisons) return comparisons;
  context.addIssue(`"${text}" is not of the form "NAME > 0.5 and NAME < 2"`);
  return z.NEVER;
});

const factor = z.number().min(0).max(10);
const guardSchema = <Factors extends z.ZodType>(multiply: Factors) =>
  z.strictObject({
    when: ConditionSchema,
    /** Factors on probabilities, which are then scaled to sum to 1 again. */
    multiply,
    why: z.string().min(1),
  });

/** `role_assignment.yaml`: everything that decides a role, for a user to edit. */
const ConfigSchema = z
  .strictObject({
    version: z.literal(1),
    memberships: z.record(z.string(), MembershipSchema),
    roles: z.strictObject({
      /** Of the softmax: lower is more decided. */
      temperature: z.number().positive(),
      weights: z.strictObject(
        Object.fromEntries(ROLES_IN_ORDER.map(role => [role, WeightsSchema])) as Record<
          (typeof ROLES_IN_ORDER)[number],
          typeof WeightsSchema
        >,
      ),
      guards: z.array(guardSchema(z.partialRecord(RoleSchema, factor))),
    }),
    instruments: z.strictObject({
      temperature: z.number().positive(),
      bias: z.partialRecord(InstrumentSchema, z.number()),
      weights: z.partialRecord(InstrumentSchema, WeightsSchema),
      guards: z.array(guardSchema(z.partialRecord(InstrumentSchema, factor))),
    }),
    fusion: z.strictObject({
      /** Share of the rules beside the audio-text model; without the model it counts as 1. */
      alpha: unit,
      /** Share when the rules' best two are equal... */
      alpha_when_close: unit,
      /** ...rising to `alpha` where they are this far apart. */
      close_margin: unit,
      /** Power of the model's instruments beside the rules' own, which they are multiplied with. */
      instrument_power: z.number().min(0).max(10).default(1),
    }),
    pools: z.strictObject({
      min_confidence: unit,
      min_margin: unit,
      /** What the best sample must reach to stand in for an empty pool. */
      fallback_confidence: unit,
    }),
  })
  .superRefine((config, context) => {
    const known = new Set(Object.keys(config.memberships));
    const check = (names: Iterable<string>, path: (string | number)[]): void => {
      for (const name of names) {
        if (known.has(name.replace('~', ''))) continue;
        context.addIssue({ code: 'custom', path: [...path, name], message: 'is not among the memberships' });
      }
    };
    for (const section of ['roles', 'instruments'] as const) {
      for (const [name, weights] of Object.entries(config[section].weights)) {
        check(Object.keys(weights), [section, 'weights', name]);
      }
      for (const [index, guard] of config[section].guards.entries()) {
        const names = guard.when
          .map(({ name }) => name)
          .filter(name => !(EVIDENCE as readonly string[]).includes(name));
        check(names, [section, 'guards', index, 'when']);
      }
    }
  });
export type RoleConfig = z.output<typeof ConfigSchema>;

/** Reads `role_assignment.yaml`; what is wrong with it comes back as sentences that name the key. */
export function parseRoleConfig(text: string): Result<RoleConfig, { readonly problems: readonly string[] }> {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return fail({
      problems: document.errors.map(
        ({ message, pos: [at] }) => `line ${text.slice(0, at).split('\n').length}: ${message}`,
      ),
    });
  }
  const parsed = ConfigSchema.safeParse(document.toJS());
  if (parsed.success) return ok(parsed.data);
  return fail({
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
  });
}
