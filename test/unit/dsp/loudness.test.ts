import { describe, expect, it } from 'vitest';
import { LoudnessMeter } from '#shared/dsp';
import type { PlanarAudio } from '#shared/model';
import { silence, together, tone } from '#test/audio';

function measured(...sounds: readonly PlanarAudio[]): ReturnType<LoudnessMeter['finish']> {
  const [first] = sounds;
  const meter = new LoudnessMeter(first?.sampleRate ?? 0, first?.channels.length ?? 0);
  for (const { channels } of sounds) {
    // Odd pieces: the blocks of the standard must not depend on them.
    for (let start = 0; start < (channels[0]?.length ?? 0); start += 12_345) {
      meter.push(channels.map(channel => channel.subarray(start, start + 12_345)));
    }
  }
  return meter.finish();
}

const stereoTone = (decibels: number, seconds: number, rate = 48_000): PlanarAudio => {
  const one = tone(1000, seconds, rate, 10 ** (decibels / 20));
  return together([one, one]);
};

/** @see EBU Tech 3341, table 1: the compliance signals and their tolerance of 0.1 LU */
describe('LoudnessMeter', () => {
  it.each([44_100, 48_000, 96_000])('reads -23.0 LUFS on a stereo sine of -23 dBFS at %i Hz', rate => {
    expect(Math.abs(measured(stereoTone(-23, 4, rate)).integratedLufs + 23)).toBeLessThan(0.1);
  });

  it('leaves quiet passages out by its relative gate', () => {
    const lufs = measured(stereoTone(-36, 5), stereoTone(-23, 20), stereoTone(-36, 5)).integratedLufs;
    expect(Math.abs(lufs + 23)).toBeLessThan(0.1);
  });

  it('leaves near silence out by its absolute gate', () => {
    const lufs = measured(stereoTone(-72, 5), stereoTone(-36, 5), stereoTone(-23, 20), stereoTone(-72, 5));
    expect(Math.abs(lufs.integratedLufs + 23)).toBeLessThan(0.1);
  });

  it('counts mono as one channel, 3 LU below the same on two', () => {
    const mono = measured(tone(1000, 4, 48_000, 10 ** (-20 / 20))).integratedLufs;
    expect(Math.abs(mono + 23)).toBeLessThan(0.1);
  });

  it('says -Infinity of silence and of less than a block', () => {
    expect(measured(silence(2)).integratedLufs).toBe(-Infinity);
    expect(measured(silence(2)).truePeakDecibels).toBe(-Infinity);
    expect(measured(tone(1000, 0.3)).integratedLufs).toBe(-Infinity);
  });

  it('finds the peak between the frames of a sine at a quarter of the rate', () => {
    const rate = 48_000;
    const samples = Float32Array.from(
      { length: rate },
      (_, frame) => 0.5 * Math.sin((Math.PI / 2) * frame + Math.PI / 4),
    );
    const { peakDecibels, truePeakDecibels } = measured({ sampleRate: rate, channels: [samples] });
    expect(peakDecibels).toBeCloseTo(-9.03, 2);
    // EBU Tech 3341, signal 15: within +0.2 and -0.4 dB. The onset of the sine overshoots a little.
    expect(truePeakDecibels).toBeGreaterThan(-6.1);
    expect(truePeakDecibels).toBeLessThan(-5.6);
  });
});
