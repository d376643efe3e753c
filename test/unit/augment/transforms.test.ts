import { describe, expect, it } from 'vitest';
import { activeLevelOf, levelOf, peakOf, TRANSFORMS, transformNamed } from '#shared/augment';
import { Random } from '#shared/base';
import { bandPower, knocks, powerNear, RATE, samplesOf, through, tone, whiteNoise } from '#test/augment';

const SHA = 'a'.repeat(64);
const DRAWN = {
  sampleRate: RATE,
  seconds: 2,
  channelCount: 2,
  recordings: { noise: [SHA], 'short-noise': [SHA], impulse: [SHA], mix: [SHA] },
};
const decibels = (gain: number): number => 20 * Math.log10(gain);
const snrOf = (before: ReturnType<typeof knocks>, after: ReturnType<typeof knocks>): number => {
  const noise = samplesOf(after).map((value, frame) => value - (samplesOf(before)[frame] ?? 0));
  return decibels(activeLevelOf(before) / levelOf({ sampleRate: RATE, channels: [noise] }));
};

describe('every augmentation', () => {
  it('has the names of audiomentations and torch-audiomentations, Lambda left out', () => {
    const named = [
      'AddBackgroundNoise',
      'AddColorNoise',
      'AddGaussianNoise',
      'AddGaussianSNR',
      'AddShortNoises',
      'AdjustDuration',
      'AirAbsorption',
      'Aliasing',
      'ApplyImpulseResponse',
      'BandPassFilter',
      'BandStopFilter',
      'BitCrush',
      'Clip',
      'ClippingDistortion',
      'Gain',
      'GainTransition',
      'HighPassFilter',
      'HighShelfFilter',
      'Limiter',
      'LoudnessNormalization',
      'LowPassFilter',
      'LowShelfFilter',
      'Mp3Compression',
      'Normalize',
      'Padding',
      'PeakingFilter',
      'PitchShift',
      'PolarityInversion',
      'RepeatPart',
      'Resample',
      'Reverse',
      'RoomSimulator',
      'SevenBandParametricEQ',
      'Shift',
      'TanhDistortion',
      'TimeMask',
      'TimeStretch',
      'Trim',
      'AddColoredNoise',
      'Mix',
      'PeakNormalization',
      'RandomCrop',
      'ShuffleChannels',
      'SpliceOut',
      'TimeInversion',
    ];
    expect(named.filter(name => !transformNamed(name))).toEqual([]);
  });

  it.each(TRANSFORMS.map(one => [one.name, one] as const))(
    '%s draws parameters that its own schema takes from no ranges at all, equal for equal seeds',
    (name, one) => {
      const drawn = one.draw(Random.ofSeed(4), {}, DRAWN);
      expect(drawn.name).toBe(name);
      expect(one.draw(Random.ofSeed(4), {}, DRAWN)).toEqual(drawn);
      expect(one.params.parse(JSON.parse(JSON.stringify(drawn.params)))).toEqual(drawn.params);
    },
  );

  it.each(
    TRANSFORMS.filter(
      ({ name }) =>
        !['Mp3Compression', 'LossyCodec', 'PitchShift', 'TimeStretch', 'RoomSimulator'].includes(name),
    ).map(one => [one.name, one] as const),
  )('%s gives equal bytes for equal parameters, finite ones, and leaves its input alone', (_, one) => {
    const audio = knocks([0.1, 0.6, 1.2], 2, 2);
    const before = samplesOf(audio).slice();
    const { params } = one.draw(Random.ofSeed('bytes'), {}, DRAWN);
    const first = through(one.name, audio, params);
    const second = through(one.name, audio, params);
    expect(samplesOf(first.audio)).toEqual(samplesOf(second.audio));
    expect(first.audio.channels.every(channel => channel.every(Number.isFinite))).toBe(true);
    expect(samplesOf(audio)).toEqual(before);
  });
});

