import { describe, expect, it } from 'vitest';
import { estimateTempo, tapTempo } from '#shared/analysis';
import { Random } from '#shared/base';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import { type Meter, type Stroke, type StrokeClass, TempoMap } from '#shared/model';
import { PPQ } from '#shared/units';
import { accentsOfStrokes, scoreBeats } from '#test/beat-scores';

const CLASS_OF: Readonly<Record<string, StrokeClass>> = {
  kick: 'kick',
  snare: 'snare',
  clap: 'clap',
  rim: 'rim',
};

/** A skeleton of ours as strokes, on whatever clock: `secondsOf` tells when a quarter of the pattern sounds. */
function played(
  meter: Meter,
  bars: number,
  secondsOf: (quarter: number) => number,
  { swing = 50, looseMs = 0 } = {},
) {
  const random = Random.ofSeed(5).fork('loose');
  const pattern = composeSkeleton({ ...SKELETON_DEFAULTS, style: 'rock', tempo: 120, meter, bars });
  const strokes = pattern.notes.map((note): Stroke & { time: number } => {
    const eighths = (2 * note.at) / PPQ;
    const late = eighths % 2 === 1 ? (swing - 50) / 100 : 0;
    return {
      time: 0.4 + secondsOf(note.at / PPQ + late) + random.between(-looseMs, looseMs) / 1000,
      class: CLASS_OF[note.instrument] ?? 'chh',
      probability: 1,
      velocity: note.velocity,
    };
  });
  strokes.sort((a, b) => a.time - b.time);
  const beatQuarters = 4 / meter.denominator;
  const times = (count: number, quarters: number): number[] =>
    Array.from({ length: count }, (_, at) => 0.4 + secondsOf(at * quarters));
  return {
    accents: accentsOfStrokes(strokes),
    seconds: (strokes.at(-1)?.time ?? 0) + 1,
    truth: {
      beats: times(bars * meter.numerator, beatQuarters),
      bars: times(bars, meter.numerator * beatQuarters),
    },
  };
}

const FOUR: Meter = { numerator: 4, denominator: 4 };
const steady = (bpm: number) => (quarter: number) => (quarter * 60) / bpm;
/** Seconds by adding up quarters at a tempo that changes. */
const warped = (bpmAt: (quarter: number) => number) => {
  const sums = [0];
  for (let step = 0; step < 20_000; step++) sums.push((sums.at(-1) ?? 0) + 60 / bpmAt(step / 50) / 50);
  return (quarter: number): number => {
    const at = quarter * 50;
    const before = Math.floor(at);
    return (sums[before] ?? 0) + (at - before) * ((sums[before + 1] ?? 0) - (sums[before] ?? 0));
  };
};

describe('tempo of patterns on known clocks', () => {
  it.each([83.37, 96, 120, 140.5, 172])('is exact to 0.01 BPM and steady at %d', bpm => {
    const { accents, seconds, truth } = played(FOUR, 16, steady(bpm));
    const tempo = estimateTempo(accents, seconds);
    expect(tempo?.steady).toBe(true);
    expect(Math.min(...[1, 2, 0.5].map(of => Math.abs((tempo?.bpm ?? 0) - bpm * of)))).toBeLessThan(0.01);
    expect(tempo && scoreBeats(tempo, truth).bars).toBeGreaterThan(0.99);
  });

  it.each([58, 62, 66])('holds for swing of %d percent', swing => {
    const { accents, seconds, truth } = played(FOUR, 16, steady(104), { swing, looseMs: 6 });
    const tempo = estimateTempo(accents, seconds);
    expect(tempo?.bpm).toBeCloseTo(104, 1);
    expect(tempo && scoreBeats(tempo, truth).bars).toBeGreaterThan(0.95);
  });

  it.each([
    ['drifts up and down by 4 %', (quarter: number) => 112 * (1 + 0.04 * Math.sin(quarter / 20))],
    ['slows down to four fifths', (quarter: number) => 120 - Math.max(0, quarter - 48) * 0.5],
  ])('is followed bar by bar where it %s', (_, bpmAt) => {
    const { accents, seconds, truth } = played(FOUR, 24, warped(bpmAt), { looseMs: 5 });
    const tempo = estimateTempo(accents, seconds);
    if (!tempo) throw new Error('no pulse');
    expect(tempo.steady).toBe(false);
    expect(scoreBeats(tempo, truth).beats).toBeGreaterThan(0.95);
    const errors = new TempoMap(tempo)
      .bars(tempo.beats.at(-1) ?? 0)
      .filter(({ number }) => number >= 1 && number <= 23)
      .map(({ number, bpm }) => Math.abs(bpm / bpmAt(4 * number - 2) - 1));
    expect(errors).toHaveLength(23);
    // Strokes 5 ms early or late at both ends of a bar of two seconds are half a per cent.
    expect(Math.max(...errors)).toBeLessThan(0.005);
  });

  it.each([
    [3, 4],
    [5, 4],
    [7, 8],
    [7, 4],
    [6, 8],
  ] as const)('hears bars of %d/%d, the first one where the first kick is', (numerator, denominator) => {
    const meter: Meter = { numerator, denominator };
    const { accents, seconds, truth } = played(meter, 20, steady(126));
    const tempo = estimateTempo(accents, seconds);
    expect(tempo?.meter).toEqual(meter);
    expect(tempo?.firstDownbeat).toBeCloseTo(0.4, 2);
    expect(tempo && scoreBeats(tempo, truth).bars).toBeGreaterThan(0.99);
  });
});

describe('tapTempo', () => {
  const taps = (bpm: number, count: number, late: (at: number) => number = () => 0): number[] =>
    Array.from({ length: count }, (_, at) => 10 + (at * 60) / bpm + late(at));

  it('is the line through the taps, and says how even they are', () => {
    expect(tapTempo(taps(92, 3))).toBeNull();
    expect(tapTempo(taps(92, 8))).toMatchObject({ count: 8 });
    expect(tapTempo(taps(92, 8))?.bpm).toBeCloseTo(92, 6);
    const loose = tapTempo(taps(92, 12, at => (at % 3) * 0.01));
    expect(Math.abs((loose?.bpm ?? 0) - 92)).toBeLessThan(0.5);
    expect(loose?.spreadMs).toBeGreaterThan(5);
  });

  it('does not mind a tap that is missing', () => {
    expect(tapTempo(taps(100, 9).filter((_, at) => at !== 4))?.bpm).toBeCloseTo(100, 6);
  });
});
