import { join } from 'node:path';
import { z } from 'zod';
import { FileRefSchema, readGroove, readPools, type Stage, writeEventGrid } from '#main/pipeline/stage';
import { writeFileWhole } from '#main/platform';
import { invariant, ok } from '#shared/base';
import { markov, type PatternGenerator } from '#shared/compose';
import { decodeMidi, encodeMidi } from '#shared/model';

const TransformerInputSchema = z.object({
  grid: FileRefSchema,
  events: FileRefSchema,
  pools: FileRefSchema,
  seed: z.number().int().min(0).default(42),
  temperature: z.number().min(0).max(5).default(1),
});
export type TransformerInput = z.infer<typeof TransformerInputSchema>;

/** What draws the notes, until a trained model takes its place. */
const generate: PatternGenerator = markov;

/**
 * A new groove in the style of the one given: tokens become MIDI, and the events are parsed back from that MIDI, so that
 * the two files always say the same. The events have no samples yet; layout chooses them.
 */
export const transformerStage: Stage<TransformerInput, Record<string, never>> = {
  name: 'transformer',
  title: 'Generating the groove',
  version: 1,
  input: TransformerInputSchema,
  async run(input, { folder, report }) {
    const given = await readGroove(input);
    if (!given.ok) return given;
    const pools = await readPools(input.pools);
    if (!pools.ok) return pools;
    const { seed, temperature } = input;
    const bytes = encodeMidi(generate({ given: given.value, seed, temperature }), { type: 1 });
    const decoded = decodeMidi(bytes, 'transformer');
    invariant(decoded.ok, 'the MIDI that we write is one that we can read');
    const { tempo, bars } = given.value;
    await writeFileWhole(join(folder, 'transformer_output.mid'), bytes);
    await writeEventGrid(folder, 'event_grid_transformer.json', { ...decoded.value.pattern, tempo, bars });
    report(1);
    return ok({
      values: {},
      files: { midi: 'transformer_output.mid', eventGrid: 'event_grid_transformer.json' },
    });
  },
};
