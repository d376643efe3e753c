import { describe, expect, it } from 'vitest';
import type { Kit, Pad } from '#shared/model';
import { aNote, aPattern } from '#test/pattern';
import { isLaneMuted, isSoloed, lanesOf, notesOfLane, roleLanes } from '../../../src-renderer/state/lanes';

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

  it('has a row for each role, with all that the role plays', () => {
    const lanes = roleLanes(lanesOf(kit, aPattern([aNote('snare', 4)])));
    expect(lanes.map(({ key, instruments }) => [key, ...instruments])).toEqual([
      ['CORE', 'kick'],
      ['ACCENT', 'snare'],
      ['FILL', 'kick', 'lt'],
    ]);
    expect(lanes[2]?.parts.map(lane => lane.key)).toEqual(['FILL kick', 'FILL lt']);
  });

  it('finds the notes of an instrument’s row and of a role’s, and what a solo of either lets sound', () => {
    const [kick, low] = [aNote('kick', 0), aNote('lt', 4)];
    const pattern = aPattern([kick, low]);
    expect(notesOfLane(pattern, 'FILL')).toEqual([low]);
    expect(notesOfLane(pattern, 'FILL lt')).toEqual([low]);
    expect(notesOfLane(pattern, 'TEXTURE')).toEqual([]);
    const sounding = (...soloed: readonly string[]) =>
      pattern.notes.filter(note => isSoloed(note, new Set(soloed)));
    expect(sounding()).toEqual([kick, low]);
    expect(sounding('FILL')).toEqual([low]);
    expect(sounding('CORE kick')).toEqual([kick]);
  });
});
