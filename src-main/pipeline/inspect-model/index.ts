import { constants } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { inspectModel } from '#main/inference';
import { attempt } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { fail, ok } from '#shared/base';
import { type ModelFacts, ModelPartSchema } from '#shared/protocol';

const PlacedPartSchema = z.object({ name: ModelPartSchema.shape.name, file: FileRefSchema });
type PlacedPart = z.infer<typeof PlacedPartSchema>;

/** The ONNX file first, by the names that the files have for each other. */
export const InspectModelInputSchema = z.object({ parts: z.array(PlacedPartSchema).min(1) });
type InspectModelInput = z.infer<typeof InspectModelInputSchema>;

/** Loads a model file of the user's own, finds out what it is, and tries it on noise: in a process that may be killed. */
export const inspectModelStage: Stage<InspectModelInput, ModelFacts> = {
  name: 'inspect-model',
  title: 'Trying the model',
  version: 1,
  input: InspectModelInputSchema,
  async run({ parts }, context) {
    const [graph] = parts;
    if (!graph) throw new Error('no parts');
    const placed = await attempt(graph.file.path, () => placeTogether(parts, context));
    if (!placed.ok) return placed;
    const inspected = await inspectModel(placed.value);
    throwIfCancelled(context.signal);
    if (inspected.ok) return ok({ values: inspected.value, files: {} });
    const { failure } = inspected;
    // The user knows the file by where it was chosen, not by where it was tried.
    return fail(
      'path' in failure && failure.path === placed.value ? { ...failure, path: graph.file.path } : failure,
    );
  },
};

/** The path of the ONNX file in a folder where all its parts lie by their names. */
async function placeTogether(
  parts: readonly PlacedPart[],
  { folder, signal }: StageContext,
): Promise<string> {
  const [graph, ...others] = parts;
  if (!graph) throw new Error('no parts');
  const home = dirname(graph.file.path);
  const areTogether = parts.every(({ name, file }) => file.path === join(home, name));
  if (areTogether) return graph.file.path;
  for (const { name, file } of [graph, ...others]) {
    throwIfCancelled(signal);
    const target = join(folder, name);
    await link(file.path, target).catch(() => copyFile(file.path, target, constants.COPYFILE_FICLONE));
  }
  return join(folder, graph.name);
}
