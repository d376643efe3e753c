import { describe, expect, it } from 'vitest';
import type { Kit, Pad } from '#shared/model';
import { aNote, aPattern, late } from '#test/pattern';
import { offsetOf, spokenCell } from '../../../src-renderer/screens/groove/hit-words';
import { isLaneMuted, lanesOf, notesOfLane } from '../../../src-renderer/state/lanes';

const pad = (role: Pad['role'], instrument: Pad['instrument'], name: string): Pad => ({
  id: `${role}.${instrument}`,
  name,
  role,
  instrument,
  note: 36,
  hits: [],
  chosen: 0,
  gainDecibels: 0,
  pan: 0,
  choke: null,
  locked: false,
});
const kit: Kit = {
  id: 'kit',
  name: 'Kit',
  sampleRate: 44_100,
  pads: [pad('FILL', 'lt', 'Low tom'), pad('CORE', 'kick', 'Kick'), pad('FILL', 'kick', 'Kick')],
};

describe('rows of the grid', () => {
  it('lists the pads and what only the pattern plays, by role', () => {
    const lanes = lanesOf(kit, aPattern([aNote('snare', 4)]));
    expect(lanes.map(lane => lane.key)).toEqual(['CORE kick', 'ACCENT snare', 'FILL kick', 'FILL lt']);
    expect(lanes.map(lane => lane.pad?.id ?? null)).toEqual(['CORE.kick', null, 'FILL.kick', 'FILL.lt']);
  });

  it('tells rows of one name apart where they are only heard', () => {
    const spoken = lanesOf(kit, undefined).map(lane => lane.spokenName);
    expect(spoken).toEqual(['Kick as core', 'Kick as fill', 'Low tom']);
  });

  it('is muted when all its hits are, and not when it has none', () => {
    const pattern = aPattern([aNote('kick', 0, { muted: true }), aNote('kick', 4)]);
    expect(isLaneMuted(notesOfLane(pattern, 'CORE kick'))).toBe(false);
    expect(isLaneMuted(notesOfLane(pattern, 'CORE kick').filter(note => note.muted))).toBe(true);
    expect(isLaneMuted([])).toBe(false);
  });

  it('says a cell in words', () => {
    const note = aNote('snare', 12, { ...late(12), velocity: 118 / 127 });
    const pattern = aPattern([note]);
    const [lane] = lanesOf(undefined, pattern);
    if (!lane) throw new Error('no lane');
    expect(offsetOf(pattern, note)).toBeCloseTo(12, 9);
    expect(spokenCell(pattern, lane, note.at, [note])).toBe('Snare, bar 1 beat 4, velocity 118, 12 ms late');
    expect(spokenCell(pattern, lane, 0, [])).toBe('Snare, bar 1 beat 1, empty');
  });
});
