import { describe, expect, it } from 'vitest';
import {
  type FoundStroke,
  groupStrokes,
  judgedFamilies,
  judgeStrokes,
  SoundProfiles,
  type StrokeClass,
} from '#shared/analysis';
import { Random } from '#shared/base';

const FAMILIES = [
  { classes: ['kick'] as const, threshold: 0.5 },
  { classes: ['chh', 'ohh'] as const, threshold: 0.5 },
];
const stroke = (name: StrokeClass, time: number, probability: number): FoundStroke => ({
  time,
  class: name,
  probability,
  velocity: 0.7,
});
const SECONDS = 32;
/** Kicks on every beat of a half second. */
const kicks = Array.from({ length: 60 }, (_, beat) => stroke('kick', 1 + beat / 2, 0.95));
/** One sound for every group whose centre has a doubtful or certain hat, another one for the rest. */
const profilesOf = (found: readonly FoundStroke[], isBright: (time: number) => boolean) => {
  const groups = groupStrokes(found);
  const random = Random.ofSeed('profiles');
  const profiles = groups.centres.map(centre =>
    Float32Array.from({ length: 42 }, () => (isBright(centre) ? 1 : 0) + 0.1 * random.unit()),
  );
  return { groups, profiles };
};
const chanceAt = (judged: readonly FoundStroke[], name: StrokeClass, time: number): number =>
  judged.find(other => other.class === name && Math.abs(other.time - time) < 1e-6)?.probability ?? 0;

describe('judging strokes by their song', () => {
  it('believes a doubtful hat under a kick where the groove has hats alone at all other eighths', () => {
    const hats = Array.from({ length: 120 }, (_, eighth) =>
      stroke('chh', 1 + eighth / 4, eighth % 2 === 1 ? 0.97 : eighth % 8 === 0 ? 0.3 : 0.9),
    );
    const found = [...kicks, ...hats];
    const { groups, profiles } = profilesOf(found, () => true);
    const judged = [...judgeStrokes(found, FAMILIES, groups, profiles, SECONDS)];
    expect(chanceAt(judged, 'chh', 9)).toBeGreaterThan(0.5);
  });

  it('takes a hat for the click of the kick where no hat is ever struck alone', () => {
    const hats = kicks.map(({ time }, index) => stroke('chh', time, index % 4 === 0 ? 0.6 : 0.15));
    const found = [...kicks, ...hats];
    const { groups, profiles } = profilesOf(found, () => false);
    const judged = [...judgeStrokes(found, FAMILIES, groups, profiles, SECONDS)];
    expect(chanceAt(judged, 'chh', 9)).toBeLessThan(0.25);
    expect(chanceAt(judged, 'kick', 9)).toBeGreaterThan(0.5);
  });

  it('believes a doubtful stroke that sounds like the clear ones, and less one that does not', () => {
    const random = Random.ofSeed('times');
    const hats = Array.from({ length: 60 }, (_, index) =>
      stroke('chh', 1.1 + index / 2 + 0.2 * random.unit(), index % 6 === 0 ? 0.45 : 0.97),
    );
    const found = [...kicks, ...hats];
    const doubtful = hats.filter((_, index) => index % 6 === 0).map(({ time }) => time);
    const [like, unlike] = [doubtful[3] ?? 0, doubtful[4] ?? 0];
    const isHat = (time: number): boolean => hats.some(hat => Math.abs(hat.time - time) < 1e-6);
    const { groups, profiles } = profilesOf(found, time => isHat(time) && time !== unlike);
    const judged = [...judgeStrokes(found, FAMILIES, groups, profiles, SECONDS)];
    expect(chanceAt(judged, 'chh', like)).toBeGreaterThan(chanceAt(judged, 'chh', unlike) + 0.1);
  });

  it('leaves a family that it has no weights for as it is, with its own threshold', () => {
    const claps = [{ classes: ['clap'] as const, threshold: 0.45 }];
    const found = [stroke('clap', 1, 0.6), stroke('clap', 2, 0.2)];
    const { groups, profiles } = profilesOf(found, () => true);
    expect([...judgeStrokes(found, claps, groups, profiles, 3)]).toEqual(found);
    expect(judgedFamilies(claps)).toEqual(claps);
  });

  it('answers in the order of what it is given, and nothing for nothing', () => {
    expect([...judgeStrokes([], FAMILIES, groupStrokes([]), [], 1)]).toEqual([]);
    const { groups, profiles } = profilesOf(kicks, () => true);
    const judged = [...judgeStrokes(kicks, FAMILIES, groups, profiles, SECONDS)];
    expect(judged.map(({ time }) => time)).toEqual(kicks.map(({ time }) => time));
  });
});

describe('the profile of a sound', () => {
  it('does not depend on the rate, and tells high from low', () => {
    const tone = (rate: number, hertz: number): Float32Array =>
      Float32Array.from({ length: rate }, (_, at) =>
        at < rate / 2 ? 0 : 0.5 * Math.sin((2 * Math.PI * hertz * at) / rate),
      );
    const measured = (rate: number, hertz: number): Float32Array =>
      new SoundProfiles(rate, 0.2).measure(tone(rate, hertz), rate / 2);
    const low = measured(44_100, 80);
    const high = measured(44_100, 8000);
    const ringing = (profile: Float32Array, band: number): number => profile[14 + band] ?? 0;
    expect(ringing(low, 1)).toBeGreaterThan(ringing(high, 1) + 0.5);
    expect(ringing(high, 11)).toBeGreaterThan(ringing(low, 11) + 0.2);
    for (const [band, value] of measured(48_000, 8000).entries())
      expect(Math.abs(value - (high[band] ?? 0))).toBeLessThan(0.2);
  });
});
