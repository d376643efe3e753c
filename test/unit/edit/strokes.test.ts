import { describe, expect, it } from 'vitest';
import {
  apply,
  asRow,
  type Edit,
  moved,
  muted,
  nudged,
  offset,
  offsetsOf,
  ornamentToggled,
  putNote,
  quantised,
  ratcheted,
  sparing,
  stepped,
  struck,
  struckAlongLine,
  struckInProportion,
  withGrid,
  withRowLength,
} from '#shared/edit';
import { type LaneSetting, type Note, type Pattern, patternFaults } from '#shared/model';
import { midiVelocity, ticks } from '#shared/units';
import { aNote, aPattern, late, meter } from '#test/pattern';

const after = (pattern: Pattern, edit: Edit): Pattern => {
  const done = apply(pattern, edit).pattern;
  expect(patternFaults(done)).toEqual([]);
  return done;
};
const velocities = (pattern: Pattern): number[] => pattern.notes.map(note => midiVelocity(note.velocity));
const places = (pattern: Pattern): number[] => pattern.notes.map(note => note.at);
const offsets = (pattern: Pattern): number[] =>
  pattern.notes.map(note => Math.round(offsetsOf(pattern).of(note) * 1000) / 1000);
const lane = (instrument: 'kick' | 'snare', more: Partial<LaneSetting>): LaneSetting => ({
  role: instrument === 'kick' ? 'CORE' : 'ACCENT',
  instrument,
  grid: ['16'],
  length: null,
  ...more,
});

const four = aPattern([0, 4, 8, 12].map((step, index) => aNote('kick', step, { velocity: (index + 1) / 5 })));

describe('offsets', () => {
  it('are milliseconds at the tempo where the hit stands', () => {
    const pattern = {
      ...aPattern([aNote('kick', 0), aNote('kick', 8)]),
      tempoChanges: [{ at: 1200, tempo: 60 }],
    };
    const set = after(pattern, offset(pattern, pattern.notes, 10));
    expect(offsets(set)).toEqual([10, 10]);
    expect(set.notes.map(note => Math.round(note.feel * 10) / 10)).toEqual([19.2, 9.6]);
  });

  it('stay within half a second', () => {
    expect(offsets(after(four, nudged(four, four.notes, -9999)))).toEqual([-500, -500, -500, -500]);
  });
});

describe('velocities', () => {
  it('go along a straight line of time, chords alike', () => {
    const chord = aPattern([aNote('kick', 0), aNote('snare', 0), aNote('kick', 4), aNote('kick', 16 - 4)]);
    expect(velocities(after(chord, struckAlongLine(chord.notes, 30, 120)))).toEqual([30, 30, 60, 120]);
  });

  it('keep their proportion, and come back when they are scaled back', () => {
    const half = after(four, struckInProportion(four.notes, 0.5));
    expect(velocities(half)).toEqual([13, 25, 38, 51]);
    expect(velocities(after(half, struckInProportion(half.notes, 2)))).toEqual(velocities(four));
  });

  it('are never zero, which would be silence in MIDI', () => {
    expect(velocities(after(four, struck(four.notes, -5)))).toEqual([1, 1, 1, 1]);
  });
});

describe('places', () => {
  it('move together and stop together at the ends of the pattern', () => {
    const back = after(
      four,
      moved(four, four.notes.slice(1), -99_999, note => note),
    );
    expect(places(back)).toEqual([0, 0, 960, 1920]);
    const on = after(
      four,
      moved(four, four.notes, 99_999, note => note),
    );
    expect(places(on)).toEqual([959, 1919, 2879, 3839]);
  });

  it('move by the steps of their own rows', () => {
    const pattern = aPattern([aNote('kick', 0), aNote('snare', 4)], {
      lanes: [lane('snare', { grid: ['8T'] })],
    });
    expect(places(after(pattern, stepped(pattern, pattern.notes, 2)))).toEqual([480, 960 + 640]);
    expect(places(after(pattern, stepped(pattern, pattern.notes, -1)))).toEqual([0, 960]);
  });
});

describe('quantising', () => {
  const pushed = aPattern([aNote('kick', 4, late(20)), aNote('kick', 8, late(-10))]);

  it('takes hits as far to their lines as it is strong', () => {
    expect(offsets(after(pushed, quantised(pushed, pushed.notes, 0.25)))).toEqual([15, -7.5]);
    expect(offsets(after(pushed, quantised(pushed, pushed.notes, 1)))).toEqual([0, 0]);
    expect(after(pushed, quantised(pushed, pushed.notes, 0))).toEqual(pushed);
  });

  it('goes by the grid of the row, triplets and mixed ones too', () => {
    const grid = aPattern(
      [aNote('snare', 0, { at: ticks(310) }), aNote('snare', 0, { at: ticks(960 + 250) })],
      {
        lanes: [lane('snare', { grid: ['8T', '16'] })],
      },
    );
    expect(places(after(grid, quantised(grid, grid.notes, 1)))).toEqual([320, 1200]);
  });

  it('goes to where a swung line stands', () => {
    const swung = aPattern([aNote('kick', 1, late(30))], { swing: { percent: 66, base: '16th' } });
    const done = after(swung, quantised(swung, swung.notes, 1));
    expect([places(done), offsets(done)]).toEqual([[240], [0]]);
  });
});