describe('levels', () => {
  const audio = knocks([0.2, 0.8]);

  it('Gain changes the level by its decibels', () => {
    expect(decibels(peakOf(through('Gain', audio, { decibels: -6 }).audio) / peakOf(audio))).toBeCloseTo(
      -6,
      4,
    );
  });
  it('GainTransition goes from one level to another', () => {
    const samples = samplesOf(
      through('GainTransition', tone(1000, 2), { from: 0, to: -20, start: 0.5, seconds: 1 }).audio,
    );
    expect(peakOf({ sampleRate: RATE, channels: [samples.slice(0, 20_000)] })).toBeCloseTo(0.5, 3);
    expect(peakOf({ sampleRate: RATE, channels: [samples.slice(70_000)] })).toBeCloseTo(0.05, 3);
  });
  it('Normalize brings the peak to 1, or only what passes it', () => {
    expect(peakOf(through('Normalize', audio, { onlyTooLoud: false }).audio)).toBeCloseTo(1, 6);
    expect(peakOf(through('Normalize', audio, { onlyTooLoud: true }).audio)).toBe(peakOf(audio));
  });
  it('PeakNormalization brings the peak to its level', () => {
    expect(decibels(peakOf(through('PeakNormalization', audio, { decibels: -1 }).audio))).toBeCloseTo(-1, 4);
  });
  it('LoudnessNormalization brings a tone to its loudness', () => {
    const loud = through('LoudnessNormalization', tone(997, 3), { lufs: -20 }).audio;
    // A sine of 997 Hz on one channel reads 3.01 LU under its peak level.
    expect(decibels(peakOf(loud))).toBeCloseTo(-20 + 3.01, 0);
  });
  it('Clip and ClippingDistortion cut what is beyond', () => {
    expect(peakOf(through('Clip', audio, { least: -0.1, most: 0.1 }).audio)).toBeCloseTo(0.1, 6);
    const cut = through('ClippingDistortion', tone(100), { percentile: 40 }).audio;
    expect(peakOf(cut) / 0.5).toBeCloseTo(Math.cos((Math.PI * 0.4) / 2), 1);
  });
  it('PolarityInversion, DcOffset, ShuffleChannels and StereoWidth do what their names say', () => {
    expect(samplesOf(through('PolarityInversion', audio, {}).audio)[9000]).toBe(-samplesOf(audio)[9000]!);
    expect(samplesOf(through('DcOffset', audio, { offset: 0.02 }).audio)[0]).toBeCloseTo(0.02, 6);
    const stereo = { sampleRate: RATE, channels: [samplesOf(audio), samplesOf(tone(300, 2))] };
    expect(through('ShuffleChannels', stereo, { order: [1, 0] }).audio.channels[0]).toEqual(
      stereo.channels[1],
    );
    const narrow = through('StereoWidth', stereo, { width: 0 }).audio;
    expect(narrow.channels[0]).toEqual(narrow.channels[1]);
  });
  it('Compressor has its static curve: 4:1 over a threshold', () => {
    const settings = {
      thresholdDecibels: -20,
      ratio: 4,
      attackMilliseconds: 1,
      releaseMilliseconds: 300,
      kneeDecibels: 0,
      lookaheadMilliseconds: 0,
      makeupDecibels: 0,
      mix: 1,
      sidechainHertz: null,
    };
    const level = (amplitude: number): number => {
      const samples = samplesOf(through('Compressor', tone(2000, 1, amplitude), settings).audio).slice(
        30_000,
      );
      return decibels(peakOf({ sampleRate: RATE, channels: [samples] }));
    };
    expect(level(1)).toBeCloseTo(-20 + 20 / 4, 0);
    expect(level(0.05)).toBeCloseTo(decibels(0.05), 1);
    const parallel = samplesOf(
      through('Compressor', tone(2000, 1, 1), { ...settings, mix: 0.5 }).audio,
    ).slice(30_000);
    expect(peakOf({ sampleRate: RATE, channels: [parallel] })).toBeCloseTo((1 + 10 ** (-15 / 20)) / 2, 1);
  });
  it('Limiter lets nothing pass its threshold and AutomaticGain brings soft and loud together', () => {
    const limited = through('Limiter', audio, {
      thresholdDecibels: -12,
      attackSeconds: 0.002,
      releaseSeconds: 0.1,
      isRelative: true,
    });
    expect(decibels(peakOf(limited.audio) / peakOf(audio))).toBeLessThanOrEqual(-11.999);
    const rider = { targetDecibels: -18, mostDecibels: 24, attackSeconds: 0.01, releaseSeconds: 0.3 };
    const level = (amplitude: number) =>
      levelOf(through('AutomaticGain', tone(500, 3, amplitude), rider).audio);
    expect(decibels(level(0.5) / level(0.05))).toBeLessThan(8);
  });
});

