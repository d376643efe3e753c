import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '#shared/base';
import {
  commit,
  type Edit,
  type History,
  historyDifference,
  historyOf,
  historyOfText,
  type MarkText,
  redo,
  replacement,
  undo,
} from '#shared/edit';
import type { Pattern } from '#shared/model';
import { anyPattern } from '#test/any-pattern';

type Step = { readonly do: 'edit'; readonly next: Pattern } | { readonly do: 'undo' | 'redo' | 'keep' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyPattern({ mostNotes: 6, mostBars: 2 }).map(next => ({ do: 'edit' as const, next })),
  fc.constantFrom('undo' as const, 'redo' as const, 'keep' as const).map(each => ({ do: each })),
);

const editTowards = (pattern: Pattern, next: Pattern): Edit => ({
  kind: 'all',
  edits: [
    replacement(pattern, next),
    { kind: 'frame', frame: { lanes: next.lanes, mix: next.mix, swing: next.swing } },
  ],
});

/** All patterns that undoing and redoing lead to. */
function reach(history: History): { readonly back: string[]; readonly forth: string[] } {
  const back: string[] = [];
  const forth: string[] = [];
  for (let at = history; at.undo.length > 0; back.push(canonicalJson(at.pattern))) at = undo(at);
  for (let at = history; at.redo.length > 0; forth.push(canonicalJson(at.pattern))) at = redo(at);
  return { back, forth };
}

it('keeps every way back and forth through text, however it is kept bit by bit', () => {
  fc.assert(
    fc.property(
      anyPattern({ mostNotes: 6, mostBars: 2 }),
      fc.array(anyStep, { maxLength: 14 }),
      (start, steps) => {
        let history = historyOf(start);
        let kept: History | null = null;
        let texts: { undo: MarkText[]; redo: MarkText[] } = { undo: [], redo: [] };
        for (const step of [...steps, { do: 'keep' } as const]) {
          if (step.do === 'edit') history = commit(history, 'Edit', editTowards(history.pattern, step.next));
          else if (step.do === 'undo') history = undo(history);
          else if (step.do === 'redo') history = redo(history);
          else {
            const change = historyDifference(kept, history);
            texts = {
              undo: [...texts.undo.slice(0, change.undoKept), ...change.undo],
              redo: [...texts.redo.slice(0, change.redoKept), ...change.redo],
            };
            kept = history;
          }
        }
        const restored = historyOfText(history.pattern, texts);
        if (!restored.ok) throw new Error(restored.failure);
        expect(reach(restored.value)).toEqual(reach(history));
      },
    ),
    { numRuns: 60 },
  );
});

it('says which text is no step, instead of taking it for one', () => {
  const { pattern } = historyOf({ ...fc.sample(anyPattern(), 1)[0]! });
  const bad = { label: 'Strange', edit: '{"kind":"explode"}' };
  expect(historyOfText(pattern, { undo: [bad], redo: [] }).ok).toBe(false);
  expect(historyOfText(pattern, { undo: [{ ...bad, edit: '{' }], redo: [] }).ok).toBe(false);
});
