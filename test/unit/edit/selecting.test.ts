import { describe, expect, it } from 'vitest';
import { alikePlaced, everyNth, grown, inRange, inverted, shrunk, struckBeyond } from '#shared/edit';
import type { Note, NoteId } from '#shared/model';
import { aNote, aPattern, meter } from '#test/pattern';

const hats = Array.from({ length: 8 }, (_, index) => aNote('chh', 4 * index, { velocity: (index + 1) / 8 }));
const snares = [4, 12, 20, 28].map(step => aNote('snare', step));
const pattern = aPattern([...hats, ...snares], { bars: [meter(4, 4), meter(4, 4)] });

/** Instruments and sixteenths of what is chosen. */
const said = (ids: ReadonlySet<NoteId>): string[] =>
  pattern.notes.filter(note => ids.has(note.id)).map(note => `${note.instrument} ${note.at / 240}`);
const chosen = (...notes: readonly (Note | undefined)[]): Set<NoteId> =>
  new Set(notes.flatMap(note => (note ? [note.id] : [])));

describe('selecting', () => {
  it('takes a stretch of time, of some rows or of all', () => {
    expect(said(inRange(pattern, 960, 2880))).toEqual(['snare 4', 'chh 4', 'chh 8']);
    expect(said(inRange(pattern, 960, 2880, [{ role: 'ACCENT', instrument: 'snare' }]))).toEqual(['snare 4']);
  });

  it('takes every Nth of each row, from any of them on', () => {
    expect(said(everyNth(pattern.notes, 4))).toEqual(['chh 0', 'snare 4', 'chh 16']);
    expect(said(everyNth(pattern.notes, 4, 3))).toEqual(['chh 12', 'snare 28', 'chh 28']);
  });

  it('takes what stands on the same step or beat of its row in every bar', () => {
    expect(said(alikePlaced(pattern, chosen(hats[1]), 'step'))).toEqual(['chh 4', 'chh 20']);
    const late = aNote('chh', 5);
    const more = aPattern([...pattern.notes, late], { bars: pattern.bars });
    expect(alikePlaced(more, chosen(late), 'step').size).toBe(1);
    expect(alikePlaced(more, chosen(late), 'beat').size).toBe(3);
  });

  it('takes what is louder or softer than a velocity', () => {
    expect(said(struckBeyond(hats, 'louder', 100))).toEqual(['chh 24', 'chh 28']);
    expect(said(struckBeyond(hats, 'softer', 20))).toEqual(['chh 0']);
  });

  it('turns a choice round', () => {
    expect(inverted(pattern.notes, chosen(...hats))).toEqual(chosen(...snares));
  });

  it('grows to the neighbours on each row and shrinks from the ends of each run', () => {
    expect(said(grown(pattern, chosen(hats[3], snares[0])))).toEqual([
      'snare 4',
      'chh 8',
      'snare 12',
      'chh 12',
      'chh 16',
    ]);
    expect(said(shrunk(pattern, chosen(...hats.slice(2, 6), snares[0])))).toEqual(['chh 12', 'chh 16']);
  });
});
