import { describe, expect, it } from 'vitest';
import { GENERATION_PRESETS, GenerationConfigSchema } from '#shared/dataset';
import {
  asChosen,
  chainWords,
  configWords,
  rudimentWords,
} from '../../../src-renderer/screens/dataset/new-run/config-words';
import { freeName, nameOfConfig, namedConfigs } from '../../../src-renderer/screens/dataset/new-run/draft';
import { audioLength, marginWords, workLength } from '../../../src-renderer/screens/dataset/new-run/lengths';
import { borderAt, moveBorder, percents } from '../../../src-renderer/screens/dataset/new-run/shares';

const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);
const config = GenerationConfigSchema.parse({});

describe('shares', () => {
  it.each([[[0.25, 0.35, 0.25, 0.15]], [[1, 1, 1]], [[0.333, 0.333, 0.334]], [[0, 0, 0, 0]], [[1e-9, 1]]])(
    '%j are whole percents that sum to 100',
    shares => {
      const parts = percents(shares);
      expect(sum(parts)).toBe(100);
      expect(parts.every(Number.isInteger)).toBe(true);
    },
  );

  it('move at one border only, and stop where a part is used up', () => {
    expect(moveBorder([25, 35, 25, 15], 1, 70)).toEqual([25, 45, 15, 15]);
    expect(moveBorder([25, 35, 25, 15], 1, 99)).toEqual([25, 60, 0, 15]);
    expect(moveBorder([25, 35, 25, 15], 1, 3)).toEqual([25, 0, 60, 15]);
    expect(moveBorder([25, 35, 25, 15], 0, -10)).toEqual([0, 60, 25, 15]);
    for (let percent = -20; percent <= 120; percent++)
      expect(sum(moveBorder([25, 35, 25, 15], 2, percent))).toBe(100);
  });

  it('know where a border lies', () => {
    expect([-1, 0, 1, 2, 3].map(border => borderAt([25, 35, 25, 15], border))).toEqual([0, 25, 60, 85, 100]);
  });
});

describe('the words of a configuration', () => {
  it('say what an empty list means', () => {
    expect(rudimentWords(config, 40)).toBe('40 of 40, both leads');
    expect(rudimentWords({ ...config, rudiments: ['flam'], leads: 'L' }, 40)).toBe('1 of 40, left leads');
    expect(chainWords(config)).toBe('5 of 11 chains');
    expect(chainWords({ ...config, apply_augmentation: false })).toBe('dry, none');
    expect(configWords(config)).toBe('rudiments, 100 players, seed 42');
  });

  it('keep "all" as an empty list, so that it stays all when more are added', () => {
    expect(asChosen(new Set(['a', 'b']), ['a', 'b'])).toEqual([]);
    expect(asChosen(new Set(['b', 'c']), ['a', 'b', 'c'])).toEqual(['b', 'c']);
  });

  it('find a configuration by what it holds, whatever its seed', () => {
    const own = { ...config, num_profiles: 7 };
    const catalogue = {
      rudiments: [],
      kits: [],
      presets: [],
      cores: 2,
      saved: [{ name: 'mine', config: own }],
    };
    const named = namedConfigs(catalogue);
    expect(named.map(({ name }) => name)).toEqual([...Object.keys(GENERATION_PRESETS), 'mine']);
    expect(nameOfConfig({ ...own, seed: 9 }, named)).toMatchObject({ name: 'mine', isOwn: true });
    expect(nameOfConfig({ ...own, leads: 'R' }, named)).toBeUndefined();
    expect(nameOfConfig(GenerationConfigSchema.parse(GENERATION_PRESETS.small), named)?.name).toBe('small');
  });

  it('number a name that is taken', () => {
    expect(freeName('snare', [])).toBe('snare');
    expect(freeName('snare', ['snare'])).toBe('snare-2');
    expect(freeName('snare-2', ['snare', 'snare-2'])).toBe('snare-3');
    expect(freeName('a'.repeat(80), ['a'.repeat(80)]).length).toBeLessThanOrEqual(80);
  });
});

describe('lengths', () => {
  it('are told in the unit that fits', () => {
    expect([9, 1900, 77_040].map(audioLength)).toEqual(['9 s', '32 min', '21.4 h']);
    expect(workLength(311.2)).toBe('5:12');
    expect(marginWords(20)).toBe('min, ± 0:20');
  });
});
