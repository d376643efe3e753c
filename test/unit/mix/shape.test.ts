import { describe, expect, it } from 'vitest';
import { shapedAudio, shapedFrames, shapedOnset } from '#shared/mix';
import { type HitShape, PLAIN_SHAPE, type PlanarAudio } from '#shared/model';

const RATE = 48_000;
const shape = (changed: Partial<HitShape>): HitShape => ({ ...PLAIN_SHAPE, ...changed });
const sine = (hertz: number, frames: number): PlanarAudio => ({
  sampleRate: RATE,
  channels: [
    Float32Array.from({ length: frames }, (_, frame) => Math.sin((2 * Math.PI * hertz * frame) / RATE)),
  ],
});
const samplesOf = (audio: PlanarAudio): Float32Array => audio.channels[0] ?? new Float32Array(0);

describe('a shape', () => {
  it('that is plain leaves the very slice', () => {
    const audio = sine(440, 100);
    expect(shapedAudio(audio, PLAIN_SHAPE)).toBe(audio);
  });

  it('trims to the frame, and fades what is left along raised cosines', () => {
    const audio = { sampleRate: RATE, channels: [new Float32Array(4800).fill(1)] };
    const shaped = samplesOf(
      shapedAudio(audio, shape({ trimStart: 0.01, trimEnd: 0.02, fadeIn: 0.002, fadeOut: 0.004 })),
    );
    expect(shaped).toHaveLength(4800 - 480 - 960);
    expect(shaped[0]).toBeLessThan(1e-3);
    expect(shaped[48]).toBeCloseTo(0.5, 1);
    expect(shaped[96]).toBe(1);
    expect(shaped.at(-97)).toBeCloseTo(0.5, 1);
    expect(shaped.at(-1)).toBeLessThan(1e-3);
  });

  it('an octave up is twice as fast: a tone of 1 kHz becomes one of 2 kHz, as clean', () => {
    const shaped = samplesOf(shapedAudio(sine(1000, 9600), shape({ semitones: 12 })));
    expect(shaped).toHaveLength(4800);
    const wanted = samplesOf(sine(2000, 4800));
    // Away from the ends, where silence begins.
    for (let frame = 400; frame < 4400; frame++) expect(shaped[frame]).toBeCloseTo(wanted[frame] ?? NaN, 4);
  });

  it('detunes by a hundredth of a semitone, true to a thousandth of the phase', () => {
    const speed = 2 ** (0.01 / 12);
    const shaped = samplesOf(shapedAudio(sine(1000, 48_000), shape({ semitones: 0.01 })));
    const wanted = samplesOf(sine(1000 * speed, 48_000));
    for (let frame = 24_000; frame < 24_100; frame++)
      expect(shaped[frame]).toBeCloseTo(wanted[frame] ?? NaN, 4);
  });

  it('lets nothing fold back when it is played faster', () => {
    const shaped = samplesOf(shapedAudio(sine(15_000, 9600), shape({ semitones: 12 })));
    const peak = shaped.subarray(400, 4400).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(20 * Math.log10(peak)).toBeLessThan(-90);
  });

  it('has a gain in decibels', () => {
    const audio = { sampleRate: RATE, channels: [Float32Array.of(0.25)] };
    expect(samplesOf(shapedAudio(audio, shape({ gainDecibels: 6.0206 })))[0]).toBeCloseTo(0.5, 5);
  });

  it('keeps the attack on its event: moved by what is cut before it, and by the speed', () => {
    expect(shapedOnset(480, 4800, RATE, PLAIN_SHAPE)).toBe(480);
    expect(shapedOnset(480, 4800, RATE, shape({ trimStart: 0.005 }))).toBe(240);
    expect(shapedOnset(480, 4800, RATE, shape({ trimStart: 0.005, semitones: 12 }))).toBeCloseTo(120, 9);
    const impulse = new Float32Array(4800);
    impulse[480] = 1;
    const slow = shape({ trimStart: 0.002, semitones: -12 });
    const shaped = samplesOf(shapedAudio({ sampleRate: RATE, channels: [impulse] }, slow));
    const loudest = shaped.reduce((best, value, frame) => (value > (shaped[best] ?? 0) ? frame : best), 0);
    expect(loudest).toBe(shapedOnset(480, 4800, RATE, slow));
  });

  it('begins on its event where the attack was cut away, and where it is reversed', () => {
    expect(shapedOnset(480, 4800, RATE, shape({ trimStart: 0.02 }))).toBe(0);
    expect(shapedOnset(480, 4800, RATE, shape({ reversed: true }))).toBe(0);
  });

  it('leaves a frame of a slice that is trimmed to nothing', () => {
    const all = shape({ trimStart: 3, trimEnd: 3, semitones: 24 });
    expect(samplesOf(shapedAudio(sine(100, 50), all))).toHaveLength(1);
    expect(shapedFrames(50, RATE, all)).toBe(1);
    expect(shapedFrames(0, RATE, all)).toBe(0);
  });
});
