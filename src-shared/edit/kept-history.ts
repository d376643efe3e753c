import { z } from 'zod';
import { fail, ok, type Result } from '../base';
import { NoteIdSchema, NoteSchema, type Pattern, PatternSchema } from '../model';
import type { Edit, PatternFrame } from './edit';
import type { History, Mark } from './history';

const AnyFrameSchema = PatternSchema.omit({ notes: true }).partial();

/** Only the parts that are there: the schema would add its defaults for those that are not. */
const FrameSchema = z.record(z.string(), z.unknown()).transform((given, context): Partial<PatternFrame> => {
  const parsed = AnyFrameSchema.safeParse(given);
  if (parsed.success) return Object.fromEntries(Object.entries(parsed.data).filter(([key]) => key in given));
  context.addIssue({ code: 'custom', message: parsed.error.message });
  return z.NEVER;
});

const EditSchema: z.ZodType<Edit> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('put'), notes: z.array(NoteSchema) }),
    z.object({ kind: z.literal('remove'), ids: z.array(NoteIdSchema) }),
    z.object({ kind: z.literal('frame'), frame: FrameSchema }),
    z.object({ kind: z.literal('all'), edits: z.array(EditSchema) }),
  ]),
);

/** A step as text, as it outlives the window. */
export interface MarkText {
  readonly label: string;
  readonly edit: string;
}

/** The steps of `now` that `before` has not: how many of the oldest are the same, and those that follow. */
export interface HistoryDifference {
  readonly undoKept: number;
  readonly undo: MarkText[];
  readonly redoKept: number;
  readonly redo: MarkText[];
}

/** What to keep of `now` beside what was kept of `before`; histories share their steps, so equal ones are the same objects. */
export function historyDifference(before: History | null, now: History): HistoryDifference {
  const undoKept = sameSteps(before?.undo ?? [], now.undo);
  const redoKept = sameSteps(before?.redo ?? [], now.redo);
  return {
    undoKept,
    undo: now.undo.slice(undoKept).map(textOf),
    redoKept,
    redo: now.redo.slice(redoKept).map(textOf),
  };
}

function sameSteps(before: readonly Mark[], now: readonly Mark[]): number {
  let count = 0;
  while (count < Math.min(before.length, now.length) && before[count] === now[count]) count++;
  return count;
}

const textOf = ({ label, edit }: Mark): MarkText => ({ label, edit: JSON.stringify(edit) });

/** A kept history of `pattern`; fails when a step is not one that this version knows. */
export function historyOfText(
  pattern: Pattern,
  { undo, redo }: { readonly undo: readonly MarkText[]; readonly redo: readonly MarkText[] },
): Result<History, string> {
  const marksOf = (texts: readonly MarkText[]): Mark[] =>
    texts.map(({ label, edit }) => ({ label, edit: EditSchema.parse(JSON.parse(edit)) }));
  try {
    return ok({ pattern, undo: marksOf(undo), redo: marksOf(redo) });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
