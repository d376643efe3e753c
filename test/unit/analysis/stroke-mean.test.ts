import { describe, expect, it } from 'vitest';
import { type StemStream, type Stereo, stereoOf, StrokeMeanStream } from '#shared/analysis';
import { Random } from '#shared/base';

const RATE = 44_100;
const SECONDS = 8;

/** A drum at each of `onsets`, falling from `high` Hz to `low`, with an amplitude of its own. */
function strokes(onsets: readonly number[], high: number, low: number): Float32Array {
  const audio = new Float32Array(SECONDS * RATE);
  const random = Random.ofSeed('amplitudes');
  for (const onset of onsets) {
    const amplitude = random.between(0.2, 0.5);
    let phase = 0;
    for (let at = 0; at < 0.3 * RATE; at++) {
      const time = at / RATE;
      phase += (2 * Math.PI * (low + (high - low) * Math.exp(-time / 0.03))) / RATE;
      const place = Math.round(onset * RATE) + at;
      if (place < audio.length) audio[place]! += amplitude * Math.exp(-time / 0.08) * Math.sin(phase);
    }
  }
  return audio;
}

/** Bass notes of half a second, each of a pitch, phase and begin of its own. */
function bass(): Float32Array {
  const audio = new Float32Array(SECONDS * RATE);
  const random = Random.ofSeed('bass');
  for (let start = 0; start < SECONDS; start += 0.5) {
    const [hertz, phase] = [random.between(45, 110), random.between(0, 6)];
    for (let at = 0; at < 0.5 * RATE; at++) {
      const place = Math.round(start * RATE) + at;
      audio[place] =
        0.3 * Math.sin(phase + (2 * Math.PI * hertz * at) / RATE) * Math.sin((Math.PI * at) / (0.5 * RATE));
    }
  }
  return audio;
}

const every = (step: number, from: number) =>
  Array.from({ length: Math.floor((SECONDS - 1) / step) }, (_, index) => from + index * step);
const sum = (a: Float32Array, b: Float32Array, share = 1) => a.map((value, at) => value + share * b[at]!);

/** A separation that gives `drums` of whatever mix, some time late. */
function estimateOf(drums: Stereo): StemStream {
  let [pushed, given] = [0, 0];
  const give = (end: number): readonly Stereo[] => {
    const piece: Stereo = [drums[0].slice(given, end), drums[1].slice(given, end)];
    given = Math.max(given, end);
    return [piece];
  };
  return {
    push: ([left]) => {
      pushed += left.length;
      return Promise.resolve(give(Math.max(given, pushed - 3000)));
    },
    finish: () => Promise.resolve(give(drums[0].length)),
  };
}

async function corrected(mix: Stereo, drums: Stereo, piece = 20_000, reach = {}): Promise<Stereo> {
  const stream = new StrokeMeanStream(estimateOf(drums), {
    block: 5000,
    before: 40_000,
    after: 40_000,
    ...reach,
  });
  const found = stereoOf(mix[0].length);
  let at = 0;
  const write = ([stem]: readonly Stereo[]) => {
    if (!stem) return;
    stem.forEach((channel, side) => found[side as 0 | 1].set(channel, at));
    at += stem[0].length;
  };
  for (let start = 0; start < mix[0].length; start += piece) {
    write(await stream.push([mix[0].slice(start, start + piece), mix[1].slice(start, start + piece)]));
  }
  write(await stream.finish());
  expect(at).toBe(mix[0].length);
  return found;
}

const both = (audio: Float32Array): Stereo => [audio, audio.slice()];

function distortionDb(reference: Float32Array, estimate: Float32Array): number {
  let [signal, error] = [0, 0];
  reference.forEach((value, at) => {
    signal += value ** 2;
    error += (value - estimate[at]!) ** 2;
  });
  return 10 * Math.log10(signal / error);
}

const kicks = strokes(every(0.35, 0.21), 180, 52);
/** Seconds. */
const sinceKick = (at: number) => (at / RATE + 0.14) % 0.35;
const toms = strokes(every(0.75, 0.46), 240, 170);

describe('StrokeMeanStream', () => {
  it('takes bass out of kicks that are alike', async () => {
    const mix = sum(kicks, bass());
    const leak = bass().map((value, at) => (sinceKick(at) < 0.22 ? 0.4 * value : 0));
    const estimate = sum(kicks, leak);
    const [found] = await corrected(both(mix), both(estimate));
    expect(distortionDb(kicks, found)).toBeGreaterThan(distortionDb(kicks, estimate) + 2);
  });

  it('gives back to kicks what was taken of some of them', async () => {
    const mix = sum(kicks, bass());
    const holes = kicks.map((value, at) => {
      const isTaken = sinceKick(at) > 0.04 && sinceKick(at) < 0.1 && Math.floor(at / RATE) % 3 === 0;
      return isTaken ? 0 : value;
    });
    const [found] = await corrected(both(mix), both(holes));
    expect(distortionDb(kicks, found)).toBeGreaterThan(distortionDb(kicks, holes) + 3);
  });

  it('does not mix drums that are not alike', async () => {
    const drums = sum(kicks, toms);
    const mix = sum(drums, bass());
    const estimate = sum(drums, bass(), 0.3);
    const [found] = await corrected(both(mix), both(estimate));
    expect(distortionDb(drums, found)).toBeGreaterThan(distortionDb(drums, estimate) + 1);
  });

  it('leaves drums alone where there is nothing else', async () => {
    const drums = sum(kicks, toms);
    const [found] = await corrected(both(drums), both(drums));
    expect(distortionDb(drums, found)).toBeGreaterThan(30);
  });

  it('changes only what both channels share, below 900 Hz', async () => {
    const left = sum(kicks, bass());
    const drums: Stereo = [left, left.map(value => -value)];
    const [found] = await corrected(both(left), drums);
    expect(distortionDb(left, found)).toBeGreaterThan(100);
    const hiss = left.map((_, at) => Math.sin(2 * Math.PI * 0.05 * at) * Math.exp(-((at / 4000) % 5)));
    const [kept] = await corrected(both(hiss), both(hiss.map(value => value / 2)));
    expect(
      distortionDb(
        hiss.map(value => value / 2),
        kept,
      ),
    ).toBeGreaterThan(50);
  });

  it('does not depend on how the song is cut into pieces', async () => {
    const mix = both(sum(kicks, bass()));
    const estimate = both(sum(kicks, bass(), 0.3));
    const once = await corrected(mix, estimate, mix[0].length);
    for (const piece of [4410, 65_536]) expect(await corrected(mix, estimate, piece)).toEqual(once);
  });

  it('gives as much as it was given, of silence and of next to nothing', async () => {
    for (const frames of [0, 1, 15, 16, 17, 5000]) {
      const silence = stereoOf(frames);
      expect(await corrected(silence, stereoOf(frames))).toEqual(silence);
    }
  });
});
