import { describe, expect, it } from 'vitest';
import { layersByName, nameOfSample, parseSampleName } from '#shared/model';

describe('the name of a sample', () => {
  it.each([
    ['Snare_v3_rr2.wav', { base: 'snare', velocity: 3, roundRobin: 2, note: null }],
    ['sn_ord_vl10_rr4.flac', { base: 'sn ord', velocity: 10, roundRobin: 4, note: null }],
    ['Kick-C1-V127-R2.wav', { base: 'kick', velocity: 127, roundRobin: 2, note: 24 }],
    ['KickV064.wav', { base: 'kick', velocity: 64, roundRobin: null, note: null }],
    ['hh_closed_tip vel 90 rr 1.aif', { base: 'hh closed tip', velocity: 90, roundRobin: 1, note: null }],
    ['Tom Low [Layer 2] (Take 3).wav', { base: 'tom low', velocity: 2, roundRobin: 3, note: null }],
    ['perc_note61_rr03.ogg', { base: 'perc', velocity: null, roundRobin: 3, note: 61 }],
    ['rim_F#2.wav', { base: 'rim', velocity: null, roundRobin: null, note: 42 }],
    ['808 Kick 12.wav', { base: '808 kick 12', velocity: null, roundRobin: null, note: null }],
    ['C4 Explosion.wav', { base: 'c4 explosion', velocity: null, roundRobin: null, note: null }],
  ])('%s', (name, { velocity, ...expected }) => {
    const parsed = parseSampleName(name);
    expect({ ...parsed, velocity: parsed.velocity?.value ?? null }).toEqual({ ...expected, velocity });
  });

  it('reads dynamics from musical words, but not from words that name drums', () => {
    expect(parseSampleName('snare_pp_02').velocity).toEqual({ is: 'word', value: 1 });
    expect(parseSampleName('snare_ff_02').velocity).toEqual({ is: 'word', value: 6 });
    expect(parseSampleName('Tom High').velocity).toBeNull();
    expect(parseSampleName('Soft Kick').base).toBe('soft kick');
  });

  it('is the last part of the path without its extension, whatever the system', () => {
    expect(nameOfSample('Kits/One/Kick 1.5 dB.wav')).toBe('Kick 1.5 dB');
    expect(nameOfSample('Kits\\One\\Klatschen – öffnen.flac')).toBe('Klatschen – öffnen');
    expect(nameOfSample('.wav')).toBe('.wav');
  });
});

describe('velocity layers by name', () => {
  const layersOf = (...paths: readonly string[]) => layersByName(paths.map(path => ({ path, key: path })));

  it('are soft to loud with their round robins in turn, and end at 127', () => {
    expect(layersOf('sn_v2_rr1.wav', 'sn_v1_rr2.wav', 'sn_v1_rr1.wav', 'sn_v3_rr1.wav')).toEqual([
      {
        base: '/sn',
        layers: [
          { upTo: 42, keys: ['sn_v1_rr1.wav', 'sn_v1_rr2.wav'] },
          { upTo: 85, keys: ['sn_v2_rr1.wav'] },
          { upTo: 127, keys: ['sn_v3_rr1.wav'] },
        ],
      },
    ]);
  });

  it('reach up to the MIDI velocities that the names state', () => {
    const [kick] = layersOf('kick-V032.wav', 'kick-V080.wav', 'kick-V120.wav');
    expect(kick?.layers.map(({ upTo }) => upTo)).toEqual([32, 80, 127]);
  });

  it('keep drums, folders and notes apart, and say nothing of names that say nothing', () => {
    const groups = layersOf(
      'a/kick_v1.wav',
      'a/kick_v2.wav',
      'b/kick_v1.wav',
      'a/snare_soft.wav',
      'a/snare_hard.wav',
      'a/clap.wav',
      'a/clap 2.wav',
    );
    expect(groups.map(({ base }) => base)).toEqual(['a/kick', 'a/snare']);
    expect(groups[1]?.layers.map(({ keys }) => keys)).toEqual([['a/snare_soft.wav'], ['a/snare_hard.wav']]);
  });
});
