import { describe, expect, it } from 'vitest';
import {
  beatsOf,
  composeSkeleton,
  eighthsByWeight,
  fillSteps,
  SKELETON_DEFAULTS,
  type SkeletonRequest,
} from '#shared/compose';
import {
  type Note,
  type Pattern,
  patternTicks,
  ROLES,
  type Role,
  SKELETON_STYLES,
  stepsOf,
  stepsPerBar,
} from '#shared/model';
import { meter } from '#test/pattern';

const skeleton = (request: Partial<SkeletonRequest> = {}): Pattern =>
  composeSkeleton({ ...SKELETON_DEFAULTS, tempo: 120, ...request });

/** Steps of `role`'s notes, bar by bar. */
function stepsByBar(pattern: Pattern, role: Role): number[][] {
  const stepAt = stepsOf(pattern.bars);
  return pattern.bars.map((_, bar) =>
    pattern.notes
      .filter(note => note.role === role && stepAt(note.at).bar === bar)
      .map(note => stepAt(note.at).step),
  );
}

describe('the seeds’ skeleton', () => {
  it('puts CORE on {0, 4, 8, 12} and ACCENT on {4, 12} of every bar', () => {
    const pattern = skeleton({ bars: 8 });
    for (const steps of stepsByBar(pattern, 'CORE')) expect(steps).toEqual([0, 4, 8, 12]);
    for (const steps of stepsByBar(pattern, 'ACCENT')) expect(steps).toEqual([4, 12]);
  });

  it.each([4, 5, 6, 7, 8])('keeps in mode A the first %i of steps 0 8 4 12 2 10 6 14', motionKeep => {
    const wanted = [0, 8, 4, 12, 2, 10, 6, 14].slice(0, motionKeep).sort((a, b) => a - b);
    const pattern = skeleton({ motionMode: 'A', motionKeep, texture: false, fillProbability: 0 });
    for (const steps of stepsByBar(pattern, 'MOTION')) expect(steps).toEqual(wanted);
  });

  it('draws in mode B as many of the same steps by seed', () => {
    const draws = (seed: number): number[][] =>
      stepsByBar(skeleton({ seed, motionKeep: 5, texture: false, fillProbability: 0 }), 'MOTION');
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
    for (const steps of draws(1)) {
      expect(new Set(steps).size).toBe(5);
      expect(steps.every(step => step % 2 === 0)).toBe(true);
    }
  });

  it('fills steps 12 to 15 of every fourth bar when fill_prob is 1, and never when it is 0', () => {
    const [none, fill]: number[][] = [[], [12, 13, 14, 15]];
    const wanted = [none, none, none, fill, none, none, none, fill, none];
    expect(stepsByBar(skeleton({ bars: 9, fillProbability: 1 }), 'FILL')).toEqual(wanted);
    expect(stepsByBar(skeleton({ bars: 9, fillProbability: 0 }), 'FILL').flat()).toEqual([]);
  });

  it('draws fill_prob once for each fourth bar: whole fills, in about that share of them', () => {
    const fills = stepsByBar(skeleton({ bars: 128, fillProbability: 0.25 }), 'FILL').filter(
      steps => steps.length > 0,
    );
    expect(fills.every(steps => steps.length === 4)).toBe(true);
    expect(fills.length).toBeGreaterThan(2);
    expect(fills.length).toBeLessThan(16);
  });

  it('sounds TEXTURE once, from bar 0 step 0 for 16 steps, and not at all when off', () => {
    const texture = skeleton().notes.filter(note => note.role === 'TEXTURE');
    expect(texture.map(note => [note.at, note.length])).toEqual([[0, 16 * 240]]);
    expect(skeleton({ texture: false }).notes.some(note => note.role === 'TEXTURE')).toBe(false);
  });

  it('drops MOTION first where four voices meet: CORE, ACCENT and FILL stay', () => {
    const pattern = skeleton({ fillProbability: 1, motionMode: 'A', motionKeep: 8 });
    const at = (3 * 16 + 12) * 240;
    expect(
      pattern.notes
        .filter(note => note.at === at)
        .map(note => note.role)
        .sort(),
    ).toEqual(['ACCENT', 'CORE', 'FILL']);
  });

  it('leaves a bar’s fill as it was when another bar is added or the texture goes', () => {
    const short = skeleton({ bars: 8, fillProbability: 0.5 });
    const long = skeleton({ bars: 12, fillProbability: 0.5, texture: false });
    expect(stepsByBar(long, 'FILL').slice(0, 8)).toEqual(stepsByBar(short, 'FILL'));
  });
});

describe('other meters', () => {
  it.each([
    [meter(4, 4), [0, 4, 8, 12]],
    [meter(3, 4), [0, 4, 8]],
    [meter(6, 8), [0, 6]],
    [meter(12, 8), [0, 6, 12, 18]],
    [meter(7, 8), [0, 4, 8]],
    [meter(5, 8), [0, 4]],
    [meter(5, 4), [0, 4, 8, 12, 16]],
    [meter(7, 16), [0, 4]],
    [meter(3, 8), [0]],
  ])('beats in %j', (given, beats) => {
    expect(beatsOf(given)).toEqual(beats);
  });

  it('orders the eighths of 7/8 as it does those of 4/4: strong beats, weak beats, off-beats', () => {
    expect(eighthsByWeight(meter(4, 4))).toEqual([0, 8, 4, 12, 2, 10, 6, 14]);
    expect(eighthsByWeight(meter(7, 8))).toEqual([0, 8, 4, 2, 10, 6, 12]);
  });

  it('carries the seeds’ steps over to 7/8: CORE on the beats, ACCENT on the second, a fill on the last four steps', () => {
    const pattern = skeleton({ meter: meter(7, 8), fillProbability: 1, motionMode: 'A', motionKeep: 8 });
    expect(stepsByBar(pattern, 'CORE')[0]).toEqual([0, 4, 8]);
    expect(stepsByBar(pattern, 'ACCENT')[0]).toEqual([4]);
    expect(stepsByBar(pattern, 'MOTION')[1]).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(stepsByBar(pattern, 'FILL')[3]).toEqual([10, 11, 12, 13]);
    expect(fillSteps(meter(1, 8))).toEqual([0, 1]);
  });
});

