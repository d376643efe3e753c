import { parseDocument } from 'yaml';
import { fail, ok, type Result } from '../../base';
import { type Rudiment, RudimentSchema } from './schema';

/** What is wrong with a definition, each sentence beginning with its key. */
export interface RudimentProblems {
  readonly problems: readonly string[];
}

/** Reads a rudiment's YAML. */
export function parseRudiment(text: string): Result<Rudiment, RudimentProblems> {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return fail({
      problems: document.errors.map(
        ({ message, pos: [at] }) => `line ${text.slice(0, at).split('\n').length}: ${message}`,
      ),
    });
  }
  const parsed = RudimentSchema.safeParse(document.toJS());
  if (parsed.success) return ok(parsed.data);
  return fail({
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
  });
}

/** What is wrong with rudiments that are to stand beside each other: slugs and PAS numbers are used once. */
export function rudimentConflicts(rudiments: readonly Rudiment[]): string[] {
  const twice = (values: readonly (string | number)[]): (string | number)[] => [
    ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
  ];
  return [
    ...twice(rudiments.map(({ slug }) => slug)).map(slug => `slug: ${slug} is used by two rudiments`),
    ...twice(rudiments.flatMap(({ pas_number }) => pas_number ?? [])).map(
      number => `pas_number: ${number} is used by two rudiments`,
    ),
  ];
}
