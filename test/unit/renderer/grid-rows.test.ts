import { describe, expect, it } from 'vitest';
import { apply } from '#shared/edit';
import {
  laneSteps,
  type LaneSetting,
  type Pattern,
  performedNotes,
  repeatedNotes,
  swingOf,
} from '#shared/model';
import { ticks } from '#shared/units';
import { aNote, aPattern, late, meter } from '#test/pattern';
import { firstFrom, type GridRow, gridRows } from '../../../src-renderer/screens/groove/grid-rows';
import { beatLines } from '../../../src-renderer/screens/groove/beat-lines';
import { changedPlaces } from '../../../src-renderer/screens/groove/changed-places';
import { spokenStep } from '../../../src-renderer/screens/groove/cell-words';
import { lanesOf, roleLanes } from '../../../src-renderer/state/lanes';
import { spokenPlace } from '../../../src-renderer/state/beats';

const lane = (
  instrument: LaneSetting['instrument'],
  role: LaneSetting['role'],
  grid: LaneSetting['grid'],
  length: number | null = null,
): LaneSetting => ({ instrument, role, grid, length: length === null ? null : ticks(length) });

const rowsOf = (pattern: Pattern) => gridRows(pattern, lanesOf(undefined, pattern), null);
function rowOf(pattern: Pattern, key: string): GridRow {
  const row = rowsOf(pattern).rows.find(one => one.lane.key === key);
  if (!row) throw new Error(`no row ${key}`);
  return row;
}

describe('hits where they are seen', () => {
  it('stand at their true time: swing and feel together, with the offset from the bent line in ms', () => {
    const pattern = aPattern([aNote('snare', 1, late(7))], { swing: { percent: 60, base: '16th' } });
    const [hit] = rowOf(pattern, 'ACCENT snare').hits;
    expect(hit).toMatchObject({ at: 240, line: 288, repeat: 0 });
    expect(hit?.offset).toBeCloseTo(7, 9);
    expect(hit?.onset).toBeCloseTo(288 + (late(7).feel ?? 0), 9);
  });

  it('say the offset in the tempo that holds where they are', () => {
    const notes = [aNote('snare', 4, { feel: 96 }), aNote('snare', 20, { feel: 96 })];
    const pattern = aPattern(notes, {
      bars: [meter(4, 4), meter(4, 4)],
      tempoChanges: [{ at: 3840, tempo: 60 }],
    });
    const offsets = rowOf(pattern, 'ACCENT snare').hits.map(({ offset }) => offset);
    expect(offsets[0]).toBeCloseTo(50, 6);
    expect(offsets[1]).toBeCloseTo(100, 6);
  });

  it('are repeated where their row begins again, as they will be played, and edits of a repeat mean its source', () => {
    const notes = [aNote('perc', 0), aNote('perc', 10, late(4)), aNote('perc', 13)];
    const pattern = aPattern(notes, {
      bars: [meter(4, 4), meter(4, 4)],
      lanes: [lane('perc', 'TEXTURE', ['16'], 2880)],
    });
    const { hits, loop } = rowOf(pattern, 'TEXTURE perc');
    expect(loop).toBe(2880);
    const played = hits.filter(({ repeat }) => repeat >= 0).map(({ at }) => at);
    expect(played.toSorted((a, b) => a - b)).toEqual(
      repeatedNotes(pattern)
        .map(({ at }) => at)
        .sort((a, b) => a - b),
    );
    expect(hits.filter(({ repeat }) => repeat === 1).map(({ note }) => note)).toEqual([notes[0], notes[1]]);
    expect(hits.filter(({ repeat }) => repeat === -1).map(({ note }) => note)).toEqual([notes[2]]);
  });

  it('show the strokes of ornaments and ratchets where they will be heard', () => {
    const notes = [aNote('snare', 4, { ...late(9), ornament: 'drag' }), aNote('snare', 8, { ratchet: 3 })];
    const pattern = aPattern(notes, { swing: { percent: 62, base: '8th' } });
    const swung = swingOf(pattern);
    const seen = rowOf(pattern, 'ACCENT snare').hits.flatMap(({ strokes }) =>
      strokes.map(({ onset }) => onset),
    );
    const heard = performedNotes(pattern).map(({ at, feel }) => swung(at) + feel);
    expect(seen).toHaveLength(6);
    expect(seen).toEqual(heard.sort((a, b) => a - b));
  });

  it('keep the rows that an edit leaves alone, and the hits of those it does not', () => {
    const kick = aNote('kick', 0);
    const snares = [aNote('snare', 4), aNote('snare', 12)];
    const pattern = aPattern([kick, ...snares]);
    const lanes = lanesOf(undefined, pattern);
    const before = gridRows(pattern, lanes, null);
    const moved = apply(pattern, { kind: 'put', notes: [{ ...snares[1], feel: 12 }] }).pattern;
    const after = gridRows(moved, lanes, before);
    expect(after.rows[0]).toBe(before.rows[0]);
    expect(after.rows[1]?.hits[0]).toBe(before.rows[1]?.hits[0]);
    const selection = new Set<never>();
    const places = [...changedPlaces({ rows: before, selection }, { rows: after, selection })];
    expect(places).toEqual([
      { band: 1, onset: 2880 },
      { band: 1, onset: 2892 },
    ]);
    expect(gridRows({ ...moved }, lanes, after)).toBe(after);
  });

  it('are found by time', () => {
    const { hits } = rowOf(aPattern([0, 4, 8].map(step => aNote('kick', step))), 'CORE kick');
    expect([0, 1, 960, 961, 9999].map(onset => firstFrom(hits, onset))).toEqual([0, 1, 1, 2, 3]);
  });

  it('stand in one row for a role, each instrument in its own place', () => {
    const pattern = aPattern([aNote('chh', 0), aNote('ride', 0), aNote('kick', 0)]);
    const rows = gridRows(pattern, roleLanes(lanesOf(undefined, pattern)), null).rows;
    expect(rows.map(row => row.lane.key)).toEqual(['CORE', 'MOTION']);
    expect(rows[1]?.lane.instruments).toEqual(['chh', 'ride']);
    expect(rows[1]?.hits.map(({ voice, note }) => [note.instrument, voice])).toEqual([
      ['chh', 0],
      ['ride', 1],
    ]);
  });
});

