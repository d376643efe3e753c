import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import { type FreeTap, patternOfTaps, pulseOfTaps } from '#shared/live';

/** Sixteenths of a bar of a rhythm that people tap. */
const RHYTHMS: Readonly<Record<string, readonly number[]>> = {
  'four beats': [0, 4, 8, 12],
  eighths: [0, 2, 4, 6, 8, 10, 12, 14],
  'rock kick and snare': [0, 4, 7, 8, 10, 12],
  tresillo: [0, 3, 6, 8, 11, 14],
  'son clave': [0, 3, 6, 10, 12],
};

/** Two bars tapped by a hand that strays by `strayMs` either way. */
function tapped(steps: readonly number[], bpm: number, strayMs: number, name: string): number[] {
  const random = Random.ofSeed(7).fork(name, `${bpm}`);
  const step = 60 / bpm / 4;
  return [0, 16].flatMap(bar => steps.map(at => 5 + (bar + at) * step + (random.normal() * strayMs) / 1000));
}

describe('the tempo of a rhythm that is tapped freely', () => {
  for (const [name, steps] of Object.entries(RHYTHMS))
    it.each([84, 97, 112, 128])(`is found of ${name} at %i, with a hand’s unevenness`, bpm => {
      const found = pulseOfTaps(tapped(steps, bpm, 8, name));
      expect(Math.abs((found?.bpm ?? 0) / bpm - 1)).toBeLessThan(0.015);
    });

  it('is not guessed from three taps, nor from taps at one time', () => {
    expect(pulseOfTaps([0, 0.5, 1])).toBeNull();
    expect(pulseOfTaps([1, 1, 1, 1])).toBeNull();
  });
});

describe('taps as a pattern', () => {
  const tap = (time: number, more: Partial<FreeTap> = {}): FreeTap => ({
    role: 'CORE',
    instrument: 'kick',
    articulation: null,
    time,
    velocity: 0.6,
    ...more,
  });

  it('begins with the first tap and keeps what was tapped as it was: rhythm, rows and feel', () => {
    const late = 0.012;
    const times = [0, 0.5, 1 + late, 1.5, 2, 2.5, 3, 3.5];
    const pattern = patternOfTaps(
      times.map((time, at) => tap(100 + time, at % 2 === 1 ? { role: 'ACCENT', instrument: 'snare' } : {})),
    );
    expect(pattern?.tempo).toBeCloseTo(120, 0);
    expect(pattern?.bars).toHaveLength(2);
    expect(pattern?.notes.map(({ at }) => at)).toEqual([0, 960, 1920, 2880, 3840, 4800, 5760, 6720]);
    expect(pattern?.notes.map(({ instrument }) => instrument).slice(0, 2)).toEqual(['kick', 'snare']);
    const feelMs = ((pattern?.notes[2]?.feel ?? 0) / 960) * 500;
    expect(Math.abs(feelMs - late * 1000)).toBeLessThan(3);
  });

  it('is as long as a phrase: a power of two of bars', () => {
    const taps = Array.from({ length: 11 }, (_, at) => tap(at * 0.5));
    expect(patternOfTaps(taps)?.bars).toHaveLength(4);
  });
});