describe('filters', () => {
  const noise = whiteNoise(2);
  const change = (name: string, params: unknown, hertz: number): number =>
    powerNear(samplesOf(through(name, noise, params).audio), hertz) - powerNear(samplesOf(noise), hertz);

  it.each([[12], [24], [48]])('LowPassFilter and HighPassFilter fall by %d dB an octave', rolloff => {
    const low = { hertz: 1000, rolloff, zeroPhase: false };
    expect(change('LowPassFilter', low, 2000)).toBeLessThan(-rolloff + 3);
    expect(change('LowPassFilter', low, 2000)).toBeGreaterThan(-rolloff - 4);
    expect(change('LowPassFilter', low, 300)).toBeCloseTo(0, 0);
    expect(change('HighPassFilter', low, 500)).toBeLessThan(-rolloff + 3);
    expect(change('HighPassFilter', low, 4000)).toBeCloseTo(0, 0);
  });
  it('of zero phase leave onsets where they are', () => {
    const audio = knocks([0.5]);
    const moved = samplesOf(
      through('LowPassFilter', audio, { hertz: 2000, rolloff: 24, zeroPhase: true }).audio,
    );
    const loudest = moved.reduce((best, value, frame) => (value > moved[best]! ? frame : best), 0);
    expect(Math.abs(loudest - 0.5 * RATE)).toBeLessThan(25);
  });
  it('BandPassFilter keeps a band, BandStopFilter the rest', () => {
    const band = { low: 800, high: 1600, rolloff: 24, zeroPhase: false };
    expect(change('BandPassFilter', band, 1130)).toBeGreaterThan(-3);
    expect(change('BandPassFilter', band, 300)).toBeLessThan(-25);
    expect(change('BandStopFilter', { ...band, high: 2400 }, 1390)).toBeLessThan(-10);
    expect(change('BandStopFilter', band, 200)).toBeCloseTo(0, 0);
  });
  it('shelves, bells and seven bands lift what they name', () => {
    expect(change('LowShelfFilter', { hertz: 300, decibels: 9 }, 60)).toBeCloseTo(9, 0);
    expect(change('HighShelfFilter', { hertz: 3000, decibels: -9 }, 14_000)).toBeCloseTo(-9, 0);
    expect(change('PeakingFilter', { hertz: 1000, decibels: 12, octaves: 1 }, 1000)).toBeCloseTo(12, 0);
    expect(change('SevenBandParametricEQ', { decibels: [0, 0, 0, 10, 0, 0, 0] }, 1200)).toBeCloseTo(10, 0);
  });
  it('AirAbsorption takes what ISO 9613 says: 10.5 dB of 8 kHz over 100 m at 20 degrees and 50 %', () => {
    expect(change('AirAbsorption', { celsius: 20, humidity: 50, metres: 100 }, 8000)).toBeCloseTo(-10.5, 0);
    expect(change('AirAbsorption', { celsius: 20, humidity: 50, metres: 100 }, 500)).toBeCloseTo(-0.27, 0);
  });
  it('VoiceCall has a telephone’s band', () => {
    expect(change('VoiceCall', { isWide: false }, 5000)).toBeLessThan(-30);
    expect(change('VoiceCall', { isWide: false }, 1000)).toBeGreaterThan(-3);
    expect(change('VoiceCall', { isWide: true }, 5000)).toBeGreaterThan(-4);
  });
});

