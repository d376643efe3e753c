import { z } from 'zod';
import { FileRefSchema, readGroove, type Stage, writeEventGrid } from '#main/pipeline/stage';
import { fail, ok } from '#shared/base';
import { apply, editOfAll, OperationSchema } from '#shared/edit';

const EditInputSchema = z.object({
  grid: FileRefSchema,
  events: FileRefSchema,
  operations: z.array(OperationSchema),
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
    await writeEventGrid(folder, 'event_grid.json', apply(groove.value, edit.value).pattern);
    report(1);
    return ok({ values: {}, files: { eventGrid: 'event_grid.json' } });
  },
};
