import { describe, expect, it } from 'vitest';
import { keptOf, kitOfPattern, mixVoices, planLoop } from '#shared/mix';
import {
  COMMON_TIME,
  hitId,
  type Note,
  noteId,
  type Pattern,
  PLAIN,
  PLAIN_FRAME,
  passesOf,
  patternTicks,
  type PlanarAudio,
} from '#shared/model';
import { ticks } from '#shared/units';

const SAMPLE_RATE = 44_100;

const note = (id: string, at: number, more: Partial<Note> = {}): Note => ({
  ...PLAIN,
  id: noteId(id),
  role: 'CORE',
  instrument: 'kick',
  at: ticks(at),
  feel: 0,
  velocity: 1,
  length: ticks(240),
  hit: hitId('kick'),
  source: 'editor',
  ...more,
});
const bar = (notes: readonly Note[], tempo = 120): Pattern => ({
  ...PLAIN_FRAME,
  tempo,
  bars: [COMMON_TIME],
  notes: [...notes],
});

/** A tail that says how old it is: its frame n holds n + 1 millionths. */
const ramp = (frames: number): PlanarAudio => ({
  sampleRate: SAMPLE_RATE,
  channels: [Float32Array.from({ length: frames }, (_, frame) => (frame + 1) / 2 ** 20)],
});

function looped(pattern: Pattern, audio: Readonly<Record<string, PlanarAudio>>, passes = 1): Float32Array {
  const audioOf = (hit: string): PlanarAudio => audio[hit] ?? ramp(0);
  const plan = planLoop(pattern, kitOfPattern(pattern, SAMPLE_RATE), passes, {
    sampleRate: SAMPLE_RATE,
    hitFrames: hit => audioOf(hit).channels[0]?.length ?? 0,
  });
  const blocks = keptOf(
    mixVoices(plan.voices, audioOf, { sampleRate: SAMPLE_RATE, frames: plan.frames }),
    plan.kept,
  );
  const left = [...blocks].flatMap(({ mix }) => [...(mix.channels[0] ?? [])]);
  return Float32Array.from(left);
}

const GAIN = 10 ** (-6 / 20);
/** Frames of the ramp that are heard at `frame`, as one number. */
const ageAt = (mix: Float32Array, frame: number): number => Math.round(((mix[frame] ?? 0) / GAIN) * 2 ** 20);

describe('a pattern as a loop', () => {
  it.each([
    [120, 1, 88_200],
    [93.7, 1, Math.round(((4 * 60) / 93.7) * SAMPLE_RATE)],
    [93.7, 7, Math.round(7 * ((4 * 60) / 93.7) * SAMPLE_RATE)],
  ])('at %f BPM, %i times, lasts exactly %i frames', (tempo, passes, frames) => {
    expect(looped(bar([note('a', 0)], tempo), { kick: ramp(100) }, passes)).toHaveLength(frames);
  });

  it('sounds at its start what rings on over its end', () => {
    const mix = looped(bar([note('a', 3 * 960)]), { kick: ramp(40_000) });
    const onset = 66_150;
    expect(ageAt(mix, onset)).toBe(1);
    expect(ageAt(mix, 88_199)).toBe(88_200 - onset);
    expect(ageAt(mix, 0)).toBe(88_200 - onset + 1);
    expect(ageAt(mix, 40_000 - (88_200 - onset) - 1)).toBe(40_000);
    expect(mix[40_000 - (88_200 - onset)]).toBe(0);
  });

  it('adds up a tail that is longer than several times round', () => {
    const mix = looped(bar([note('a', 0)]), { kick: ramp(200_000) });
    expect(ageAt(mix, 0)).toBe(1 + 88_201 + 176_401);
    expect(ageAt(mix, 50_000)).toBe(50_001 + 138_201);
  });

  it('sounds at its end what is pushed to before its start', () => {
    const mix = looped(bar([note('a', 0, { feel: -96 })]), { kick: ramp(1000) });
    const early = Math.round((96 / 960) * 0.5 * SAMPLE_RATE);
    expect(ageAt(mix, 88_200 - early)).toBe(1);
    expect(mix[88_200 - early - 1]).toBe(0);
    expect(mix[0]).toBe(0);
  });

  it('lets its first strokes choke its last ones', () => {
    const hats = [
      note('open', 3 * 960, { role: 'MOTION', instrument: 'ohh', hit: hitId('open') }),
      note('closed', 0, { role: 'MOTION', instrument: 'chh', hit: hitId('closed') }),
    ];
    const mix = looped(bar(hats), { open: ramp(60_000), closed: ramp(1) });
    expect(ageAt(mix, 88_199)).toBe(88_200 - 66_150);
    expect(mix[Math.round(0.008 * SAMPLE_RATE) + 2]).toBe(0);
  });

  it('draws chances anew in every pass', () => {
    const chancy = bar([note('a', 0), note('b', 960, { probability: 0.5 })]);
    const counts = Array.from({ length: 16 }, (_, pass) => passesOf(chancy, [pass]).notes.length);
    expect(new Set(counts)).toEqual(new Set([1, 2]));
    const all = passesOf(
      chancy,
      Array.from({ length: 16 }, (_, pass) => pass),
    );
    expect(all.notes).toHaveLength(counts.reduce((sum, count) => sum + count, 0));
    expect(new Set(all.notes.map(({ id }) => id)).size).toBe(all.notes.length);
    expect(passesOf(all, [0]).notes).toEqual(all.notes);
  });

  it('goes back to its first tempo in every pass', () => {
    const slower = { ...bar([note('a', 0)]), tempoChanges: [{ at: 1920, tempo: 60 }] };
    const length = patternTicks(slower);
    expect(passesOf(slower, [0, 1]).tempoChanges).toEqual([
      { at: 1920, tempo: 60 },
      { at: length, tempo: 120 },
      { at: length + 1920, tempo: 60 },
    ]);
  });
});
