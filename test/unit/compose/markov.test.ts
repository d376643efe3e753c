import { describe, expect, it } from 'vitest';
import { composeSkeleton, markov, patternOfTokens, SKELETON_DEFAULTS, tokensOf } from '#shared/compose';
import { type Pattern, patternTicks } from '#shared/model';
import { aNote, aPattern, meter } from '#test/pattern';

const given = composeSkeleton({
  ...SKELETON_DEFAULTS,
  tempo: 97,
  style: 'rock',
  bars: 8,
  fillProbability: 1,
});
const places = (pattern: Pattern): string[] => pattern.notes.map(note => `${note.at} ${note.instrument}`);

describe('the Markov generator', () => {
  it('gives the same groove for one seed and another for another', () => {
    const take = (seed: number): Pattern => markov({ given, seed, temperature: 1 });
    expect(take(1)).toEqual(take(1));
    expect(places(take(1))).not.toEqual(places(take(2)));
  });

  it('keeps tempo, bars and style: every bar of a rock groove begins with its kick', () => {
    const take = markov({ given, seed: 3, temperature: 0.2 });
    expect([take.tempo, take.bars]).toEqual([97, given.bars]);
    for (let bar = 0; bar < 8; bar++) expect(places(take)).toContain(`${bar * 3840} kick`);
  });

  it('takes the likeliest path at temperature 0, whatever the seed, and strays with heat', () => {
    const take = (seed: number, temperature: number): string[] =>
      places(markov({ given, seed, temperature }));
    expect(take(1, 0)).toEqual(take(2, 0));
    expect(take(1, 5)).not.toEqual(take(1, 0));
  });

  it('plays in any meter, bar by bar', () => {
    const bars = [meter(7, 8), meter(4, 4), meter(5, 16)];
    const take = markov({ given: aPattern([aNote('kick', 0)], { bars }), seed: 1, temperature: 1 });
    expect(take.bars).toEqual(bars);
    expect(take.notes.length).toBeGreaterThan(5);
    expect(take.notes.every(note => note.at < patternTicks(take))).toBe(true);
  });
});

it('tells a straight groove by its tokens and back', () => {
  const pattern = aPattern([
    aNote('kick', 0, { velocity: 0.75 }),
    aNote('chh', 0, { velocity: 0.5 }),
    aNote('snare', 4, { velocity: 1 }),
  ]);
  const [bar = []] = tokensOf(pattern);
  expect(bar.slice(0, 5)).toEqual(['CORE.kick.12.1 MOTION.chh.8.1', '', '', '', 'ACCENT.snare.16.1']);
  const back = patternOfTokens([bar], { tempo: 120, meters: pattern.bars });
  expect(back.notes.map(({ instrument, at, velocity }) => [instrument, at, velocity])).toEqual([
    ['kick', 0, 0.75],
    ['chh', 0, 0.5],
    ['snare', 960, 1],
  ]);
});
