import { describe, expect, it } from 'vitest';
import {
  decibelsAt,
  MIC_TYPES,
  MICROPHONES,
  type Microphone,
  microphoneDecibels,
  microphoneImpulse,
  patternDecibels,
  proximityDecibels,
  throughMicrophone,
} from '#shared/augment';
import { CONTEXT } from '#test/augment';

const RATE = 44_100;

const aMicrophone = (changed: Partial<Microphone> = {}): Microphone => ({
  type: 'dynamic',
  distance: 1,
  angle: 0,
  fallsWithDistance: false,
  peakSpl: 90,
  hasNoise: false,
  seed: 1,
  ...changed,
});

/** dB of a response at `hertz`, by the sum that defines it. */
function levelAt(response: ArrayLike<number>, hertz: number): number {
  let real = 0;
  let imaginary = 0;
  for (let frame = 0; frame < response.length; frame++) {
    const angle = (2 * Math.PI * hertz * frame) / RATE;
    real += (response[frame] ?? 0) * Math.cos(angle);
    imaginary -= (response[frame] ?? 0) * Math.sin(angle);
  }
  return 20 * Math.log10(Math.hypot(real, imaginary));
}

describe('a microphone', () => {
  it.each(MIC_TYPES)(
    '%s has its table at every point of it, within 1 dB: a filter used twice would be found out',
    type => {
      // Far from the drum proximity is nothing, and the air's share is taken off.
      const microphone = aMicrophone({ type, distance: 10 });
      const { response } = microphoneImpulse(microphone, RATE);
      for (const [hertz, decibels] of MICROPHONES[type].response) {
        const beside = microphoneDecibels(microphone, hertz) - decibelsAt(MICROPHONES[type].response, hertz);
        expect(Math.abs(levelAt(response, hertz) - beside - decibels), `${hertz} Hz`).toBeLessThan(1);
      }
    },
  );

  it.each([
    [0.02, [28.7, 22.7, 16.8, 11]],
    [0.05, [20.8, 14.9, 9.3, 4.6]],
    [0.1, [14.9, 9.3, 4.6, 1.7]],
    [0.3, [6.3, 2.6, 0.8, 0.2]],
    [0.6, [2.6, 0.8, 0.2, 0.1]],
  ])('rises near the drum as physics has it: a cardioid at %d m', (metres, table) => {
    const { response: near } = microphoneImpulse(aMicrophone({ type: 'condenser', distance: metres }), RATE);
    const { response: far } = microphoneImpulse(aMicrophone({ type: 'condenser', distance: 10 }), RATE);
    for (const [index, hertz] of [50, 100, 200, 400].entries()) {
      expect(proximityDecibels(hertz, metres, 0.5)).toBeCloseTo(table[index] ?? 0, 0);
      expect(Math.abs(levelAt(near, hertz) - levelAt(far, hertz) - (table[index] ?? 0))).toBeLessThan(1);
    }
  });

  it('hears twice as far away 6 dB less', () => {
    const level = (distance: number) =>
      levelAt(
        microphoneImpulse(aMicrophone({ type: 'piezo', distance, fallsWithDistance: true }), RATE).response,
        1000,
      );
    expect(level(2) - level(4)).toBeCloseTo(6.02, 1);
  });

  it('of figure of eight hears nothing from the side, a cardioid 6 dB less', () => {
    expect(patternDecibels(0, Math.PI / 2)).toBe(-30);
    expect(patternDecibels(0.5, Math.PI / 2)).toBeCloseTo(-6.02, 2);
    expect(patternDecibels(1, Math.PI)).toBeCloseTo(0, 9);
  });

  it('loses high sound off its axis', () => {
    const level = (angle: number) => microphoneDecibels(aMicrophone({ angle }), 14_000);
    expect(level(0) - level(Math.PI / 2)).toBeGreaterThan(4);
    expect(microphoneDecibels(aMicrophone({ angle: Math.PI / 2 }), 500)).toBeCloseTo(
      microphoneDecibels(aMicrophone(), 500),
      0,
    );
  });

  it('starts where the sound does: no delay is added', () => {
    const { response } = microphoneImpulse(aMicrophone({ type: 'condenser' }), RATE);
    const loudest = response.reduce(
      (best, value, frame) => (Math.abs(value) > Math.abs(response[best] ?? 0) ? frame : best),
      0,
    );
    expect(loudest).toBeLessThan(3);
  });

  const knock = Float32Array.from(
    { length: 4410 },
    (_, frame) => Math.exp(-frame / 600) * Math.sin(frame / 20),
  );

  it('of a telephone near a snare bends what a condenser takes', () => {
    const distortion = (type: 'phone' | 'condenser', peakSpl: number): number => {
      const loud = throughMicrophone.apply(
        { sampleRate: RATE, channels: [knock] },
        aMicrophone({ type, distance: 0.3, peakSpl }),
        CONTEXT,
      );
      const soft = throughMicrophone.apply(
        { sampleRate: RATE, channels: [knock] },
        aMicrophone({ type, distance: 0.3, peakSpl: 60 }),
        CONTEXT,
      );
      return Math.max(
        ...(loud.audio.channels[0] ?? []).map((value, frame) =>
          Math.abs(value - (soft.audio.channels[0]?.[frame] ?? 0)),
        ),
      );
    };
    expect(distortion('phone', 120)).toBeGreaterThan(0.1);
    expect(distortion('condenser', 120)).toBe(0);
  });

  it('adds its own noise as far under the peak as it is under the drum, the same for the same seed', () => {
    const silent = new Float32Array(44_100);
    silent.set(knock);
    const heard = (seed: number) =>
      throughMicrophone.apply(
        { sampleRate: RATE, channels: [silent] },
        aMicrophone({ type: 'phone', hasNoise: true, peakSpl: 90, seed }),
        CONTEXT,
      ).audio.channels[0] ?? new Float32Array();
    const first = heard(1);
    expect(heard(1)).toEqual(first);
    expect(heard(2)).not.toEqual(first);
    const rest = first.slice(20_000, 44_000);
    const level = 10 * Math.log10(rest.reduce((sum, value) => sum + value * value, 0) / rest.length);
    const peak = 20 * Math.log10(Math.max(...first.map(Math.abs)));
    expect(level - peak).toBeCloseTo(30 - 90, 0);
  });
});
