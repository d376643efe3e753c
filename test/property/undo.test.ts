import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { apply, commit, editOf, type History, historyOf, redo, undo } from '#shared/edit';
import { laneLines, type Pattern, patternFaults, swingOf } from '#shared/model';
import { anyGesture } from '#test/any-edit';
import { anyPattern } from '#test/any-pattern';

it('takes any n edits back in n undos, byte for byte, and makes them again in n redos', () => {
  fc.assert(
    fc.property(anyPattern(), fc.array(anyGesture, { maxLength: 12 }), (start, gestures) => {
      const states: string[] = [JSON.stringify(start)];
      let history: History = historyOf(start);
      for (const gesture of gestures) {
        const before = history;
        history = commit(history, gesture.kind, gesture.edit(history.pattern, []));
        // An edit that does nothing leaves no step, and one that does something leaves one.
        if (history === before) continue;
        expect(history.undo).toHaveLength(states.length);
        expect(JSON.stringify(history.pattern)).not.toBe(states.at(-1));
        states.push(JSON.stringify(history.pattern));
      }
      for (const state of states.toReversed().slice(1)) {
        history = undo(history);
        expect(JSON.stringify(history.pattern)).toBe(state);
      }
      expect(history.undo).toEqual([]);
      for (const state of states.slice(1)) {
        history = redo(history);
        expect(JSON.stringify(history.pattern)).toBe(state);
      }
      expect(history.redo).toEqual([]);
    }),
  );
});

it('says how to take any edit back that is applied on its own', () => {
  fc.assert(
    fc.property(anyPattern(), anyGesture, (start, gesture) => {
      const { pattern, inverse } = apply(start, gesture.edit(start, []));
      expect(JSON.stringify(apply(pattern, inverse).pattern)).toBe(JSON.stringify(start));
    }),
  );
});

it('keeps a pattern without faults through any edits', () => {
  fc.assert(
    fc.property(anyPattern(), fc.array(anyGesture, { maxLength: 4 }), (start, gestures) => {
      let pattern: Pattern = start;
      for (const gesture of gestures) {
        ({ pattern } = apply(pattern, gesture.edit(pattern, [])));
        expect(patternFaults(pattern)).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
});
it('snaps without moving a single sound, however far the grid swings', () => {
  fc.assert(
    fc.property(anyPattern(), pattern => {
      const edit = editOf(pattern, { op: 'snap', where: {} });
      if (!edit.ok) throw new Error('snap was refused');
      const snapped = apply(pattern, edit.value).pattern;
      const swung = swingOf(pattern);
      const sounds = new Map(pattern.notes.map(note => [note.id, swung(note.at) + note.feel]));
      for (const note of snapped.notes) {
        expect(swung(note.at) + note.feel).toBeCloseTo(sounds.get(note.id) ?? NaN, 6);
        const lines = laneLines(pattern, note);
        const place = lines.indexOf(note.at);
        expect(place).toBeGreaterThanOrEqual(0);
        const others = [lines[place - 1], lines[place + 1]].filter(at => at !== undefined);
        const distances = others.map(at => Math.abs((sounds.get(note.id) ?? NaN) - swung(at)));
        expect(Math.min(...distances, Infinity)).toBeGreaterThanOrEqual(Math.abs(note.feel) - 1e-6);
      }
    }),
  );
});