describe.each(SKELETON_STYLES)('style %s', style => {
  const meters = [
    meter(4, 4),
    meter(3, 4),
    meter(7, 8),
    meter(6, 8),
    meter(5, 16),
    meter(1, 16),
    meter(2, 2),
  ];

  it('keeps to its bars, to three voices a step and to distinct names in any meter', () => {
    for (const each of meters) {
      const pattern = skeleton({ style, meter: each, bars: 9, fillProbability: 1, motionKeep: 8 });
      const counts = new Map<number, Note[]>();
      for (const note of pattern.notes) counts.set(note.at, [...(counts.get(note.at) ?? []), note]);
      expect(Math.max(...[...counts.values()].map(notes => notes.length))).toBeLessThanOrEqual(3);
      expect(pattern.notes.every(note => note.at >= 0 && note.at < patternTicks(pattern))).toBe(true);
      expect(new Set(pattern.notes.map(note => note.id)).size).toBe(pattern.notes.length);
      expect(stepsPerBar(each) * 9 * 240).toBe(patternTicks(pattern));
    }
  });

  it('has four variants of each seed, all different', () => {
    const takes = [0, 1, 2, 3].map(variant =>
      JSON.stringify(skeleton({ style, variant, bars: 4, seed: 5 }).notes),
    );
    expect(new Set(takes).size).toBe(4);
  });

  it('repeats itself for one seed, differs for another, and plays every role', () => {
    const one = skeleton({ style, bars: 8, fillProbability: 1 });
    expect(skeleton({ style, bars: 8, fillProbability: 1 })).toEqual(one);
    expect(skeleton({ style, bars: 8, fillProbability: 1, seed: 7 })).not.toEqual(one);
    expect(new Set(one.notes.map(note => note.role))).toEqual(new Set(ROLES));
  });
});

describe('a style sheet', () => {
  const drums = (pattern: Pattern, ...instruments: string[]): number[][] => {
    const stepAt = stepsOf(pattern.bars);
    return pattern.bars.map((_, bar) => [
      ...new Set(
        pattern.notes
          .filter(note => instruments.includes(note.instrument) && stepAt(note.at).bar === bar)
          .map(note => stepAt(note.at).step),
      ),
    ]);
  };
  const plain = { fillProbability: 0, texture: false, bars: 4 } as const;

  it('keeps the one drop’s kick and stick on the third beat, whatever the seed', () => {
    for (let seed = 0; seed < 12; seed++)
      for (const bar of drums(skeleton({ style: 'reggae', seed, ...plain }), 'kick', 'rim'))
        expect(bar).toContain(8);
  });

  it('puts house’s kick on every quarter and its open hat between them', () => {
    for (let seed = 0; seed < 12; seed++) {
      const pattern = skeleton({ style: 'house', seed, motionKeep: 8, ...plain });
      for (const bar of drums(pattern, 'kick')) expect(bar).toEqual(expect.arrayContaining([0, 4, 8, 12]));
      for (const bar of drums(pattern, 'ohh')) expect(bar).toEqual([2, 6, 10, 14]);
    }
  });

  it('swings what swings, and nothing else', () => {
    expect(skeleton({ style: 'shuffle' }).swing).toEqual({ percent: 66.7, base: '8th' });
    expect(skeleton({ style: 'techno' }).swing.percent).toBe(50);
  });

  it('plays all three eighths of a 6/8 beat on the hats', () => {
    const pattern = skeleton({ style: 'soul', meter: meter(6, 8), ...plain, motionMode: 'A' });
    for (const bar of drums(pattern, 'chh', 'ohh')) expect(bar).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it('thins and thickens the hats only', () => {
    const hats = (motionKeep: number): number =>
      skeleton({ style: 'bossa', motionKeep, ...plain }).notes.filter(note => note.role === 'MOTION').length;
    expect(hats(4)).toBeLessThan(hats(6));
    expect(hats(6)).toBeLessThanOrEqual(hats(8));
    const others = (motionKeep: number) =>
      skeleton({ style: 'bossa', motionKeep, ...plain }).notes.filter(note => note.role !== 'MOTION');
    expect(others(4)).toEqual(others(8));
  });

  it('clears the hands for a fill and leaves the kick', () => {
    const pattern = skeleton({ style: 'funk', fillProbability: 1, bars: 4 });
    const last = drums(pattern, 'chh', 'ohh')[3] ?? [];
    expect(Math.max(...last)).toBeLessThan(12);
    expect(drums(pattern, 'ht', 'mt', 'lt')[3]?.length).toBeGreaterThan(0);
  });
});
