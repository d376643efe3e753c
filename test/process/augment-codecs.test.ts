import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openAugmentContext } from '#main/dataset';
import { type AugmentContext, augmented } from '#shared/augment';
import { Random } from '#shared/base';
import { frameCount, type PlanarAudio } from '#shared/model';

const RATE = 44_100;
const TIMES = [0.2, 0.51, 0.83, 1.3, 1.62];

let context: AugmentContext;
beforeAll(async () => {
  context = await openAugmentContext(sha256 => {
    throw new RangeError(`no recording ${sha256}`);
  });
});

/** Strokes of noise and a tone, a snare's, that begin at once. */
function strokes(times: readonly number[], seconds = 2, channelCount = 1): PlanarAudio {
  const samples = new Float32Array(seconds * RATE);
  const random = Random.ofSeed(5);
  for (const time of times) {
    const start = Math.round(time * RATE);
    for (let frame = 0; frame < 0.08 * RATE && start + frame < samples.length; frame++) {
      const hiss = random.between(-1, 1) * Math.exp(-frame / 500);
      const tone = Math.cos((2 * Math.PI * 210 * frame) / RATE) * Math.exp(-frame / 900);
      samples[start + frame]! += 0.3 * hiss + 0.3 * tone;
    }
  }
  return {
    sampleRate: RATE,
    channels: Array.from({ length: channelCount }, (_, channel) =>
      samples.map(value => value / (1 + channel)),
    ),
  };
}

const sine = (hertz: number, seconds = 1.5): PlanarAudio => ({
  sampleRate: RATE,
  channels: [
    Float32Array.from(
      { length: seconds * RATE },
      (_, frame) => 0.4 * Math.sin((2 * Math.PI * hertz * frame) / RATE),
    ),
  ],
});

const through = (audio: PlanarAudio, name: string, params: unknown) =>
  augmented(audio, [{ name, params }], context);
const mono = ({ channels }: PlanarAudio): Float32Array => channels[0] ?? new Float32Array(0);

function hashOf({ channels }: PlanarAudio): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of channels)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}

/** By how many seconds `output` is late of `input` around each moment, by the greatest correlation; at most 5 ms. */
function latenesses(input: Float32Array, output: Float32Array): number[] {
  const most = Math.round(0.005 * RATE);
  return TIMES.map(time => {
    const start = Math.round((time - 0.01) * RATE);
    let best = { lag: Infinity, sum: -Infinity };
    for (let lag = -most; lag <= most; lag++) {
      let sum = 0;
      for (let frame = start; frame < start + 0.06 * RATE; frame++)
        sum += input[frame]! * (output[frame + lag] ?? 0);
      if (sum > best.sum) best = { lag, sum };
    }
    return best.lag / RATE;
  });
}

/** When the energy around `time` has reached a tenth of what it becomes: the middle of an attack, whatever its spectrum. */
function riseNear(samples: Float32Array, time: number): number {
  const [start, end] = [Math.round((time - 0.03) * RATE), Math.round((time + 0.06) * RATE)];
  let total = 0;
  for (let frame = start; frame < end; frame++) total += (samples[frame] ?? 0) ** 2;
  let sum = 0;
  for (let frame = start; frame < end; frame++) {
    sum += (samples[frame] ?? 0) ** 2;
    if (sum >= 0.1 * total) return frame / RATE;
  }
  return Infinity;
}

