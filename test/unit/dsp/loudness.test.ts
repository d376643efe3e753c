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
});

/** Levels in dBFS and seconds of a stereo sine of 1 kHz, one after the other, `times` over. */
const programme = (parts: readonly (readonly [number, number])[], times = 1): PlanarAudio[] =>
  Array.from({ length: times }, () => parts.map(([level, seconds]) => stereoTone(level, seconds))).flat();

/** @see EBU Tech 3341 (2023), table 1; cases 6 (surround), 7 and 8 (recordings) have no signal that code could make for two channels */
describe('the test signals of EBU Tech 3341', () => {
  it.each([
    ['1', [[-23, 20]], -23],
    ['2', [[-33, 20]], -33],
    [
      '3',
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      -23,
    ],
    [
      '4',
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
      -23,
    ],
    [
      '5',
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      -23,
    ],
  ] as const)('%s: integrated loudness within 0.1 LU', (_, parts, lufs) => {
    expect(Math.abs(measured(...programme(parts)).integratedLufs - lufs)).toBeLessThanOrEqual(0.1);
  });

  it('1 and 2: momentary and short-term loudness within 0.1 LU', () => {
    for (const level of [-23, -33]) {
      const { momentaryLufs, shortTermLufs } = measured(stereoTone(level, 4));
      expect(Math.abs(momentaryLufs - level)).toBeLessThanOrEqual(0.1);
      expect(Math.abs(shortTermLufs - level)).toBeLessThanOrEqual(0.1);
    }
  });

  it('9: short-term loudness stays at -23 from the third second on', () => {
    const meter = new LoudnessMeter(48_000, 2);
    const [left, right] = [0, 1].map(channel =>
      programme(
        [
          [-20, 1.34],
          [-30, 1.66],
        ],
        5,
      ).flatMap(({ channels }) => [...(channels[channel] ?? [])]),
    );
    const readings: number[] = [];
    for (let start = 0; start < (left?.length ?? 0); start += 4800) {
      meter.push([left, right].map(side => Float32Array.from(side?.slice(start, start + 4800) ?? [])));
      readings.push(meter.reading().shortTermLufs);
    }
    for (const lufs of readings.slice(29)) expect(Math.abs(lufs + 23)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(meter.finish().highestShortTermLufs + 23)).toBeLessThanOrEqual(0.1);
  });

  it('12: momentary loudness is -23 from the first second on, on the meter’s own steps of 100 ms', () => {
    const meter = new LoudnessMeter(48_000, 2);
    let seconds = 0;
    const readings: number[] = [];
    for (const { channels } of programme(
      [
        [-20, 0.18],
        [-30, 0.22],
      ],
      25,
    )) {
      meter.push(channels);
      seconds += (channels[0]?.length ?? 0) / 48_000;
      if (seconds > 1) readings.push(meter.reading().momentaryLufs);
    }
    for (const reading of readings) expect(Math.abs(reading + 23)).toBeLessThanOrEqual(0.1);
  });

  it.each([
    ['15', 4, 0, 0.5, -6],
    ['16', 4, 45, 0.5, -6],
    ['17', 6, 60, 0.5, -6],
    ['18', 8, 67.5, 0.5, -6],
    ['19', 4, 45, 1.41, 3],
  ])(
    '%s: true peak of a sine at 1/%d of the rate, %d° off its frames, within +0.2 and -0.4 dB',
    (_, part, degrees, amplitude, decibels) => {
      const rate = 48_000;
      const sine = Float64Array.from({ length: rate }, (__, frame) => {
        const fade = Math.min(1, frame / 500, (rate - frame) / 500);
        return fade * amplitude * Math.sin((2 * Math.PI * frame) / part + (degrees * Math.PI) / 180);
      });
      const meter = new LoudnessMeter(rate, 2);
      meter.push([sine, sine]);
      const { truePeakDecibels } = meter.finish();
      expect(truePeakDecibels).toBeGreaterThanOrEqual(decibels - 0.4);
      expect(truePeakDecibels).toBeLessThanOrEqual(decibels + 0.2);
      // Ours is nearer than the standard asks for.
      expect(Math.abs(truePeakDecibels - 20 * Math.log10(amplitude))).toBeLessThan(0.1);
    },
  );
});

/** @see EBU Tech 3342 (2023), table 1; cases 5 and 6 are recordings */
describe('the test signals of EBU Tech 3342', () => {
  it.each([
    [
      '1',
      [
        [-20, 20],
        [-30, 20],
      ],
      10,
    ],
    [
      '2',
      [
        [-20, 20],
        [-15, 20],
      ],
      5,
    ],
    [
      '3',
      [
        [-40, 20],
        [-20, 20],
      ],
      20,
    ],
    [
      '4',
      [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ],
      15,
    ],
  ] as const)('%s: loudness range within 1 LU', (_, parts, lu) => {
    expect(Math.abs(measured(...programme(parts)).rangeLu - lu)).toBeLessThanOrEqual(1);
  });
});
