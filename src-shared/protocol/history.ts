import { z } from 'zod';

/** One step of a pattern's history: what it is called, and the edit that takes it back or makes it again, as JSON text. */
const KeptStepSchema = z.object({ label: z.string().max(200), edit: z.string() });
export type KeptStep = z.infer<typeof KeptStepSchema>;

/** A history as it is kept beside its pattern; the last step last in both. */
export interface KeptHistory {
  readonly undo: readonly KeptStep[];
  readonly redo: readonly KeptStep[];
}

const kept = z.number().int().min(0);

/** What became of a history since it was kept: so many of its oldest steps stay, these follow. */
export const HistoryChangeSchema = z.object({
  undoKept: kept,
  undo: z.array(KeptStepSchema),
  redoKept: kept,
  redo: z.array(KeptStepSchema),
});
export type HistoryChange = z.infer<typeof HistoryChangeSchema>;
