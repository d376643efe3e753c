import { describe, expect, it } from 'vitest';
import {
  noteId,
  noteOfStroke,
  type Pattern,
  performed,
  performedNotes,
  repeatedNotes,
  swingOf,
  timeOf,
} from '#shared/model';
import { PPQ, ticks } from '#shared/units';
import { aNote, aPattern } from '#test/pattern';

/** Milliseconds at which each stroke sounds. */
function heardAt(pattern: Pattern, pass = 0): number[] {
  const [time, swung] = [timeOf(pattern), swingOf(pattern)];
  return performedNotes(pattern, pass)
    .map(({ at, feel }) => time.secondsAt(swung(at) + feel) * 1000)
    .sort((a, b) => a - b);
}
const rounded = (values: readonly number[]): number[] => values.map(value => Number(value.toFixed(6)));

describe('chances', () => {
  const hats = aPattern(
    Array.from({ length: 400 }, (_, index) => aNote('chh', index % 16, { probability: 0.3 })),
  );

  it('are drawn by pass and note: the same pass is the same, another is another', () => {
    const names = (pass: number): string[] => performedNotes(hats, pass).map(({ id }) => id);
    expect(names(3)).toEqual(names(3));
    expect(names(4)).not.toEqual(names(3));
  });

  it('come true as often as they say', () => {
    const counts = Array.from({ length: 50 }, (_, pass) => performedNotes(hats, pass).length);
    const share = counts.reduce((sum, count) => sum + count, 0) / (50 * 400);
    expect(share).toBeGreaterThan(0.29);
    expect(share).toBeLessThan(0.31);
  });

  it('of one note do not hang on the others', () => {
    const [first] = hats.notes;
    if (!first) throw new Error('a note');
    const alone = aPattern([first]);
    for (let pass = 0; pass < 20; pass++) {
      const sounds = performedNotes(hats, pass).some(({ id }) => id === first.id);
      expect(performedNotes(alone, pass).length === 1).toBe(sounds);
    }
  });

  it('of none never sound, and certain ones are not drawn', () => {
    const pattern = aPattern([aNote('kick', 0, { probability: 0 }), aNote('kick', 4)]);
    for (let pass = 0; pass < 10; pass++) expect(performedNotes(pattern, pass)).toHaveLength(1);
  });
});

describe('ornaments', () => {
  const graces = (ornament: 'flam' | 'drag' | 'ruff', more: Partial<Pattern> = {}): number[] =>
    rounded(heardAt(aPattern([aNote('snare', 8, { ornament })], more)).map(at => at - 1000));

  it('have their graces before the stroke, in ms that no tempo changes', () => {
    expect(graces('flam')).toEqual([-28, 0]);
    expect(graces('drag')).toEqual([-80, -40, 0]);
    expect(graces('ruff')).toEqual([-111, -74, -37, 0]);
    const slow = heardAt(aPattern([aNote('snare', 8, { ornament: 'drag' })], { tempo: 60 }));
    expect(rounded(slow.map(at => at - 2000))).toEqual([-80, -40, 0]);
  });

  it('keep their distance across a change of tempo', () => {
    const changed = aPattern([aNote('snare', 8, { ornament: 'ruff' })], {
      tempoChanges: [{ at: 2 * PPQ - 40, tempo: 240 }],
    });
    const heard = heardAt(changed);
    const main = heard.at(-1) ?? 0;
    expect(rounded(heard.map(at => at - main))).toEqual([-111, -74, -37, 0]);
  });

  it('are softer than their stroke and rise to it', () => {
    const pattern = aPattern([aNote('snare', 8, { ornament: 'ruff', velocity: 0.8 })]);
    const levels = performedNotes(pattern)
      .sort((a, b) => a.feel - b.feel)
      .map(({ velocity }) => velocity);
    expect(rounded(levels)).toEqual([0.28, 0.336, 0.4, 0.8]);
  });
});

describe('ratchets', () => {
  it('share their step evenly, whatever the row is divided into', () => {
    const pattern = aPattern([aNote('chh', 0, { ratchet: 3 }), aNote('kick', 4, { ratchet: 2 })], {
      lanes: [{ role: 'CORE', instrument: 'kick', grid: ['8'], length: null }],
    });
    expect(rounded(heardAt(pattern))).toEqual(rounded([0, 125 / 3, 250 / 3, 500, 625]));
  });

  it('share a swung step as long as it sounds', () => {
    const pattern = aPattern([aNote('chh', 0, { ratchet: 2 })], { swing: { percent: 60, base: '16th' } });
    expect(rounded(heardAt(pattern))).toEqual([0, 75]);
  });

  it('have an ornament on their first stroke only', () => {
    const pattern = aPattern([aNote('snare', 4, { ratchet: 2, ornament: 'flam' })]);
    expect(rounded(heardAt(pattern))).toEqual([472, 500, 562.5]);
  });
});

describe('rows shorter than the pattern', () => {
  const three = {
    role: 'MOTION',
    instrument: 'chh',
    grid: ['16'] as ['16'],
    length: ticks(3 * 240),
  } as const;

  it('begin again until its end', () => {
    const pattern = aPattern([aNote('chh', 1)], { lanes: [{ ...three, grid: ['16'] }] });
    expect(repeatedNotes(pattern).map(({ at }) => at / 240)).toEqual([1, 4, 7, 10, 13]);
  });

  it('leave out what is written past their end', () => {
    const pattern = aPattern([aNote('chh', 1), aNote('chh', 5)], { lanes: [{ ...three, grid: ['16'] }] });
    expect(new Set(repeatedNotes(pattern).map(({ at }) => (at / 240) % 3))).toEqual(new Set([1]));
  });

  it('draw the chances of each time anew', () => {
    const pattern = aPattern([aNote('chh', 0, { probability: 0.5 })], {
      lanes: [{ ...three, grid: ['16'] }],
    });
    const counts = new Set(Array.from({ length: 30 }, (_, pass) => performedNotes(pattern, pass).length));
    expect(counts.size).toBeGreaterThan(2);
  });
});

it('knows the note of each stroke, also when its own name looks like that of a stroke', () => {
  const notes = [
    aNote('snare', 0, { id: noteId('a'), ornament: 'drag', ratchet: 3 }),
    aNote('chh', 0, { id: noteId('b~c') }),
  ];
  const pattern = aPattern(notes, {
    lanes: [{ role: notes[0]?.role ?? 'CORE', instrument: 'snare', grid: ['16'], length: ticks(480) }],
  });
  const strokes = performedNotes(pattern);
  expect(strokes.length).toBeGreaterThan(30);
  expect(new Set(strokes.map(({ id }) => noteOfStroke(id)))).toEqual(new Set(['a', 'b~c']));
});

it('leaves nothing to draw or unfold in what it has performed', () => {
  const pattern = aPattern([aNote('snare', 4, { ratchet: 2, ornament: 'flam', probability: 0.5 })]);
  const plain = performed(pattern, 1);
  expect(plain.notes.every(({ ornament, ratchet }) => ornament === 'none' && ratchet === 1)).toBe(true);
});
