import { describe, expect, it } from 'vitest';
import { differenceOf } from '#shared/edit';
import { noteId } from '#shared/model';
import { aNote, aPattern } from '#test/pattern';

describe('the difference of two patterns', () => {
  const before = aPattern([aNote('kick', 0), aNote('snare', 4), aNote('chh', 2)]);

  it('tells strokes that stayed, changed, came and went', () => {
    const [kick, , hat] = before.notes;
    if (!kick || !hat) throw new Error('three notes');
    const after = aPattern([
      { ...kick, id: noteId('renamed') },
      aNote('snare', 4, { velocity: 0.2, id: noteId('soft') }),
      aNote('ride', 2, { id: noteId('new') }),
    ]);
    const difference = differenceOf(before, after);
    expect([...difference.same]).toEqual(['renamed']);
    expect([...difference.changed]).toEqual(['soft']);
    expect([...difference.added]).toEqual(['new']);
    expect(difference.removed.map(note => note.instrument)).toEqual(['chh']);
    expect(difference.kept).toBeCloseTo(2 / 3);
  });

  it('hears feel from half a millisecond on, and says how late the whole is', () => {
    const moved = (milliseconds: number) =>
      aPattern(
        before.notes.map(note => ({ ...note, feel: (milliseconds / 1000) * (before.tempo / 60) * 960 })),
      );
    expect(differenceOf(before, moved(0.3)).same.size).toBe(3);
    expect(differenceOf(before, moved(4)).changed.size).toBe(3);
    expect(differenceOf(before, moved(4)).meanOffset).toBeCloseTo(4, 6);
  });

  it('counts two strokes of one drum on one step one by one', () => {
    const twice = aPattern([aNote('kick', 0), aNote('kick', 0, { id: noteId('second') })]);
    expect(differenceOf(aPattern([aNote('kick', 0)]), twice).added.size).toBe(1);
    expect(differenceOf(twice, aPattern([aNote('kick', 0)])).removed).toHaveLength(1);
  });
});
