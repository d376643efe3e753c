import { z } from 'zod';
import { FileRefSchema, readGroove, type Stage, writeEventGrid } from '#main/pipeline/stage';
import { fail, ok } from '#shared/base';
import { LAYER_NAMES, layerOf } from '#shared/compose';
import { apply, editOfAll, OperationSchema } from '#shared/edit';

const EditInputSchema = z.object({
  grid: FileRefSchema,
  events: FileRefSchema,
  operations: z.array(OperationSchema),
  /** Whether to write the progressive layers of the result too: Core, Core+Accent, Full. */
  layers: z.boolean().default(false),
});
export type EditInput = z.infer<typeof EditInputSchema>;

/** An event grid with operations done to it, in order. */
export const editStage: Stage<EditInput, Record<string, never>> = {
  name: 'edit',
  title: 'Editing',
  version: 1,
  input: EditInputSchema,
  async run(input, { folder, report }) {
    const groove = await readGroove(input);
    if (!groove.ok) return groove;
    const edit = editOfAll(groove.value, input.operations);
    if (!edit.ok) return fail({ code: 'badOption', ...edit.failure });
    const { pattern } = apply(groove.value, edit.value);
    const files: Record<string, string> = { eventGrid: 'event_grid.json' };
    await writeEventGrid(folder, 'event_grid.json', pattern);
    for (const layer of input.layers ? LAYER_NAMES : []) {
      const name = `event_grid_${layer.replaceAll('-', '_')}.json`;
      await writeEventGrid(folder, name, layerOf(pattern, layer));
      files[`eventGrid:${layer}`] = name;
    }
    report(1);
    return ok({ values: {}, files });
  },
};
