import { join } from 'node:path';
import { z } from 'zod';
import { performTake, warmModels } from '#main/inference';
import {
  FileRefSchema,
  GrooveManifestsSchema,
  manifestPaths,
  readGroove,
  readPools,
  type Stage,
  type StageContext,
  writeEventGrid,
} from '#main/pipeline/stage';
import { writeFileWhole } from '#main/platform';
import { invariant, ok, type Result } from '#shared/base';
import { gridFileOf, markov, objectText } from '#shared/compose';
import { decodeMidi, encodeMidi, type Pattern } from '#shared/model';
import { type Failure, TakeSchema } from '#shared/protocol';

const files = { grid: FileRefSchema, events: FileRefSchema, pools: FileRefSchema };

const TransformerInputSchema = z.discriminatedUnion('engine', [
  /** A Markov chain that learns from the skeleton styles and from the groove itself: needs no model, and is the baseline. */
  z.object({
    engine: z.literal('markov'),
    ...files,
    seed: z.number().int().min(0).default(42),
    temperature: z.number().min(0).max(5).default(1),
  }),
  z.object({
    engine: z.literal('drum-transformer'),
    ...files,
    take: TakeSchema,
    manifests: GrooveManifestsSchema,
  }),
]);
export type TransformerInput = z.infer<typeof TransformerInputSchema>;

/**
 * A new groove in the style of the one given, or what else was asked of it: tokens become MIDI, and the events are parsed back from that
 * MIDI, so that the two files always say the same. The events have no samples yet; layout chooses them. A groove that got other bars has a
 * new grid, too.
 */
export const transformerStage: Stage<TransformerInput, Record<string, never>> = {
  name: 'transformer',
  title: 'Generating the groove',
  version: 2,
  input: TransformerInputSchema,
  async run(input, { folder, signal, report }) {
    const given = await readGroove(input);
    if (!given.ok) return given;
    const pools = await readPools(input.pools);
    if (!pools.ok) return pools;
    const made = await generate(input, given.value, signal);
    if (!made.ok) return made;
    const { tempo, bars } = made.value;
    const bytes = encodeMidi(made.value, { type: 1 });
    const decoded = decodeMidi(bytes, { source: 'transformer', grid: 'sixteenths' });
    invariant(decoded.ok, 'the MIDI that we write is one that we can read');
    const pattern = { ...decoded.value.pattern, tempo, bars };
    await writeFileWhole(join(folder, 'transformer_output.mid'), bytes);
    await writeEventGrid(folder, 'event_grid_transformer.json', pattern);
    const written = { midi: 'transformer_output.mid', eventGrid: 'event_grid_transformer.json' };
    report(1);
    if (bars.length === given.value.bars.length) return ok({ values: {}, files: written });
    await writeFileWhole(join(folder, 'grid.json'), objectText(gridFileOf(pattern)));
    return ok({ values: {}, files: { ...written, grid: 'grid.json' } });
  },
};

async function generate(
  input: TransformerInput,
  given: Pattern,
  signal: StageContext['signal'],
): Promise<Result<Pattern, Failure>> {
  if (input.engine === 'markov') {
    const { seed, temperature } = input;
    return ok(markov({ given, seed, temperature }));
  }
  const context = { models: warmModels, manifests: manifestPaths(input.manifests), signal };
  return performTake(input.take, given, context);
}
