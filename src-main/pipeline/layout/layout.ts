import { join } from 'node:path';
import { z } from 'zod';
import { FileRefSchema, readGroove, readPools, type Stage, writeEventGrid } from '#main/pipeline/stage';
import { writeFileWhole } from '#main/platform';
import { fail, ok } from '#shared/base';
import { arePoolsEmpty, clampFeel, HIT_CHOICES, LAYER_NAMES, layerOf, layOut } from '#shared/compose';
import { encodeMidi, type Pattern } from '#shared/model';

const LayoutInputSchema = z.object({
  grid: FileRefSchema,
  events: FileRefSchema,
  pools: FileRefSchema,
  choice: z.enum(HIT_CHOICES).default('round_robin'),
  seed: z.number().int().min(0).default(42),
  /** Micro-timing as it is, or no more than so many milliseconds either way. */
  micro: z.union([z.literal('keep'), z.object({ clampMs: z.number().min(0) })]).default('keep'),
  /** Whether to write the progressive layers too. */
  layers: z.boolean().default(false),
});
export type LayoutInput = z.infer<typeof LayoutInputSchema>;

/** A sample for every event, and the notes as MIDI; on demand once more for each layer of intensity. */
export const layoutStage: Stage<LayoutInput, Record<string, never>> = {
  name: 'layout',
  title: 'Choosing hits',
  version: 1,
  input: LayoutInputSchema,
  async run(input, { folder, report }) {
    const groove = await readGroove(input);
    if (!groove.ok) return groove;
    const read = await readPools(input.pools);
    if (!read.ok) return read;
    if (arePoolsEmpty(read.value.pools)) {
      return fail({ code: 'noSample', role: 'any role', pools: input.pools.path });
    }
    const timed = input.micro === 'keep' ? groove.value : clampFeel(groove.value, input.micro.clampMs);
    const laid = layOut(timed, read.value.pools, input);
    const files: Record<string, string> = {};
    const write = async (suffix: string, key: string, pattern: Pattern): Promise<void> => {
      files[`eventGrid${key}`] = `event_grid${suffix}.json`;
      files[`midi${key}`] = `notes${suffix}.mid`;
      await writeEventGrid(folder, `event_grid${suffix}.json`, pattern);
      await writeFileWhole(join(folder, `notes${suffix}.mid`), encodeMidi(pattern, { type: 1 }));
    };
    await write('', '', laid);
    for (const layer of input.layers ? LAYER_NAMES : []) {
      await write(`_${layer.replaceAll('-', '_')}`, `:${layer}`, layerOf(laid, layer));
    }
    report(1);
    return ok({ values: {}, files });
  },
};