describe('noises', () => {
  const audio = knocks([0.1, 0.4, 0.7, 1, 1.3, 1.6]);

  it.each([
    ['AddColorNoise', { snr: 20, slope: -3, isWeighted: false, seed: 3 }],
    ['AddColorNoise', { snr: 20, slope: 3, isWeighted: true, seed: 3 }],
    ['AddGaussianSNR', { snr: 20, seed: 3 }],
    ...(
      [
        'white',
        'pink',
        'brown',
        'blue',
        'violet',
        'hvac',
        'hum',
        'room_tone',
        'tape_hiss',
        'vinyl',
        'crowd',
        'rain',
        'wind',
      ] as const
    ).map(kind => ['AddNoise', { kind, snr: 20, under: 'active', seed: 3 }] as const),
    ['AddBackgroundNoise', { recording: SHA, from: 0.3, snr: 20, level: null }],
  ] as const)('%s %o lies its 20 dB under what sounds, pauses left out', (name, params) => {
    expect(Math.abs(snrOf(audio, through(name, audio, params).audio) - 20)).toBeLessThan(1.5);
  });
  it('AddGaussianNoise has its amplitude whatever the sound', () => {
    const noisy = through(
      'AddGaussianNoise',
      { sampleRate: RATE, channels: [new Float32Array(RATE)] },
      { amplitude: 0.01, seed: 1 },
    );
    expect(levelOf(noisy.audio)).toBeCloseTo(0.01, 3);
  });
  it('Mix adds another recording by its ratio', () => {
    expect(snrOf(audio, { ...through('Mix', audio, { recording: SHA, snr: 6 }).audio })).toBeLessThan(12);
  });
  it('AddShortNoises sounds only where its bursts are', () => {
    const silence = knocks([0.1], 2);
    const bursts = [{ recording: SHA, at: 1, seconds: 0.3, snr: 0, fadeIn: 0.01, fadeOut: 0.05 }];
    const samples = samplesOf(through('AddShortNoises', silence, { bursts, signalDecibels: null }).audio);
    expect(levelOf({ sampleRate: RATE, channels: [samples.slice(RATE, 1.3 * RATE)] })).toBeGreaterThan(0.02);
    expect(levelOf({ sampleRate: RATE, channels: [samples.slice(1.31 * RATE)] })).toBe(0);
  });
  it('colours slope as they should', () => {
    const silence = { sampleRate: RATE, channels: [new Float32Array(4 * RATE), new Float32Array(4 * RATE)] };
    silence.channels[0]!.set(samplesOf(tone(997, 0.05)));
    for (const [kind, slope] of [
      ['white', 0],
      ['pink', -3],
      ['brown', -6],
      ['blue', 3],
      ['violet', 6],
    ] as const) {
      const samples = samplesOf(
        through('AddNoise', silence, { kind, snr: 0, under: 'active', seed: 2 }).audio,
      ).slice(RATE);
      const octaves = [500, 4000].map(hertz => bandPower(samples, hertz));
      expect(Math.abs((octaves[1]! - octaves[0]!) / 3 - slope), kind).toBeLessThan(1);
    }
  });
});

describe('grit', () => {
  const harmonic = (samples: Float32Array, number: number): number =>
    powerNear(samples, 500 * number) - powerNear(samples, 500);

  it('TanhDistortion adds odd harmonics and keeps the level', () => {
    const audio = tone(500);
    const bent = through('TanhDistortion', audio, { distortion: 0.5 }).audio;
    expect(harmonic(samplesOf(bent), 3)).toBeGreaterThan(-25);
    expect(decibels(levelOf(bent) / levelOf(audio))).toBeCloseTo(0, 2);
  });
  it('Preamp: warm adds seconds first, aggressive thirds, clean next to nothing', () => {
    const audio = tone(500, 1, 0.25);
    const heard = (type: string, drive: number) => samplesOf(through('Preamp', audio, { type, drive }).audio);
    expect(harmonic(heard('warm', 0.8), 2)).toBeGreaterThan(harmonic(heard('warm', 0.8), 3) + 10);
    expect(harmonic(heard('aggressive', 0.8), 3)).toBeGreaterThan(harmonic(heard('aggressive', 0.8), 2));
    expect(harmonic(heard('clean', 0.2), 2)).toBeLessThan(-80);
    expect(harmonic(heard('clean', 0.2), 3)).toBeLessThan(-80);
  });
  it('Preamp does not alias: images of 10 kHz stay 80 dB under it', () => {
    const samples = samplesOf(
      through('Preamp', tone(10_000, 1, 0.7), { type: 'aggressive', drive: 0.5 }).audio,
    );
    // The third harmonic of 10 kHz would fold to 14.1 kHz, the fifth to 5.9.
    for (const image of [14_100, 5900, 4100])
      expect(
        powerNear(samples.slice(8000, 36_000), image) - powerNear(samples.slice(8000, 36_000), 10_000),
      ).toBeLessThan(-80);
  });
  it('BitCrush leaves as many values as its bits have, BitDepth dithers', () => {
    const values = new Set(samplesOf(through('BitCrush', tone(441), { bits: 4 }).audio));
    expect(values.size).toBeLessThanOrEqual(16);
    const clean = tone(441, 1, 0.4);
    const dithered = through('BitDepth', clean, { bits: 8, seed: 1 }).audio;
    const error = samplesOf(dithered).map((value, frame) => value - samplesOf(clean)[frame]!);
    expect(decibels(levelOf({ sampleRate: RATE, channels: [error] }))).toBeCloseTo(decibels(1 / 128 / 2), 0);
  });
  it('Resample loses what is above half its rate, Aliasing folds it', () => {
    const high = tone(6000);
    expect(powerNear(samplesOf(through('Resample', high, { sampleRate: 8000 }).audio), 6000)).toBeLessThan(
      -60,
    );
    const folded = samplesOf(through('Aliasing', high, { sampleRate: 8000 }).audio);
    expect(powerNear(folded, 2000)).toBeGreaterThan(-25);
  });
});
