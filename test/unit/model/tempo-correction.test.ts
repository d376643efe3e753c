import { describe, expect, it } from 'vitest';
import { correctTempo, NO_CORRECTION, type Tempo, TempoMap } from '#shared/model';

const heard = (bpm: number, firstDownbeat: number, seconds = 60, change: Partial<Tempo> = {}): Tempo => ({
  bpm,
  firstDownbeat,
  meter: { numerator: 4, denominator: 4 },
  confidence: 0.8,
  beats: Array.from(
    { length: Math.floor(((seconds - firstDownbeat) * bpm) / 60) + 1 },
    (_, at) => firstDownbeat + (at * 60) / bpm,
  ),
  steady: true,
  downbeats: [],
  candidates: [],
  meters: [],
  ...change,
});

/** Slows down evenly from 120 to 100 BPM. */
const slowing = (): Tempo => {
  const beats = [0.5];
  for (let at = 1; at < 100; at++) beats.push((beats.at(-1) ?? 0) + 60 / (120 - 0.2 * at));
  return heard(110, 0.5, 60, { beats, steady: false });
};

describe('correctTempo', () => {
  it('changes nothing without a correction', () => {
    expect(correctTempo(heard(120, 0.5), null, 60)).toEqual(heard(120, 0.5));
    expect(correctTempo(heard(120, 0.5), NO_CORRECTION, 60)).toEqual(heard(120, 0.5));
  });

  it.each([
    [60, 60.01],
    [240, 240.04],
    [80, 80.0133],
    [119, 120.02],
  ])('takes %d BPM for the recording’s own tempo that is nearest, %d', (bpm, wanted) => {
    expect(correctTempo(heard(120.02, 0.5), { ...NO_CORRECTION, bpm }, 60)?.bpm).toBeCloseTo(wanted, 3);
  });

  it('means the same whatever octave a later analysis hears', () => {
    const correction = { ...NO_CORRECTION, bpm: 60 };
    const [one, other] = [120.02, 60.01].map(bpm => correctTempo(heard(bpm, 0.5), correction, 60));
    expect(other?.bpm).toBeCloseTo(one?.bpm ?? 0, 9);
    expect(other?.firstDownbeat).toBe(one?.firstDownbeat);
    one?.beats.forEach((beat, at) => expect(other?.beats[at]).toBeCloseTo(beat, 6));
  });

  it('keeps a typed tempo to the digit, its beats as near to the recording’s as they can be', () => {
    const found = correctTempo(heard(120.02, 0.5), { ...NO_CORRECTION, bpm: 120, bpmIs: 'exact' }, 60);
    expect(found).toMatchObject({ bpm: 120, steady: true, confidence: 1 });
    const map = new TempoMap(found ?? heard(1, 0));
    const offsets = heard(120.02, 0.5).beats.map((beat, at) => beat - map.secondsAt(at));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(0.006);
  });

  it('counts a tempo that the recording does not have from its bar 1', () => {
    expect(correctTempo(heard(120, 0.5), { ...NO_CORRECTION, bpm: 97, bpmIs: 'exact' }, 60)).toMatchObject({
      bpm: 97,
      firstDownbeat: 0.5,
    });
    expect(correctTempo(null, { ...NO_CORRECTION, bpm: 97 }, 60)?.beats[1]).toBeCloseTo(60 / 97, 9);
    expect(correctTempo(null, { ...NO_CORRECTION, barOneAt: 3 }, 60)).toBeNull();
  });

  it('begins bar 1 on the beat beside, and moves the grid where there is none', () => {
    const beside = correctTempo(heard(120, 0.5), { ...NO_CORRECTION, barOneAt: 2.02 }, 60);
    expect(beside?.firstDownbeat).toBeCloseTo(2, 9);
    expect(beside?.beats).toEqual(heard(120, 0.5).beats);
    const between = correctTempo(heard(120, 0.5), { ...NO_CORRECTION, barOneAt: 2.2 }, 60);
    expect(between?.firstDownbeat).toBe(2.2);
    expect(between?.beats[0]).toBeCloseTo(0.7, 9);
  });

  it('moves all beats by a nudge, and counts another meter from bar 1', () => {
    const moved = correctTempo(heard(120, 0.5), { ...NO_CORRECTION, shiftMs: -12 }, 60);
    expect(moved?.firstDownbeat).toBeCloseTo(0.488, 9);
    const inSeven = correctTempo(
      heard(120, 0.5),
      { ...NO_CORRECTION, meter: { numerator: 7, denominator: 8 } },
      60,
    );
    expect(inSeven?.bpm).toBe(120);
    expect(new TempoMap(inSeven ?? heard(1, 0)).bars(10)[2]).toMatchObject({ number: 2, seconds: 2.25 });
  });

  it('makes a drifting recording steady, and a steady one follow its beats', () => {
    const steady = correctTempo(slowing(), { ...NO_CORRECTION, grid: 'steady' }, 60);
    expect(steady?.steady).toBe(true);
    expect(steady?.bpm).toBeGreaterThan(109);
    expect(steady?.bpm).toBeLessThan(111);
    const following = correctTempo(heard(120, 0.5), { ...NO_CORRECTION, grid: 'follow' }, 60);
    expect(following?.steady).toBe(false);
    expect(new TempoMap(following ?? heard(1, 0)).secondsAt(7)).toBeCloseTo(4, 9);
  });

  it('doubles a drifting recording along its own beats', () => {
    const double = correctTempo(slowing(), { ...NO_CORRECTION, bpm: 220 }, 60);
    expect(double?.beats[20]).toBeCloseTo(slowing().beats[10] ?? 0, 9);
    expect(double?.steady).toBe(false);
  });
});

describe('a tempo map', () => {
  it('turns beats into seconds and back, beyond its ends as well', () => {
    for (const tempo of [heard(97, 0.3), slowing()]) {
      const map = new TempoMap(tempo);
      for (const beat of [-7.5, -1, 0, 0.25, 13, 50.75, 98, 130])
        expect(map.beatAt(map.secondsAt(beat))).toBeCloseTo(beat, 6);
    }
  });

  it('tells the tempo of each bar, and numbers those before bar 1 backwards', () => {
    const bars = new TempoMap({ ...slowing(), firstDownbeat: slowing().beats[8] ?? 0 }).bars(55);
    expect(bars[0]?.number).toBe(-2);
    expect(bars.find(({ number }) => number === 1)?.seconds).toBe(slowing().beats[8]);
    expect(bars[1]?.bpm).toBeGreaterThan((bars.at(-2)?.bpm ?? 0) + 10);
  });

  it('keeps bars that are shorter than the meter says', () => {
    const map = new TempoMap(heard(120, 0, 60, { downbeats: [0, 4, 8, 10, 14] }));
    expect(map.bars(9).map(({ beatCount }) => beatCount)).toEqual([4, 4, 2, 4, 4]);
    expect(map.placeAt(5.1)).toMatchObject({ bar: 4, beat: 1 });
  });
});
