import { z } from 'zod';
import type { Stage } from '#main/pipeline/stage';
import { ok } from '#shared/base';
import { type SearchAnswer, SearchRequestSchema } from '#shared/protocol';
import { Searcher } from './searcher';

const SearchInputSchema = z.object({
  /** Of the library. */
  folder: z.string().min(1),
  /** Of the bundled models. */
  modelsFolder: z.string().min(1),
  /** null: only makes ready. */
  request: SearchRequestSchema.nullable(),
});
type SearchInput = z.infer<typeof SearchInputSchema>;

/** Those of this process, by folder of the library: a worker keeps them as long as it lives. */
const searchers = new Map<string, Searcher>();

/**
 * Answers searches from an index that stays in the process. A stage like all others to whoever runs it; not one of pure functions, though:
 * its answers follow the library, and no job calls it.
 */
export const searchStage: Stage<SearchInput, { readonly answer: SearchAnswer | null }> = {
  name: 'search',
  title: 'Searching sounds',
  version: 1,
  input: SearchInputSchema,
  async run({ folder, modelsFolder, request }) {
    const searcher = searchers.get(folder) ?? new Searcher(folder, modelsFolder);
    searchers.set(folder, searcher);
    if (request) return ok({ values: { answer: await searcher.search(request) }, files: {} });
    await searcher.warm();
    return ok({ values: { answer: null }, files: {} });
  },
};
