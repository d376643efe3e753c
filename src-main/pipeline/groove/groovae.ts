import { z } from 'zod';
import { performTake, warmModels } from '#main/inference';
import {
  FileRefSchema,
  GrooveManifestsSchema,
  manifestPaths,
  readGroove,
  readPools,
  type Stage,
  writeEventGrid,
} from '#main/pipeline/stage';
import { fail, ok } from '#shared/base';
import { arePoolsEmpty, layOutNew } from '#shared/compose';
import { type Take, TakeSchema } from '#shared/protocol';

const GroovaeInputSchema = z.object({
  grid: FileRefSchema,
  events: FileRefSchema,
  pools: FileRefSchema,
  take: TakeSchema,
  /** Of `morph`: the events of the other groove, on the same grid. */
  towards: FileRefSchema.nullable().default(null),
  manifests: GrooveManifestsSchema,
});
export type GroovaeInput = z.infer<typeof GroovaeInputSchema>;

/** The groove of an event grid played, varied or morphed; strokes that were there keep their samples. */
export const groovaeStage: Stage<GroovaeInput, Record<string, never>> = {
  name: 'groovae',
  title: 'Playing the groove',
  version: 1,
  input: GroovaeInputSchema,
  async run(input, { folder, signal, report }) {
    const given = await readGroove(input);
    if (!given.ok) return given;
    const pools = await readPools(input.pools);
    if (!pools.ok) return pools;
    if (arePoolsEmpty(pools.value.pools))
      return fail({ code: 'noSample', role: 'any role', pools: input.pools.path });
    const take = await withTarget(input);
    if (!take.ok) return take;
    const context = { models: warmModels, manifests: manifestPaths(input.manifests), signal };
    const made = await performTake(take.value, given.value, context);
    if (!made.ok) return made;
    const laid = layOutNew(made.value, pools.value.pools, { choice: 'round_robin', seed: take.value.seed });
    await writeEventGrid(folder, 'event_grid_groovae.json', laid);
    report(1);
    return ok({ values: {}, files: { eventGrid: 'event_grid_groovae.json' } });
  },
};

async function withTarget({ take, towards, grid }: GroovaeInput) {
  if (take.kind !== 'morph' || !towards) return ok<Take>(take);
  const other = await readGroove({ grid, events: towards });
  return other.ok ? ok<Take>({ ...take, towards: other.value }) : other;
}
