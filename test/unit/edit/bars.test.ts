import { describe, expect, it } from 'vitest';
import {
  apply,
  atTempoFromBar,
  atTempoHere,
  type Edit,
  withBarCount,
  withBarsInserted,
  withBarsTwice,
  withMeter,
  withoutBars,
} from '#shared/edit';
import { MOST_BARS, type Pattern, patternFaults, timeOf } from '#shared/model';
import { ticks } from '#shared/units';
import { aNote, aPattern, meter } from '#test/pattern';

const BAR = 3840;
const FOUR = meter(4, 4);
const bars = (count: number) => Array.from({ length: count }, () => FOUR);
const after = (pattern: Pattern, edit: Edit): Pattern => {
  const done = apply(pattern, edit).pattern;
  expect(patternFaults(done)).toEqual([]);
  return done;
};
/** Sixteenths from the start, of kicks and of snares. */
const steps = (pattern: Pattern): string[] =>
  pattern.notes.map(note => `${note.instrument} ${note.at / 240}`);
const tempos = (pattern: Pattern): (readonly [number, number])[] => [
  [0, pattern.tempo],
  ...pattern.tempoChanges.map(({ at, tempo }) => [at / BAR, tempo] as const),
];
const meters = (pattern: Pattern): string[] =>
  pattern.bars.map(({ numerator, denominator }) => `${numerator}/${denominator}`);

const song = aPattern([aNote('kick', 0), aNote('snare', 20), aNote('kick', 32), aNote('snare', 46)], {
  bars: bars(3),
});
const drifting = {
  ...song,
  tempoChanges: [
    { at: BAR, tempo: 100 },
    { at: 2 * BAR, tempo: 140 },
  ],
};

describe('bars', () => {
  it('come in empty, and what lies behind them moves on', () => {
    const longer = after(song, withBarsInserted(song, 1, [meter(7, 8)]));
    expect(meters(longer)).toEqual(['4/4', '7/8', '4/4', '4/4']);
    expect(steps(longer)).toEqual(['kick 0', 'snare 34', 'kick 46', 'snare 60']);
  });

  it('go with what is in them, and what lies behind them moves up', () => {
    const shorter = after(song, withoutBars(song, { from: 1, to: 2 }));
    expect(steps(shorter)).toEqual(['kick 0', 'kick 16', 'snare 30']);
    expect(shorter.bars).toHaveLength(2);
  });

  it('are never all taken out', () => {
    expect(after(song, withoutBars(song, { from: 0, to: 3 }))).toEqual(song);
  });

  it('are played twice, every note of the copy under a name of its own', () => {
    const twice = after(song, withBarsTwice(song, { from: 1, to: 3 }));
    expect(steps(twice)).toEqual([
      'kick 0',
      'snare 20',
      'kick 32',
      'snare 46',
      'snare 52',
      'kick 64',
      'snare 78',
    ]);
    expect(twice.notes.slice(0, 4)).toEqual(song.notes);
  });

  it('become more at the end, empty and like the last, up to the most there can be', () => {
    const more = after(song, withBarCount(song, 128));
    expect([more.bars.length, steps(more)]).toEqual([128, steps(song)]);
    expect(after(song, withBarCount(song, MOST_BARS + 1))).toEqual(song);
    expect(steps(after(song, withBarCount(song, 2)))).toEqual(['kick 0', 'snare 20']);
  });
});

describe('the meter of a bar', () => {
  it('cuts what a shorter bar has no room for, and keeps every other note’s place in its bar', () => {
    const seven = after(song, withMeter(song, { from: 1, to: 3 }, meter(7, 8)));
    // The snare of bar 3 stood on its last eighth, which 7/8 has not.
    expect(steps(seven)).toEqual(['kick 0', 'snare 20', 'kick 30']);
  });

  it('leaves room at the end of a longer bar', () => {
    const five = after(song, withMeter(song, { from: 0, to: 1 }, meter(5, 4)));
    expect(steps(five)).toEqual(['kick 0', 'snare 24', 'kick 36', 'snare 50']);
  });

  it('changes nothing but the groups of an additive meter of the same length', () => {
    const wanted = { ...meter(8, 8), groups: [3, 3, 2] };
    const grouped = after(song, withMeter(song, { from: 0, to: 1 }, wanted));
    expect([grouped.bars[0], grouped.notes]).toEqual([wanted, song.notes]);
  });
});

describe('the tempo', () => {
  it('goes with the bars that it belongs to', () => {
    expect(tempos(after(drifting, withBarsInserted(drifting, 1, [FOUR])))).toEqual([
      [0, 120],
      [2, 100],
      [3, 140],
    ]);
    expect(tempos(after(drifting, withoutBars(drifting, { from: 0, to: 1 })))).toEqual([
      [0, 100],
      [1, 140],
    ]);
    expect(tempos(after(drifting, withBarsTwice(drifting, { from: 1, to: 2 })))).toEqual([
      [0, 120],
      [1, 100],
      [3, 140],
    ]);
    expect(tempos(after(drifting, withBarsTwice(drifting, { from: 0, to: 2 })))).toEqual([
      [0, 120],
      [1, 100],
      [2, 120],
      [3, 100],
      [4, 140],
    ]);
  });

  it('that began in a part that a meter cuts begins with the next bar', () => {
    const late = { ...song, tempoChanges: [{ at: BAR - 240, tempo: 90 }] };
    const three = after(late, withMeter(late, { from: 0, to: 1 }, meter(3, 4)));
    expect(three.tempoChanges).toEqual([{ at: 2880, tempo: 90 }]);
  });

  it('changes from a bar on until it changes next, and goes on where its change is taken out', () => {
    const slower = after(drifting, atTempoFromBar(drifting, 1, 80));
    expect(tempos(slower)).toEqual([
      [0, 120],
      [1, 80],
      [2, 140],
    ]);
    expect(tempos(after(drifting, atTempoFromBar(drifting, 1, null)))).toEqual([
      [0, 120],
      [2, 140],
    ]);
    expect(tempos(after(drifting, atTempoFromBar(drifting, 1, 120)))).toEqual([
      [0, 120],
      [2, 140],
    ]);
  });

  it('is set for the whole stretch that a place lies in', () => {
    expect(tempos(after(drifting, atTempoHere(drifting, BAR + 17, 90)))).toEqual([
      [0, 120],
      [1, 90],
      [2, 140],
    ]);
    expect(timeOf(after(drifting, atTempoHere(drifting, 5, 90))).tempoAt(0)).toBe(90);
  });
});

describe('rows that begin again', () => {
  const short = (length: number): Pattern => ({
    ...song,
    lanes: [{ role: 'CORE', instrument: 'kick', grid: ['16'], length: ticks(length) }],
  });
  const length = (pattern: Pattern): number | null | undefined => pattern.lanes[0]?.length;

  it('grow and shrink with bars inside them, and not with bars behind them', () => {
    const two = short(2 * BAR);
    expect(length(after(two, withBarsInserted(two, 1, [FOUR])))).toBe(3 * BAR);
    expect(length(after(two, withBarsInserted(two, 2, [FOUR])))).toBe(2 * BAR);
    expect(length(after(two, withoutBars(two, { from: 1, to: 3 })))).toBe(BAR);
    expect(length(after(two, withoutBars(two, { from: 0, to: 2 })))).toBeNull();
    expect(length(after(two, withMeter(two, { from: 0, to: 1 }, meter(3, 4))))).toBe(BAR + 2880);
  });
});
