import { describe, expect, test } from 'vitest';
import { recallsOf } from '#test/ear-words';
import { judge, knownSound } from '#test/shot-truth';
import type { KitShot } from '#test/unseen-kits';

const shot = (change: Partial<KitShot>): KitShot => ({
  kit: 'TimGM6mb',
  name: 'kit 0 key 36 velocity 90',
  instrument: 'kick',
  role: null,
  audio: { sampleRate: 48_000, samples: new Float32Array(1) },
  ...change,
});
/** The same thirds for every measure of kicks: low up to 1, middle 2, high from 3. */
const THRESHOLDS = { kick: Array.from({ length: 8 }, (): [number, number, number] => [1, 2, 3]) };
const kick = (brightness: number) => knownSound(shot({}), Float64Array.of(brightness, 0, 0, 0, 0, 0, 0, 0));

describe('what fulfils a query', () => {
  test.each([
    [3, 'fits'],
    [2.5, 'wrong'],
    [1, 'wrong'],
  ] as const)('a kick of brightness %d, asked for a bright one: %s', (brightness, verdict) => {
    expect(judge(kick(brightness), ['kick', 'kick:brightness+'], THRESHOLDS)).toBe(verdict);
  });

  test('of a room nobody can say, unless something else fails', () => {
    expect(judge(kick(3), ['kick', 'kick:brightness+', 'roomy'], THRESHOLDS)).toBe('unjudged');
    expect(judge(kick(0), ['kick', 'kick:brightness+', 'roomy'], THRESHOLDS)).toBe('wrong');
    expect(judge(kick(3), ['snare', 'roomy'], THRESHOLDS)).toBe('wrong');
  });

  test('names, groups, kinds and origins are those of the kits', () => {
    const known = (change: Partial<KitShot>) => knownSound(shot(change), new Float64Array(8));
    expect(known({ name: 'kit 25 key 46 velocity 90', instrument: 'ohh' }).sure).toContain('808');
    expect(known({ name: 'kit 24 key 36 velocity 90' }).sure).toContain('electronic');
    expect(known({ name: 'key 56', instrument: 'perc' }).sure).toContain('cowbell');
    expect(known({ name: 'kit 40 key 39 velocity 90', instrument: 'clap' }).instrument).toBe('snare');
    const mid = known({ kit: 'HardElectro1', name: 'HardElectro1 Tom 2 a.wav', instrument: 'mt' });
    expect(judge(mid, ['electronic', 'tom'], THRESHOLDS)).toBe('fits');
    expect(judge(mid, ['lt'], THRESHOLDS)).toBe('unjudged');
  });
});

describe('recall@10', () => {
  const sounds = Array.from({ length: 20 }, () => knownSound(shot({}), new Float64Array(8)));
  const snares = sounds.map((sound, at) => (at < 5 ? { ...sound, sure: new Set(['snare']) } : sound));
  const query = { text: 'snare', needs: ['snare'], by: 'hand' } as const;

  test('is the share of what there is to find among the ten best', async () => {
    const order = [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 4];
    const [recall] = await recallsOf(snares, [query], THRESHOLDS, async () => Promise.resolve(order));
    expect(recall).toMatchObject({ fitting: 5, judged: 0.8, all: 0.8, isMeasured: false });
  });

  test('leaves those out of the ranking that nobody can judge', async () => {
    const doubted = snares.map((sound, at) =>
      at >= 5 && at < 15 ? { ...sound, sure: new Set<string>(), doubtful: new Set(['snare']) } : sound,
    );
    const order = [5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 2, 3, 4];
    const [recall] = await recallsOf(doubted, [query], THRESHOLDS, async () => Promise.resolve(order));
    expect(recall).toMatchObject({ judged: 1, all: 0.4 });
  });

  test('a query that fewer than five sounds fulfil is left out', async () => {
    expect(await recallsOf(snares.slice(1), [query], THRESHOLDS, async () => Promise.resolve([]))).toEqual(
      [],
    );
  });
});