describe('lines of the grid', () => {
  it('are each row’s own, bent by the swing', () => {
    const pattern = aPattern([aNote('kick', 0), aNote('chh', 0)], {
      swing: { percent: 60, base: '16th' },
      lanes: [lane('chh', 'MOTION', ['8T', '32'])],
    });
    const { steps, lines } = rowOf(pattern, 'MOTION chh');
    expect(steps).toEqual(laneSteps(pattern.lanes[0], 3840));
    expect(rowOf(pattern, 'CORE kick').lines.slice(0, 3)).toEqual([0, 288, 480]);
    expect(lines[1]).toBeCloseTo(swingOf(pattern)(320), 9);
  });

  it('mark bars, the groups of additive meters, beats, and where the meter changes', () => {
    const additive = { numerator: 7, denominator: 8, groups: [3, 2, 2] } as const;
    const lines = beatLines(aPattern([], { bars: [meter(4, 4), { ...additive, groups: [3, 2, 2] }] }));
    expect(lines.map(({ kind }) => kind)).toEqual([
      'bar',
      'beat',
      'beat',
      'beat',
      'bar',
      'beat',
      'beat',
      'group',
      'beat',
      'group',
      'beat',
      'bar',
    ]);
    expect(lines[4]).toMatchObject({ at: 3840, label: '2', meter: '3+2+2/8' });
    expect(lines[7]).toMatchObject({ at: 3840 + 3 * 480, label: '2.4' });
    expect(lines.at(-1)?.at).toBe(3840 + 3360);
  });
});

describe('a step in words', () => {
  const bars = [meter(4, 4), meter(7, 8)];

  it('names sixteenths, triplets, sextuplets, 32nds, and what has no name', () => {
    const places: readonly (readonly [number, string])[] = [
      [960, 'bar 1 beat 2'],
      [1440, 'bar 1 beat 2-and'],
      [1680, 'bar 1 beat 2-a'],
      [1280, 'bar 1 beat 2, triplet 2'],
      [1600, 'bar 1 beat 2, triplet 3'],
      [1120, 'bar 1 beat 2, sextuplet 2'],
      [1080, 'bar 1 beat 2, 32nd 2'],
      [1217, 'bar 1 beat 2-e and 17 ticks'],
      [3840 + 480 + 240, 'bar 2 beat 2-and'],
      [3840 + 320, 'bar 2 beat 1, triplet 3'],
    ];
    for (const [at, words] of places) expect(spokenPlace({ bars }, at)).toBe(words);
  });

  it('says what stands on it, what is off it, and what is only a repeat', () => {
    const notes = [
      aNote('perc', 0, { velocity: 96 / 127, ...late(7) }),
      aNote('perc', 0, { at: ticks(1217) }),
    ];
    const pattern = aPattern(notes, { bars, lanes: [lane('perc', 'TEXTURE', ['16'], 2880)] });
    const rows = rowsOf(pattern);
    const row = rows.rows[0];
    if (!row) throw new Error('no row');
    const at = (step: number, hits = row.hits.filter(hit => hit.at >= step && hit.at < step + 240)) =>
      spokenStep(rows, row, step, hits);
    expect(at(0)).toBe('Percussion, bar 1 beat 1, velocity 96, 7 ms late');
    expect(at(240)).toBe('Percussion, bar 1 beat 1-e, empty');
    expect(at(1200)).toMatch(/^Percussion, bar 1 beat 2-e, at bar 1 beat 2-e and 17 ticks, velocity 102/);
    expect(at(2880)).toMatch(/^Percussion, bar 1 beat 4, velocity 96, 7 ms late, repeat of bar 1 beat 1$/);
  });
});
