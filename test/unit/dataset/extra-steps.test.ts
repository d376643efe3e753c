import { describe, expect, it } from 'vitest';
import { type Drawn, TRANSFORMS, transformNamed } from '#shared/augment';
import { Random } from '#shared/base';
import { drawnSteps, GenerationConfigSchema, type Wanted } from '#shared/dataset';

const RECORDING: Drawn = { sampleRate: 44_100, seconds: 5, channelCount: 1, recordings: {} };
const wanted = (...transforms: unknown[]): readonly Wanted[] =>
  GenerationConfigSchema.parse({ transforms }).transforms;
const TURNS = 400;
const namesOf = (steps: readonly Wanted[], turn: number): string[] =>
  drawnSteps(steps, Random.ofSeed(turn), RECORDING).map(({ name }) => name);
const all = (steps: readonly Wanted[]): string[][] =>
  Array.from({ length: TURNS }, (_, turn) => namesOf(steps, turn));

describe("a user's own steps", () => {
  it.each(TRANSFORMS.map(({ name }) => name))('can be %s, its parameters drawn and valid', name => {
    const [step] = drawnSteps(wanted({ name }), Random.ofSeed(1), RECORDING);
    expect(step?.name).toBe(name);
    expect(transformNamed(name)?.params.safeParse(step?.params).success).toBe(true);
  });

  it('are done as often as asked for, and each whatever the others are', () => {
    const some = wanted({ name: 'Gain', p: 0.3 }, { name: 'PolarityInversion', p: 0.5 });
    const drawn = all(some);
    const share = (name: string): number => drawn.filter(names => names.includes(name)).length / TURNS;
    expect(share('Gain')).toBeCloseTo(0.3, 1);
    expect(share('PolarityInversion')).toBeCloseTo(0.5, 1);
    const alone = all(wanted({ name: 'Gain', p: 0.3 }));
    expect(drawn.map(names => names.includes('Gain'))).toEqual(alone.map(names => names.length === 1));
  });

  it('draw from the ranges given, or have the parameters given', () => {
    for (let turn = 0; turn < 50; turn++) {
      const [gain, bits] = drawnSteps(
        wanted(
          { name: 'Gain', ranges: { min_gain_db: -3, max_gain_db: -2 } },
          { name: 'BitDepth', params: { bits: 12, seed: 4 } },
        ),
        Random.ofSeed(turn),
        RECORDING,
      );
      const decibels = Number((gain?.params as { decibels: number } | undefined)?.decibels);
      expect(decibels).toBeGreaterThanOrEqual(-3);
      expect(decibels).toBeLessThan(-2);
      expect(bits).toEqual({ name: 'BitDepth', params: { bits: 12, seed: 4 } });
    }
  });

  const THREE = [{ name: 'Gain' }, { name: 'Reverse' }, { name: 'PolarityInversion' }];

  it('OneOf does one of them, each as often as the others', () => {
    const drawn = all(wanted({ name: 'OneOf', transforms: THREE }));
    expect(new Set(drawn.map(({ length }) => length))).toEqual(new Set([1]));
    for (const { name } of THREE)
      expect(drawn.filter(([one]) => one === name).length / TURNS).toBeCloseTo(1 / 3, 1);
  });

  it('SomeOf does some, in their order unless that is drawn too', () => {
    const drawn = all(wanted({ name: 'SomeOf', count: [0, 2], transforms: THREE }));
    expect(new Set(drawn.map(({ length }) => length))).toEqual(new Set([0, 1, 2]));
    const place = (name: string): number => THREE.findIndex(one => one.name === name);
    for (const names of drawn) expect(names).toEqual(names.toSorted((a, b) => place(a) - place(b)));
    const turned = all(wanted({ name: 'SomeOf', count: [3, 3], shuffle: true, transforms: THREE }));
    expect(new Set(turned.map(names => names.join())).size).toBe(6);
  });

  it('Compose does all or none', () => {
    const drawn = all(wanted({ name: 'Compose', p: 0.4, transforms: THREE }));
    expect(new Set(drawn.map(names => names.join()))).toEqual(
      new Set(['', 'Gain,Reverse,PolarityInversion']),
    );
    expect(drawn.filter(({ length }) => length > 0).length / TURNS).toBeCloseTo(0.4, 1);
  });
});
