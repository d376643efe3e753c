import { describe, expect, it } from 'vitest';
import { type DrumStemContract, LowSpectrum, MaskStream, type Stereo, stereoOf } from '#shared/analysis';
import { Random } from '#shared/base';
import { hannWindow, RealFft } from '#shared/dsp';

const CONTRACT: DrumStemContract = {
  id: 'drum-stem',
  family: 'drum-stem',
  sampleRate: 44_100,
  stems: [{ name: 'drums', index: 0 }],
  window: 64,
  hop: 16,
  bassWindow: 256,
  bassBins: 4,
  powerInput: 'power',
  bassInput: 'bass',
  output: 'mask',
  segmentWindows: 30,
  contextWindows: 3,
  averagesStrokes: false,
};
const BINS = 33;

function mixOf(frames: number): Stereo {
  const random = Random.ofSeed(`mix ${frames}`);
  const mix = stereoOf(frames);
  for (const channel of mix) for (let at = 0; at < frames; at++) channel[at] = random.between(-1, 1);
  return mix;
}

/** A mask that depends on both inputs over three windows on each side, as the context promises; seen by `stretches`. */
function stream(contract: DrumStemContract, stretches: number[] = []): MaskStream {
  return new MaskStream(contract, 1, (power, bass) => {
    const [, , windows = 0] = power.dims;
    stretches.push(windows);
    const data = new Float32Array(power.data.length);
    for (let channel = 0; channel < 2; channel++) {
      for (let window = 0; window < windows; window++) {
        for (let bin = 0; bin < BINS; bin++) {
          let sum = 0;
          for (let near = Math.max(0, window - 3); near <= Math.min(windows - 1, window + 3); near++) {
            sum += power.data[(channel * windows + near) * BINS + bin]! + bass.data[near * 4 + 1]!;
          }
          data[(channel * windows + window) * BINS + bin] = 1 / (1 + sum);
        }
      }
    }
    return Promise.resolve({ data, dims: power.dims });
  });
}

async function through(separator: MaskStream, mix: Stereo, piece: number): Promise<number[]> {
  const drums: number[] = [];
  for (let start = 0; start < mix[0].length; start += piece) {
    const pieces = await separator.push([
      mix[0].slice(start, start + piece),
      mix[1].slice(start, start + piece),
    ]);
    drums.push(...(pieces[0]?.[0] ?? []));
  }
  return [...drums, ...((await separator.finish())[0]?.[0] ?? [])];
}

describe('MaskStream', () => {
  it.each([1, 15, 16, 17, 200, 431, 432, 433, 2000])(
    'joins stretches of %i frames as if the model had seen all at once',
    async frames => {
      const mix = mixOf(frames);
      const whole = await through(stream({ ...CONTRACT, segmentWindows: 10_000 }), mix, frames);
      const stretches: number[] = [];
      const joined = await through(stream(CONTRACT, stretches), mix, 100);
      expect(joined).toEqual(whole);
      expect(joined.length).toBe(frames);
      expect(Math.max(...stretches)).toBeLessThanOrEqual(CONTRACT.segmentWindows);
    },
  );

  it('does not depend on how the song is cut into pieces', async () => {
    const mix = mixOf(1777);
    const once = await through(stream(CONTRACT), mix, 1777);
    for (const piece of [1, 128, 500]) expect(await through(stream(CONTRACT), mix, piece)).toEqual(once);
  });

  it('gives nothing of nothing', async () => {
    expect(await through(stream(CONTRACT), mixOf(0), 10)).toEqual([]);
  });
});

describe('LowSpectrum', () => {
  it('equals the lowest bins of the whole Hann window at every hop', () => {
    const [window, hop, bins] = [512, 64, 9];
    const [mix] = mixOf(window + 5 * hop);
    const low = new LowSpectrum(window, hop, bins);
    const fft = new RealFft(window);
    const hann = hannWindow(window);
    const powers = new Float32Array(bins);
    for (let end = hop; end <= mix.length; end += hop) {
      low.push(mix.subarray(end - hop, end));
      if (end < window) continue;
      const spectrum = new Float64Array(window + 2);
      fft.forward(
        hann.map((weight, at) => weight * mix[end - window + at]!),
        spectrum,
      );
      low.powers(2, powers);
      for (let bin = 0; bin < bins; bin++) {
        expect(powers[bin]).toBeCloseTo(2 * (spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2), 3);
      }
    }
    expect(low.missing).toBe(0);
  });
});