describe('ornaments and ratchets', () => {
  it('go when all of the hits have them already', () => {
    const flams = after(four, ornamentToggled(four.notes, 'flam'));
    expect(flams.notes.map(note => note.ornament)).toEqual(['flam', 'flam', 'flam', 'flam']);
    const none = after(flams, ornamentToggled(flams.notes, 'flam'));
    expect(none).toEqual(four);
  });

  it('stay within 1 to 8 strokes', () => {
    const most = after(
      four,
      ratcheted(four.notes, note => (note.at === 0 ? -3 : 40)),
    );
    expect(most.notes.map(note => note.ratchet)).toEqual([1, 8, 8, 8]);
  });
});

describe('rows', () => {
  it('forget a setting that is as usual again', () => {
    const row = { role: 'CORE', instrument: 'kick' } as const;
    const triplets = after(four, withGrid(four, row, ['16T']));
    expect(triplets.lanes).toEqual([lane('kick', { grid: ['16T'] })]);
    expect(after(triplets, withGrid(triplets, row, ['16']))).toEqual(four);
    const short = after(triplets, withRowLength(triplets, row, 720));
    expect(after(short, withGrid(short, row, ['16'])).lanes).toEqual([lane('kick', { length: ticks(720) })]);
  });

  it('take their setting along to another instrument, unless that has its own', () => {
    const kick = { role: 'CORE', instrument: 'kick' } as const;
    const snare = { role: 'ACCENT', instrument: 'snare' } as const;
    const set = { ...four, lanes: [lane('kick', { grid: ['8'] })] };
    const as = after(
      set,
      asRow(set, kick, snare, () => null),
    );
    expect([as.lanes, new Set(as.notes.map(note => note.instrument))]).toEqual([
      [lane('snare', { grid: ['8'] })],
      new Set(['snare']),
    ]);
    const both = { ...set, lanes: [...set.lanes, lane('snare', { grid: ['32'] })] };
    expect(
      after(
        both,
        asRow(both, kick, snare, () => null),
      ).lanes,
    ).toEqual([lane('snare', { grid: ['32'] })]);
  });

  it('get a hit as long as the step that it is put on', () => {
    const mixed = aPattern([], { bars: [meter(4, 4)], lanes: [lane('snare', { grid: ['16', '8T'] })] });
    const at = (tick: number) => {
      const put = {
        role: 'ACCENT',
        instrument: 'snare',
        at: tick,
        velocity: 1,
        muted: false,
        hit: null,
      } as const;
      return after(mixed, putNote(mixed, put)).notes.map(note => [note.at, note.length]);
    };
    expect(at(240)).toEqual([[240, 240]]);
    expect(at(960 + 320)).toEqual([[1280, 320]]);
    expect(at(99_999)).toEqual([]);
  });
});

describe('locked rows', () => {
  const isLocked = ({ instrument }: Pick<Note, 'instrument'>): boolean => instrument === 'snare';
  const pattern = aPattern([aNote('kick', 0), aNote('snare', 4)]);
  const [kick, snare] = pattern.notes;

  it('keep their hits from every edit of hits', () => {
    const louder = after(pattern, sparing(pattern, struck(pattern.notes, 127), isLocked));
    expect(velocities(louder)).toEqual([127, 102]);
    const remove: Edit = { kind: 'remove', ids: pattern.notes.map(note => note.id) };
    expect(after(pattern, sparing(pattern, remove, isLocked)).notes).toEqual([snare]);
  });

  it('take in none from another row', () => {
    const onto: Edit = {
      kind: 'put',
      notes: kick ? [{ ...kick, role: 'ACCENT', instrument: 'snare' }] : [],
    };
    expect(after(pattern, sparing(pattern, onto, isLocked))).toEqual(pattern);
  });

  it('keep their grid and their length', () => {
    const row = { role: 'ACCENT', instrument: 'snare' } as const;
    const set = { ...pattern, lanes: [lane('snare', { grid: ['8T'] }), lane('kick', { grid: ['32'] })] };
    expect(after(set, sparing(set, withGrid(set, row, ['16']), isLocked))).toEqual(set);
    const kicks = after(
      set,
      sparing(set, withGrid(set, { role: 'CORE', instrument: 'kick' }, ['8']), isLocked),
    );
    expect(kicks.lanes).toEqual([lane('snare', { grid: ['8T'] }), lane('kick', { grid: ['8'] })]);
    const asRim = asRow(set, row, { role: 'ACCENT', instrument: 'rim' }, () => null);
    expect(after(set, sparing(set, asRim, isLocked)).notes).toEqual(set.notes);
  });

  it('can be muted', () => {
    const quiet = after(pattern, sparing(pattern, muted(pattern.notes, true), isLocked));
    expect(quiet.notes.map(note => note.muted)).toEqual([true, true]);
  });

  it('go with the bars, which belong to all rows', () => {
    const edit: Edit = {
      kind: 'all',
      edits: [
        { kind: 'remove', ids: pattern.notes.map(note => note.id) },
        { kind: 'frame', frame: { bars: [meter(3, 4)] } },
      ],
    };
    expect(after(pattern, sparing(pattern, edit, isLocked)).notes).toEqual([]);
  });
});
