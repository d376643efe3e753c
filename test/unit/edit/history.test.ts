import { describe, expect, it } from 'vitest';
import { amend, commit, type Edit, historyOf, redo, undo } from '#shared/edit';
import { aNote, aPattern } from '#test/pattern';

const start = aPattern([aNote('kick', 0)]);
const kick = start.notes[0] ?? aNote('kick', 0);
const moved = (feel: number): Edit => ({ kind: 'put', notes: [{ ...kick, feel }] });
const feels = (history: { readonly pattern: typeof start }): number[] =>
  history.pattern.notes.map(note => note.feel);

describe('history', () => {
  it('names every step and goes both ways', () => {
    const edited = commit(commit(historyOf(start), 'Move kick', moved(5)), 'Delete kick', {
      kind: 'remove',
      ids: [kick.id],
    });
    expect(edited.undo.map(mark => mark.label)).toEqual(['Move kick', 'Delete kick']);
    const back = undo(edited);
    expect([feels(back), back.redo.map(mark => mark.label)]).toEqual([[5], ['Delete kick']]);
    expect(feels(undo(back))).toEqual([0]);
    expect(feels(redo(back))).toEqual([]);
  });

  it('stays where it is at both ends', () => {
    const history = historyOf(start);
    expect(undo(history)).toBe(history);
    expect(redo(history)).toBe(history);
  });

  it('forgets what was undone when something else is done', () => {
    const other = commit(undo(commit(historyOf(start), 'a', moved(1))), 'b', moved(2));
    expect([feels(other), other.redo]).toEqual([[2], []]);
  });

  it('makes one step of a drag of many moves', () => {
    let history = historyOf(start);
    for (const feel of [1, 2, 3]) history = amend(history, 'Drag kick', moved(feel));
    expect([feels(history), history.undo.length]).toEqual([[3], 1]);
    expect(feels(undo(history))).toEqual([0]);
    expect(feels(redo(undo(history)))).toEqual([3]);
  });

  it('leaves no mark for an edit that does nothing', () => {
    const nothing: Edit = {
      kind: 'all',
      edits: [
        { kind: 'put', notes: [] },
        { kind: 'remove', ids: [] },
      ],
    };
    expect(commit(historyOf(start), 'Nothing', nothing).undo).toEqual([]);
  });

  it('leaves no mark for an edit that puts everything as it was', () => {
    const same: Edit = {
      kind: 'all',
      edits: [
        { kind: 'put', notes: [{ ...kick }] },
        { kind: 'frame', frame: { swing: { ...start.swing }, tempo: start.tempo } },
      ],
    };
    const history = historyOf(start);
    expect(commit(history, 'Same', same)).toBe(history);
  });

  it('leaves no mark for a drag that comes back to where it began', () => {
    const history = amend(amend(historyOf(start), 'Drag kick', moved(5)), 'Drag kick', moved(0));
    expect([history.undo, history.pattern]).toEqual([[], start]);
  });

  it('keeps of a long drag no more than where it began', () => {
    let history = historyOf(start);
    for (let feel = 1; feel <= 500; feel++) history = amend(history, 'Drag kick', moved(feel));
    expect(JSON.stringify(history.undo).length).toBeLessThan(600);
  });
});
