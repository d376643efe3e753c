import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import {
  allows,
  BAR_CELLS,
  type CellLimits,
  cellGridForNotes,
  cellGridOf,
  NO_BIAS,
  sampleWord,
  wordOf,
  WORDS,
} from '#shared/compose';
import { ticks } from '#shared/units';
import { aNote, meter } from '#test/pattern';

const ticksOf = (bars: Parameters<typeof cellGridOf>[0], options?: Parameters<typeof cellGridOf>[1]) =>
  cellGridOf(bars, options).cells.map(cell => cell && [cell.tick, cell.isOpen]);

describe('a cell grid', () => {
  it('is the sixteenths of 4/4', () => {
    const grid = cellGridOf([meter(4, 4), meter(4, 4)]);
    expect(grid.cells.map(cell => cell?.tick)).toEqual(Array.from({ length: 32 }, (_, step) => step * 240));
    expect(grid.barCells).toEqual([0, 16, 32]);
  });

  it('leaves the rest of a model’s bar empty after a bar of 3/4', () => {
    const cells = ticksOf([meter(3, 4), meter(3, 4)]);
    expect(cells.slice(11, 17)).toEqual([[2640, true], null, null, null, null, [2880, true]]);
  });

  it('puts two bars of 2/4 or 6/8 into one of the model’s', () => {
    expect(cellGridOf([meter(2, 4), meter(2, 4), meter(2, 4)]).barCells).toEqual([0, 8, 16, 32]);
    expect(cellGridOf([meter(6, 8), meter(6, 8)]).cells.length).toBe(BAR_CELLS);
  });

  it('shares 5/4 among two as three beats and two', () => {
    const grid = cellGridOf([meter(5, 4)]);
    expect(grid.cells.length).toBe(2 * BAR_CELLS);
    expect(grid.cells[11]?.tick).toBe(2640);
    expect(grid.cells[12]).toBeNull();
    expect(grid.cells[BAR_CELLS]?.tick).toBe(2880);
  });

  it('writes the beats of 6/8 in threes and reads them by their phase', () => {
    const cells = ticksOf([meter(6, 8)]);
    expect(cells.slice(0, 4)).toEqual([
      [0, true],
      [480, true],
      [720, false],
      [960, true],
    ]);
    const grid = cellGridOf([meter(6, 8)]);
    expect([0, 480, 960, 1440].map(tick => grid.cellAt(tick))).toEqual([0, 1, 3, 4]);
  });

  it('finds the nearest cell of any tick, a late one in the next bar', () => {
    const grid = cellGridOf([meter(7, 8), meter(4, 4)]);
    expect([0, 119, 120, 3239, 3240, 3360].map(tick => grid.cellAt(tick))).toEqual([0, 0, 1, 13, 16, 16]);
  });

  it('is twice as fine in the bars that need it only', () => {
    const sextuplets = Array.from({ length: 6 }, (_, index) => aNote('chh', 0, { at: ticks(index * 160) }));
    const grid = cellGridForNotes([meter(4, 4), meter(4, 4)], [...sextuplets, aNote('kick', 16)]);
    expect(new Set(sextuplets.map(note => grid.cellAt(note.at))).size).toBe(6);
    expect(grid.cells.length).toBe(3 * BAR_CELLS);
  });
});

const OPEN: CellLimits = {
  fixed: 0,
  free: WORDS - 1,
  voices: 9,
  playable: true,
  otherVoices: 0,
  otherHands: 0,
};
const [KICK, SNARE, HAT, OPEN_HAT, , , , CRASH, RIDE] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(index =>
  wordOf([index]),
);
const words = (...each: readonly (number | undefined)[]): number =>
  each.reduce<number>((word, one) => word | (one ?? 0), 0);

describe('what a cell may hold', () => {
  it('is what two hands and two feet can play: the closed hat can be trodden, the open one not', () => {
    expect(allows(OPEN, words(KICK, SNARE, CRASH))).toBe(true);
    expect(allows(OPEN, words(KICK, SNARE, CRASH, HAT))).toBe(true);
    expect(allows(OPEN, words(SNARE, CRASH, RIDE))).toBe(false);
    expect(allows(OPEN, words(HAT, OPEN_HAT))).toBe(false);
    expect(allows({ ...OPEN, playable: false }, words(SNARE, CRASH, RIDE))).toBe(true);
  });

  it('always holds what is fixed, even where that breaks a limit itself', () => {
    const fixed = words(SNARE, CRASH, RIDE);
    expect(allows({ ...OPEN, fixed, voices: 2 }, fixed)).toBe(true);
    expect(allows({ ...OPEN, fixed, voices: 9 }, words(fixed, KICK))).toBe(false);
    expect(allows({ ...OPEN, fixed: words(KICK) }, words(SNARE))).toBe(false);
  });
});

describe('a sampled word', () => {
  const chances = Float32Array.from({ length: WORDS }, (_, word) => -word);
  const drawn = (limits: CellLimits, topP: number, temperature = 1): Set<number> =>
    new Set(
      Array.from({ length: 300 }, (_, seed) =>
        sampleWord(chances, limits, { temperature, topP }, Random.ofSeed(seed), NO_BIAS),
      ),
    );

  it('is the likeliest allowed one at temperature 0', () => {
    expect(drawn({ ...OPEN, fixed: 4 }, 1, 0)).toEqual(new Set([4]));
  });

  it('is one of the likeliest that hold top-p together', () => {
    expect(drawn(OPEN, 0.8)).toEqual(new Set([0, 1]));
    expect(drawn(OPEN, 0.99).size).toBeGreaterThan(3);
  });

  it('leans towards the word that is there, the more the dearer', () => {
    const bias = { towards: { word: 5, cost: 50 }, perStroke: 0 };
    expect(sampleWord(chances, OPEN, { temperature: 1, topP: 1 }, Random.ofSeed(1), bias)).toBe(5);
  });
});
