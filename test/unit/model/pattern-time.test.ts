import { describe, expect, it } from 'vitest';
import { COMMON_TIME, ledBy, songPass, type Tempo, TempoMap, timeOf, timeOnSong } from '#shared/model';
import { PPQ } from '#shared/units';

const CHANGING = {
  tempo: 120,
  tempoChanges: [
    { at: 4 * PPQ, tempo: 60 },
    { at: 8 * PPQ, tempo: 240 },
  ],
};

describe('the time of a pattern', () => {
  const time = timeOf(CHANGING);

  it('runs through its tempos', () => {
    expect([-1, 0, 2, 4, 6, 8, 12].map(quarter => time.secondsAt(quarter * PPQ))).toEqual([
      -0.5, 0, 1, 2, 4, 6, 7,
    ]);
    expect([0, 3.9, 4, 7.9, 8, 100].map(quarter => time.tempoAt(quarter * PPQ))).toEqual([
      120, 120, 60, 60, 240, 240,
    ]);
  });

  it('is a feel in ms at the tempo where it stands, also across a change', () => {
    expect(time.offsetMilliseconds(0, PPQ / 10)).toBe(50);
    expect(time.offsetMilliseconds(4 * PPQ - 96, 192)).toBeCloseTo(50 + 100, 9);
    expect(time.feelOf(4 * PPQ - 96, 150)).toBeCloseTo(192, 6);
  });

  it('led by another tempo has that before its start only', () => {
    const led = ledBy(time, 0, 60);
    expect(led.secondsAt(-PPQ)).toBe(-1);
    expect(led.ticksAt(-1)).toBe(-PPQ);
    expect(led.secondsAt(5 * PPQ)).toBe(time.secondsAt(5 * PPQ));
    expect(led.feelOf(0, -100)).toBeCloseTo(-96, 9);
    expect(ledBy(time, 0, 120)).toBe(time);
  });
});

const tempoOf = (beats: readonly number[], more: Partial<Tempo> = {}): Tempo => ({
  bpm: 120,
  firstDownbeat: beats[0] ?? 0,
  meter: COMMON_TIME,
  confidence: 1,
  beats: [...beats],
  steady: false,
  downbeats: [],
  candidates: [],
  meters: [],
  ...more,
});

describe('the time of a pattern on a song', () => {
  const map = new TempoMap(tempoOf([1, 1.5, 2.1, 2.6, 3.2, 3.7, 4.3]));

  it('is that of the song’s beats, from the one that it begins on', () => {
    const time = timeOnSong(map, 2);
    expect(time.secondsAt(0)).toBe(0);
    expect(time.secondsAt(PPQ)).toBeCloseTo(0.5, 9);
    expect(time.secondsAt(1.5 * PPQ)).toBeCloseTo(0.8, 9);
    expect(time.secondsAt(-PPQ)).toBeCloseTo(-0.6, 9);
    expect(time.ticksAt(0.8)).toBeCloseTo(1.5 * PPQ, 6);
    expect(time.tempoAt(1.2 * PPQ)).toBeCloseTo(100, 9);
    expect(time.feelOf(PPQ, 60)).toBeCloseTo(96, 6);
  });

  it('counts eighths where the song does', () => {
    const eighths = new TempoMap(tempoOf([0, 0.2, 0.4, 0.6], { meter: { numerator: 6, denominator: 8 } }));
    expect(timeOnSong(eighths, 0).secondsAt(PPQ)).toBeCloseTo(0.4, 9);
  });
});

describe('the passes of a pattern along a song', () => {
  const beats = Array.from({ length: 40 }, (_, beat) => beat / 2);
  const map = new TempoMap(tempoOf(beats, { downbeats: [0, 4, 8, 10, 14, 18, 22] }));
  const bars = map.bars(20);
  const pass = (index: number, barsOfPass: number | null, bar = 1) =>
    songPass(bars, map, { bar, length: 8 * PPQ, barsOfPass, index });

  it('follow each other beat by beat where its bars are not the song’s', () => {
    expect([0, 1, 2].map(index => pass(index, null).beat)).toEqual([0, 8, 16]);
  });

  it('begin on the song’s bars, and are cut where one of those is short', () => {
    expect([0, 1, 2].map(index => pass(index, 2))).toEqual([
      { beat: 0, ticks: 8 * PPQ },
      { beat: 8, ticks: 6 * PPQ },
      { beat: 14, ticks: 8 * PPQ },
    ]);
  });

  it('go on past the bars that are known, and begin before the first one', () => {
    const known = bars.at(-1);
    const later = pass(40, 1).beat - pass(39, 1).beat;
    expect([known !== undefined, later]).toEqual([true, 4]);
    expect(pass(0, 2, -1).beat).toBe(-8);
  });
});
