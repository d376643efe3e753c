import { describe, expect, it } from 'vitest';
import { type HeardStroke, patternOfStrokes, strokesOfTrack, type StruckHit } from '#shared/compose';
import { type Hit, hitId, INSTRUMENT_FACTS, type Instrument, type Stroke, TempoSchema } from '#shared/model';

const tempo = TempoSchema.parse({
  bpm: 120,
  firstDownbeat: 1,
  meter: { numerator: 4, denominator: 4 },
  confidence: 1,
  beats: Array.from({ length: 200 }, (_, index) => index / 2),
});

const stroke = (beat: number, instrument: Instrument, more: Partial<HeardStroke> = {}): HeardStroke => ({
  time: 1 + beat / 2,
  instrument,
  role: INSTRUMENT_FACTS[instrument].role,
  velocity: 0.7,
  hit: null,
  flam: null,
  ...more,
});

const rock = (bar: number): HeardStroke[] => [
  ...[0, 2].map(beat => stroke(4 * bar + beat, 'kick')),
  ...[1, 3].map(beat => stroke(4 * bar + beat, 'snare')),
  ...[0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map(beat => stroke(4 * bar + beat, 'chh')),
];
const barsOf = (count: number): HeardStroke[] => Array.from({ length: count }, (_, bar) => rock(bar)).flat();

describe('patternOfStrokes', () => {
  it('writes strokes on sixteenths and keeps what the drummer did beside them as feel', () => {
    const made = patternOfStrokes([stroke(0, 'kick'), stroke(1.02, 'snare'), stroke(1.73, 'kick')], tempo, 5);
    expect(made?.pattern.notes.map(({ at, feel }) => [at, Math.round(feel)])).toEqual([
      [0, 0],
      [960, 19],
      [1680, -19],
    ]);
    expect(made).toMatchObject({ firstBar: 1, from: 1, to: 3, strokeCount: 3 });
  });

  it('writes triplets where the groove is played in them', () => {
    const shuffle = Array.from({ length: 16 }, (_, beat) => [
      stroke(beat, 'ride'),
      stroke(beat + 2 / 3 + 0.01, 'ride'),
    ]).flat();
    const made = patternOfStrokes(shuffle, tempo, 12);
    expect(new Set(made?.pattern.notes.map(({ at }) => at % 960))).toEqual(new Set([0, 640]));
  });

  it('writes one fill in triplets in a straight groove as what it is', () => {
    const fill = [0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3].map(beat => stroke(14 + beat, 'mt'));
    const made = patternOfStrokes([...barsOf(3), ...fill], tempo, 12);
    const toms = made?.pattern.notes.filter(note => note.instrument === 'mt') ?? [];
    expect(toms.map(({ at }) => at % 960)).toEqual([0, 320, 640, 0, 320, 640]);
  });

  it('writes a roll in thirty-seconds as strokes of their own', () => {
    const roll = Array.from({ length: 8 }, (_, index) => stroke(3 + index / 8, 'snare'));
    const made = patternOfStrokes([stroke(0, 'kick'), ...roll], tempo, 4);
    const at = made?.pattern.notes.filter(note => note.instrument === 'snare').map(note => note.at);
    expect(at).toEqual(roll.map((_, index) => 2880 + index * 120));
  });

  it('keeps a flam as one note when its hit has both strokes, the second one in time', () => {
    const made = patternOfStrokes([stroke(1 - 0.05, 'snare', { flam: 0.025 }), stroke(2, 'kick')], tempo, 4);
    const [flam] = made?.pattern.notes ?? [];
    expect(flam).toMatchObject({ at: 960, ornament: 'flam' });
    expect(flam?.feel).toBeCloseTo(-48, 6);
  });

  it('keeps a flam as two notes on one step when two hits sound for it', () => {
    const made = patternOfStrokes([stroke(0.95, 'snare', { velocity: 0.3 }), stroke(1, 'snare')], tempo, 4);
    expect(made?.pattern.notes.map(({ at, velocity }) => [at, velocity])).toEqual([
      [960, 0.3],
      [960, 0.7],
    ]);
  });

  it('takes a short song whole and of a long one the bars that are like the rest', () => {
    expect(patternOfStrokes(barsOf(6), tempo, 14)?.pattern.bars).toHaveLength(6);
    const odd = Array.from({ length: 8 }, (_, bar) => stroke(4 * bar + 0.25 * bar, 'crash'));
    const song = [...odd, ...barsOf(40).filter(({ time }) => time >= 17)];
    const made = patternOfStrokes(song, tempo, 82);
    expect(made?.pattern.bars).toHaveLength(8);
    expect(made?.firstBar).toBeGreaterThan(8);
    expect(made?.pattern.notes).toHaveLength(8 * 12);
  });

  it('takes all bars, or those that are asked for', () => {
    expect(patternOfStrokes(barsOf(40), tempo, 82, 'whole')?.pattern.bars).toHaveLength(40);
    const some = patternOfStrokes(barsOf(40), tempo, 82, { first: 9, count: 2 });
    expect(some).toMatchObject({ firstBar: 9, from: 17, strokeCount: 24 });
    expect(patternOfStrokes(barsOf(4), tempo, 10, { first: 90, count: 2 })).toBeNull();
  });

  it('has nothing to say without strokes', () => {
    expect(patternOfStrokes([], tempo, 10)).toBeNull();
  });
});

const hit = (frame: number, instrument: Instrument, more: Partial<StruckHit> = {}): StruckHit => ({
  id: hitId(`${instrument} ${frame}`),
  onsetFrame: frame,
  flamFrames: null,
  velocity: 0.5,
  duplicates: [],
  judgement: {
    role: INSTRUMENT_FACTS[instrument].role,
    instrument,
    instrumentScores: { [instrument]: 1 },
    roleScores: {} as NonNullable<Hit['judgement']>['roleScores'],
    reasons: [],
  },
  override: null,
  quality: null,
  ...more,
});
const heard = (name: Stroke['class'], velocity = 0.5): Stroke => ({
  class: name,
  probability: 0.9,
  velocity,
});

describe('strokesOfTrack', () => {
  it('gives drums struck together hits that were struck alone', () => {
    const hits = [hit(0, 'kick'), hit(1000, 'kick'), hit(2000, 'chh')];
    const onsets = [
      { frame: 3, strokes: [heard('kick'), heard('chh', 0.4)] },
      { frame: 1000, strokes: [heard('kick')] },
      { frame: 2000, strokes: [heard('chh')] },
    ];
    const strokes = strokesOfTrack(hits, onsets, 44_100);
    expect(strokes.map(({ instrument, hit: own }) => [instrument, own])).toEqual([
      ['kick', 'kick 1000'],
      ['chh', 'chh 2000'],
      ['kick', 'kick 1000'],
      ['chh', 'chh 2000'],
    ]);
    expect(strokes[1]?.velocity).toBe(0.4);
  });

  it('plays a hit for every stroke that sounded like it', () => {
    const twins = [{ onsetFrame: 5000, frames: 100 }];
    const strokes = strokesOfTrack([hit(0, 'snare', { duplicates: twins })], [], 1000);
    expect(strokes.map(({ time, hit: own }) => [time, own])).toEqual([
      [0, 'snare 0'],
      [5, 'snare 0'],
    ]);
  });

  it('makes no drum of an attack at which the network heard none, but takes other percussion and what the user says', () => {
    const onsets = [{ frame: 0, strokes: [heard('kick')] }, { frame: 20_000 }];
    const at = (late: StruckHit, from: readonly (typeof onsets)[number][] = onsets) =>
      strokesOfTrack([hit(0, 'kick'), late], from, 44_100).map(({ instrument }) => instrument);
    expect(at(hit(20_000, 'snare'))).toEqual(['kick']);
    expect(at(hit(20_000, 'perc'))).toEqual(['kick', 'perc']);
    expect(at(hit(20_000, 'snare', { override: { instrument: 'clap' } }))).toEqual(['kick', 'clap']);
    // A slice that was moved away from its onset is what it sounds like, as is every slice where no classes were heard.
    expect(at(hit(21_000, 'snare'))).toEqual(['kick', 'snare']);
    expect(at(hit(20_000, 'snare'), [{ frame: 0 }, { frame: 20_000 }])).toEqual(['kick', 'snare']);
  });

  it('tells a tom by what its hit was judged to be, and follows the user where he says otherwise', () => {
    const onsets = [{ frame: 0, strokes: [heard('toms')] }];
    expect(strokesOfTrack([hit(0, 'lt')], onsets, 44_100)[0]?.instrument).toBe('lt');
    expect(strokesOfTrack([hit(0, 'perc')], onsets, 44_100)[0]?.instrument).toBe('mt');
    const said = hit(0, 'lt', { override: { instrument: 'clap' } });
    expect(strokesOfTrack([said], onsets, 44_100)[0]?.instrument).toBe('clap');
  });
});
