import { describe, expect, it } from 'vitest';
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

describe('what an export will write', () => {
  const pattern = aPattern([aNote('kick', 0), aNote('snare', 4), aNote('chh', 2, { muted: true })]);

  it('names a stem for every role that sounds', () => {
    expect(plannedFiles(settings, pattern, 'verse').map(file => file.name)).toEqual([
      'verse.wav',
      'CORE.wav',
      'ACCENT.wav',
      'verse.mid',
    ]);
  });

  it('leaves out what the layer leaves out', () => {
    const core = plannedFiles({ ...settings, layer: 'core' }, pattern, 'verse');
    expect(core.map(file => file.role)).toEqual([null, 'CORE', null]);
  });

  it('estimates a WAV by its length, rate and depth', () => {
    const [mix] = plannedFiles(settings, pattern, 'verse');
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