/** Amplitude of a sine in the midst of `samples`. */
function levelAt(samples: Float32Array, hertz: number): number {
  const [start, end] = [Math.round(0.25 * samples.length), Math.round(0.75 * samples.length)];
  let [real, imaginary] = [0, 0];
  for (let frame = start; frame < end; frame++) {
    const angle = (2 * Math.PI * hertz * frame) / RATE;
    const window = 1 - Math.cos((2 * Math.PI * (frame - start)) / (end - start));
    real += window * samples[frame]! * Math.cos(angle);
    imaginary += window * samples[frame]! * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / (end - start);
}

const differs = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(
    a.reduce((sum, value, frame) => sum + (value - (b[frame] ?? 0)) ** 2, 0) /
      a.reduce((sum, value) => sum + value ** 2, 0),
  );

describe.each([
  ['Mp3Compression', { kilobits: 8 }, 1],
  ['Mp3Compression', { kilobits: 32 }, 1],
  ['Mp3Compression', { kilobits: 64 }, 2],
  ['Mp3Compression', { kilobits: 192 }, 1],
  ['LossyCodec', { codec: 'mp3', kilobits: 128 }, 1],
  ['LossyCodec', { codec: 'ogg', kilobits: 48 }, 1],
  ['LossyCodec', { codec: 'ogg', kilobits: 128 }, 2],
] as const)('%s with %o on %i channels', (name, params, channelCount) => {
  const audio = strokes(TIMES, 2, channelCount);

  it('keeps length and time, in every channel', () => {
    const { audio: coded, warp } = through(audio, name, params);
    expect(coded.channels.map(({ length }) => length)).toEqual(audio.channels.map(({ length }) => length));
    expect(TIMES.map(time => warp(time))).toEqual(TIMES.map(time => [time]));
    coded.channels.forEach((samples, channel) => {
      for (const late of latenesses(audio.channels[channel] ?? samples, samples))
        expect(Math.abs(late)).toBeLessThan(0.001);
    });
  });

  it('loses something and gives equal bytes again, whatever went through before', () => {
    const first = through(audio, name, params).audio;
    expect(differs(mono(audio), mono(first))).toBeGreaterThan(0.01);
    through(sine(900), 'LossyCodec', { codec: 'ogg', kilobits: 96 });
    through(sine(900), 'Mp3Compression', { kilobits: 16 });
    expect(hashOf(through(audio, name, params).audio)).toBe(hashOf(first));
    expect(hashOf(through(audio, name, params).audio)).toBe(hashOf(first));
  });
});

describe('the codecs', () => {
  it.each(['mp3', 'ogg'] as const)('of %s lose more the fewer bits they have', codec => {
    const audio = strokes(TIMES);
    const lost = [64, 128, 256].map(kilobits =>
      differs(mono(audio), mono(through(audio, 'LossyCodec', { codec, kilobits }).audio)),
    );
    expect(lost[0]).toBeGreaterThan((lost[1] ?? 1) * 1.2);
    expect(lost[1]).toBeGreaterThan((lost[2] ?? 1) * 1.2);
  });

  it('have no treble at 8 kilobits', () => {
    expect(
      levelAt(mono(through(sine(15_000), 'Mp3Compression', { kilobits: 8 }).audio), 15_000),
    ).toBeLessThan(0.001);
    expect(levelAt(mono(through(sine(300), 'Mp3Compression', { kilobits: 8 }).audio), 300)).toBeCloseTo(
      0.4,
      1,
    );
  });

  it('take audio of any rate and of no length', () => {
    const other = { ...sine(500), sampleRate: 22_050 };
    for (const codec of ['mp3', 'ogg'] as const) {
      const { audio } = through(other, 'LossyCodec', { codec, kilobits: 96 });
      expect([audio.sampleRate, frameCount(audio)]).toEqual([22_050, frameCount(other)]);
      expect(differs(mono(other), mono(audio))).toBeLessThan(0.1);
      expect(
        frameCount(
          through({ sampleRate: RATE, channels: [new Float32Array(0)] }, 'LossyCodec', {
            codec,
            kilobits: 96,
          }).audio,
        ),
      ).toBe(0);
    }
  });
});

describe('stretching', () => {
  const audio = strokes(TIMES);

  it.each([0.8, 0.93, 1.1, 1.25])(
    '%f times as fast moves strokes where the warp says, within a millisecond',
    rate => {
      const { audio: changed, warp } = through(audio, 'TimeStretch', { rate, keepsLength: false });
      expect(frameCount(changed)).toBe(Math.round(frameCount(audio) / rate));
      for (const time of TIMES) {
        const [told = Infinity] = warp(time);
        const own = riseNear(mono(audio), time) - time;
        expect(Math.abs(riseNear(mono(changed), told) - told - own)).toBeLessThan(0.001);
      }
    },
  );

  it('keeps the pitch', () => {
    const { audio: changed } = through(sine(440), 'TimeStretch', { rate: 1.2, keepsLength: false });
    expect(levelAt(mono(changed), 440)).toBeCloseTo(0.4, 1);
    expect(levelAt(mono(changed), 528)).toBeLessThan(0.01);
  });

  it('keeps the length where asked to', () => {
    const { audio: changed } = through(audio, 'TimeStretch', { rate: 1.2, keepsLength: true });
    expect(frameCount(changed)).toBe(frameCount(audio));
  });

  it.each([-4, -1, 2, 5])('%i semitones change the pitch and not the time', semitones => {
    const hertz = 440 * 2 ** (semitones / 12);
    const { audio: tone } = through(sine(440), 'PitchShift', { semitones });
    expect(levelAt(mono(tone), hertz)).toBeGreaterThan(0.2);
    expect(levelAt(mono(tone), 440)).toBeLessThan(0.02);
    const { audio: changed, warp } = through(audio, 'PitchShift', { semitones });
    expect(frameCount(changed)).toBe(frameCount(audio));
    for (const time of TIMES) {
      expect(warp(time)).toEqual([time]);
      expect(Math.abs(riseNear(mono(changed), time) - riseNear(mono(audio), time))).toBeLessThan(0.001);
    }
  });

  it('gives equal bytes again, in another context too', async () => {
    const other = await openAugmentContext(context.recording);
    const first = hashOf(context.stretched(audio, 1.17, 2.5));
    context.stretched(sine(300), 0.5, -3);
    expect(hashOf(context.stretched(audio, 1.17, 2.5))).toBe(first);
    expect(hashOf(other.stretched(audio, 1.17, 2.5))).toBe(first);
  });
});
