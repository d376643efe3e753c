import { describe, expect, it } from 'vitest';
import { hitId, type Kit, type Pad } from '#shared/model';
import { aNote, aPattern } from '#test/pattern';
import { type ExportSettings, fileStem, plannedFiles } from '../../../src-renderer/screens/export/plan';

const settings: ExportSettings = {
  wav: '24',
  mp3: false,
  midi: true,
  stems: true,
  layer: 'full',
  sampleRate: 48_000,
  tailSeconds: 1,
  limiter: false,
};

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

  it('names a stem for every role that sounds', () => {
    expect(plannedFiles(settings, pattern, kit, 'verse').map(file => file.name)).toEqual([
      'verse.wav',
      'CORE.wav',
      'ACCENT.wav',
      'verse.mid',
    ]);
  });

  it('plans no stem for a role that the kit cannot play', () => {
    const withTom = aPattern([aNote('kick', 0), aNote('lt', 4), aNote('perc', 8)]);
    const roles = plannedFiles(settings, withTom, kit, 'verse').flatMap(file => file.role ?? []);
    expect(roles).toEqual(['CORE']);
  });

  it('leaves out what the layer leaves out', () => {
    const core = plannedFiles({ ...settings, layer: 'core' }, pattern, kit, 'verse');
    expect(core.map(file => file.role)).toEqual([null, 'CORE', null]);
  });

  it('estimates a WAV by its length, rate and depth', () => {
    const [mix] = plannedFiles(settings, pattern, kit, 'verse');
    expect(mix?.bytes).toBe(3 * 48_000 * 2 * 3 + 44);
  });

  it('makes names that every file system takes', () => {
    expect(fileStem('Verse A / take 2')).toBe('verse-a-take-2');
    expect(fileStem('Été: "Nuit"?')).toBe('ete-nuit');
    expect(fileStem('///')).toBe('groove');
    expect(fileStem('雨')).toBe('雨');
    expect(fileStem('x'.repeat(200))).toHaveLength(60);
  });
});
