import type { HistoryChange, KeptHistory, KeptStep } from '#shared/protocol';
import type { Reading, Writing } from './schema';

type Side = 'undo' | 'redo';

/** Steps back that are kept when a pattern is opened again. */
const MOST_STEPS = 500;

/** What was done to each pattern, step by step, so that it can be taken back after a restart. */
export function readHistories(db: Reading) {
  const side = async (patternId: string, which: Side): Promise<KeptStep[]> =>
    db
      .selectFrom('history_steps')
      .select(['label', 'edit'])
      .where('pattern_id', '=', patternId)
      .where('side', '=', which)
      .orderBy('position')
      .execute();
  return {
    of: async (patternId: string): Promise<KeptHistory> => ({
      undo: await side(patternId, 'undo'),
      redo: await side(patternId, 'redo'),
    }),
  };
}

export function writeHistories(db: Writing) {
  const put = async (patternId: string, side: Side, first: number, steps: readonly KeptStep[]) => {
    await db
      .deleteFrom('history_steps')
      .where('pattern_id', '=', patternId)
      .where('side', '=', side)
      .where('position', '>=', first)
      .execute();
    for (const [index, { label, edit }] of steps.entries())
      await db
        .insertInto('history_steps')
        .values({ pattern_id: patternId, side, position: first + index, label, edit })
        .execute();
  };
  const count = async (patternId: string, side: Side): Promise<number> => {
    const row = await db
      .selectFrom('history_steps')
      .select(({ fn }) => fn.countAll<number>().as('steps'))
      .where('pattern_id', '=', patternId)
      .where('side', '=', side)
      .executeTakeFirstOrThrow();
    return row.steps;
  };
  const forget = async (patternId: string): Promise<void> => {
    await db.deleteFrom('history_steps').where('pattern_id', '=', patternId).execute();
  };
  return {
    ...readHistories(db),
    forget,
    /** Answers false, and forgets the history, when steps that it builds on are missing. */
    async change(patternId: string, { undoKept, undo, redoKept, redo }: HistoryChange): Promise<boolean> {
      const isWhole =
        (await count(patternId, 'undo')) >= undoKept && (await count(patternId, 'redo')) >= redoKept;
      if (!isWhole) {
        await forget(patternId);
        return false;
      }
      await put(patternId, 'undo', undoKept, undo);
      await put(patternId, 'redo', redoKept, redo);
      return true;
    },
    /** Forgets all but the newest steps back, and numbers them from 0 again. */
    async shorten(patternId: string): Promise<void> {
      const { undo } = await readHistories(db).of(patternId);
      if (undo.length > MOST_STEPS) await put(patternId, 'undo', 0, undo.slice(-MOST_STEPS));
    },
  };
}
