import { parseDocument } from 'yaml';
import { z } from 'zod';
import { fail, ok, type Result } from '../../base';
import { INSTRUMENTS, type Instrument, InstrumentSchema, ROLES_IN_ORDER, type Role } from '../../model';

const words = z.string().trim().min(1).max(200);
const phrases = z.array(words).max(100);

const RoleHearingSchema = z.strictObject({
  instruments: z.array(InstrumentSchema),
  prompts: phrases,
});

/** `prompts.yaml`: what an audio-text model is asked about a hit, for a user to edit. */
const PromptsSchema = z
  .strictObject({
    version: z.literal(1),
    /** Of the softmax over likenesses: lower is more decided. */
    temperature: z.number().gt(0).max(10),
    instruments: z.strictObject(
      Object.fromEntries(INSTRUMENTS.map(name => [name, phrases])) as Record<Instrument, typeof phrases>,
    ),
    roles: z.strictObject(
      Object.fromEntries(ROLES_IN_ORDER.map(role => [role, RoleHearingSchema])) as Record<
        Role,
        typeof RoleHearingSchema
      >,
    ),
    describe: z.strictObject({
      words: phrases,
      names: z.strictObject(
        Object.fromEntries(INSTRUMENTS.map(name => [name, words])) as Record<Instrument, typeof words>,
      ),
    }),
  })
  .superRefine((prompts, context) => {
    for (const role of ROLES_IN_ORDER)
      if (promptsOfRole(prompts, role).length === 0)
        context.addIssue({ code: 'custom', path: ['roles', role], message: 'has no prompt' });
    if (INSTRUMENTS.every(name => prompts.instruments[name].length === 0))
      context.addIssue({ code: 'custom', path: ['instruments'], message: 'none of them has a prompt' });
  });
export type Prompts = z.output<typeof PromptsSchema>;

/** Its own prompts and those of its instruments. */
export const promptsOfRole = (
  { roles, instruments }: Pick<Prompts, 'roles' | 'instruments'>,
  role: Role,
): string[] => [...roles[role].prompts, ...roles[role].instruments.flatMap(name => instruments[name])];

/** "dry kick", "long kick", ... and "kick" itself, as an instrument is described. */
export const descriptionsOf = ({ describe }: Prompts, instrument: Instrument): string[] => {
  const name = describe.names[instrument];
  return [name, ...describe.words.map(word => `${word} ${name}`)];
};

/** Everything that a text network has to read for `prompts`, each once, in a fixed order. */
export const textsOf = (prompts: Prompts): string[] => [
  ...new Set([
    ...INSTRUMENTS.flatMap(name => prompts.instruments[name]),
    ...ROLES_IN_ORDER.flatMap(role => prompts.roles[role].prompts),
    ...INSTRUMENTS.flatMap(name => descriptionsOf(prompts, name)),
  ]),
];

/** Reads `prompts.yaml`; what is wrong with it comes back as sentences that name the key. */
export function parsePrompts(text: string): Result<Prompts, { readonly problems: readonly string[] }> {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0)
    return fail({
      problems: document.errors.map(
        ({ message, pos: [at] }) => `line ${text.slice(0, at).split('\n').length}: ${message}`,
      ),
    });
  const parsed = PromptsSchema.safeParse(document.toJS());
  if (parsed.success) return ok(parsed.data);
  return fail({
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
  });
}
