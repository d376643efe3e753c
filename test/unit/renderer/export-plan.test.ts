import { describe, expect, it } from 'vitest';
import { hitId, type Kit, type Pad } from '#shared/model';
import { type ExportOptions, USUAL_EXPORT } from '#shared/protocol';
import { aNote, aPattern } from '#test/pattern';
import { exportPlan } from '../../../src-renderer/screens/export/plan';

const OPTIONS: ExportOptions = { ...USUAL_EXPORT, mp3Copy: false, sampleRate: 48_000, tailSeconds: 1 };
const WORDS = { patternName: 'Verse', songName: 'Song' };

const pad = (role: Pad['role'], instrument: Pad['instrument'], hits: readonly string[]): Pad => ({
  id: `${role}.${instrument}`,
  name: instrument,
  role,
  instrument,
  note: 36,
  hits: hits.map(hitId),
  chosen: 0,
  gainDecibels: 0,
  pan: 0,
  choke: null,
  locked: false,
});
const kit: Kit = {
  id: 'kit',
  name: 'Kit',
  sampleRate: 48_000,
  pads: [pad('CORE', 'kick', ['k']), pad('ACCENT', 'snare', ['s']), pad('FILL', 'lt', [])],
};

describe('what an export will write', () => {
  const pattern = aPattern([aNote('kick', 0), aNote('snare', 4), aNote('chh', 2, { muted: true })]);
  const planned = (options: Partial<ExportOptions>, of = pattern, number = 1) =>
    exportPlan({ ...OPTIONS, ...options }, WORDS, of, kit, number);
  const stemsOf = (options: Partial<ExportOptions>, of = pattern) =>
    planned(options, of).files.flatMap(file =>
      file.kind === 'stem' && file.role !== null ? [file.role] : [],
    );

  it('names a stem for every role that sounds, and the lineage of all', () => {
    expect(stemsOf({})).toEqual(['CORE', 'ACCENT']);
    const kinds = planned({}).files.map(file => file.kind);
    expect(kinds.toSorted()).toEqual(['licences', 'midi', 'mix', 'stem', 'stem']);
  });

  it('plans no stem for a role that the kit cannot play', () => {
    const withTom = aPattern([aNote('kick', 0), aNote('lt', 4, { hit: null }), aNote('perc', 8)]);
    expect(stemsOf({}, withTom)).toEqual(['CORE']);
  });

  it('leaves out what the layer leaves out', () => {
    expect(stemsOf({ layers: ['core'] })).toEqual(['CORE']);
  });

  it('estimates a WAV by its length, rate and depth, with its tail unless it loops', () => {
    const mixOf = (options: Partial<ExportOptions>) =>
      planned(options).files.find(file => file.kind === 'mix')?.bytes;
    expect(mixOf({})).toBe(3 * 48_000 * 2 * 3 + 44);
    expect(mixOf({ loop: true, passes: 4, bits: '16' })).toBe(8 * 48_000 * 2 * 2 + 44);
  });

  it('gives all files names of their own, and others under another number', () => {
    const names = (number: number) =>
      planned({ layers: ['core', 'full'] }, pattern, number).files.map(file => file.name);
    expect(new Set(names(1)).size).toBe(names(1).length);
    expect(names(2).filter(name => names(1).includes(name))).toEqual([]);
  });
});
