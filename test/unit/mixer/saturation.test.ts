import { describe, expect, it } from 'vitest';
import { LoudnessMeter } from '#shared/dsp';
import { Saturation, SATURATION_FRAMES, saturated } from '#shared/mixer';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { amplitudeOf, decibelsOf, sineOf } from '#test/spectrum';

const RATE = 48_000;
/** 10 Hz apart. */
const PERIOD = 4800;

function driven(samples: Float64Array, drive: number, block = samples.length): Float64Array {
  const saturation = new Saturation(RATE, drive);
  const output = samples.slice();
  for (let start = 0; start < output.length; start += block) {
    const piece = output.subarray(start, start + block);
    saturation.pass(piece, piece.length);
  }
  return output;
}

describe('saturation', () => {
  it('without drive only delays, bit for bit', () => {
    const sound = sineOf(37, 1000, 1000, 0.9);
    expect(driven(sound, 0).slice(SATURATION_FRAMES)).toEqual(sound.slice(0, -SATURATION_FRAMES));
  });

  it('bends a low sine along its curve, in time with the delay', () => {
    for (const drive of [0.3, 0.6, 1]) {
      const sound = sineOf(5, PERIOD, 2 * PERIOD, 0.8);
      const output = driven(sound, drive);
      for (let frame = PERIOD; frame < 2 * PERIOD; frame += 7) {
        const still = saturated(sound[frame - SATURATION_FRAMES] ?? 0, drive);
        expect(Math.abs((output[frame] ?? 0) - still)).toBeLessThan(2e-4);
      }
    }
  });

  it.each([5010, 10_010, 13_310, 15_730, 16_150, 17_990])(
    'keeps aliases of a full-scale sine of %i Hz at full drive more than 60 dB below it',
    hertz => {
      const cycles = hertz / 10;
      const output = driven(sineOf(cycles, PERIOD, 2 * PERIOD, 1), 1).slice(PERIOD);
      const aliases = [];
      for (let bin = 3; bin <= 2000; bin += 3) if (bin % cycles !== 0) aliases.push(amplitudeOf(output, bin));
      expect(decibelsOf(Math.max(...aliases) / amplitudeOf(output, cycles))).toBeLessThan(-60);
    },
  );

  it('adds odd overtones only', () => {
    const output = driven(sineOf(100, PERIOD, 2 * PERIOD, 0.7), 0.7).slice(PERIOD);
    expect(decibelsOf(amplitudeOf(output, 300) / amplitudeOf(output, 100))).toBeGreaterThan(-30);
    expect(decibelsOf(amplitudeOf(output, 200) / amplitudeOf(output, 100))).toBeLessThan(-120);
  });

  it('keeps drums about as loud at any drive', () => {
    const [drums = new Float32Array(0)] = drumTrack(rockBars(100, 2), 5, RATE).channels;
    const lufs = (drive: number): number => {
      const meter = new LoudnessMeter(RATE, 1);
      meter.push([
        driven(
          Float64Array.from(drums, value => value / 2),
          drive,
        ),
      ]);
      return meter.finish().integratedLufs;
    };
    for (const drive of [0.25, 0.5, 0.75, 1]) expect(Math.abs(lufs(drive) - lufs(0))).toBeLessThan(1.5);
  });

  it('does not depend on how the stream is cut', () => {
    const sound = sineOf(123, 1000, 3000, 0.9);
    expect(driven(sound, 0.8, 128)).toEqual(driven(sound, 0.8, 3000));
  });

  it('goes to another drive without a click', () => {
    const sound = sineOf(10, PERIOD, 4 * PERIOD, 0.5);
    const saturation = new Saturation(RATE, 0);
    const steps: number[] = [];
    for (let start = 0; start < sound.length; start += 128) {
      if (start === 38 * 128) saturation.aim(1);
      if (start === 90 * 128) saturation.aim(0);
      const piece = sound.subarray(start, start + 128);
      saturation.pass(piece, piece.length);
    }
    for (let frame = 100; frame < sound.length; frame++) {
      steps.push(Math.abs((sound[frame] ?? 0) - 2 * (sound[frame - 1] ?? 0) + (sound[frame - 2] ?? 0)));
    }
    // The curve itself bends a sine of 100 Hz by less than this from frame to frame.
    expect(Math.max(...steps)).toBeLessThan(1e-3);
  });
});
