import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LicencesSchema, type SampleSource } from '#shared/model';
import { statedIn } from '../samples/stated-in';

type Rights = Pick<SampleSource, 'author' | 'licence'>;

export const NO_RIGHTS: Rights = { author: null, licence: null };

/** Whose a kit is, where its own file does not say: our LICENSES.json beside it, else texts as makers of samples lay them there. */
export async function rightsBeside(folder: string): Promise<Rights> {
  const text = await readFile(join(folder, 'LICENSES.json'), 'utf8').catch(() => null);
  const ledger = text === null ? null : LicencesSchema.safeParse(jsonOf(text)).data;
  if (!ledger) return statedIn(folder);
  const shared = (values: readonly (string | null)[]): string | null =>
    new Set(values).size === 1 ? (values[0] ?? null) : null;
  return {
    author: shared(ledger.sources.map(({ author }) => author)),
    licence: shared(ledger.sources.map(({ licence }) => licence)) ?? ledger.statement,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
