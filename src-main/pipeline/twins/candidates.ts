import { setImmediate as breath } from 'node:timers/promises';
import { z } from 'zod';
import {
  columnsOf,
  FileRefSchema,
  readRows,
  SOUND_FACTS,
  type Stage,
  throwIfCancelled,
} from '#main/pipeline/stage';
import { attempt } from '#main/platform';
import { SoundIndex, twinCandidates } from '#shared/search';

const CandidatesInputSchema = z.object({
  /** Rows as `SOUND_FACTS` has them and a vector. */
  sounds: FileRefSchema,
  size: z.number().int().positive(),
  /** Least cosine of two sounds that may be the same. */
  least: z.number().min(0).max(1),
});
type CandidatesInput = z.infer<typeof CandidatesInputSchema>;

const STEPS_A_TURN = 500;

/** Which sounds may be the same, by their vectors: rows in turn, two a pair. */
export const twinCandidatesStage: Stage<CandidatesInput, { readonly pairs: readonly number[] }> = {
  name: 'twin-candidates',
  title: 'Comparing sounds',
  version: 1,
  input: CandidatesInputSchema,
  run: ({ sounds, size, least }, context) =>
    attempt(context.folder, async () => {
      const width = SOUND_FACTS + size;
      const index = new SoundIndex(size);
      index.append(columnsOf(await readRows(sounds.path, width), width, SOUND_FACTS, width));
      const pairs: number[] = [];
      let steps = 0;
      for (const found of twinCandidates(index, least)) {
        for (const row of found) pairs.push(row);
        if (++steps % STEPS_A_TURN !== 0) continue;
        throwIfCancelled(context.signal);
        context.report(steps / (2 * index.count));
        await breath();
      }
      context.report(1);
      return { values: { pairs }, files: {} };
    }),
};
