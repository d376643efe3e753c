import { hannWindow, nearestPowerOfTwo, RealFft } from '../../dsp';

/** Windows a second that the flux is computed at. */
const WINDOWS_PER_SECOND = 200;
const WINDOW_SECONDS = 0.0464;
const BANDS_PER_OCTAVE = 24;
const LOWEST_HERTZ = 30;
const HIGHEST_HERTZ = 17_000;

interface Band {
  readonly centreBin: number;
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Magnitudes of a signal's windows in quarter-tone bands, log10(1 + magnitude), the compression of SuperFlux. */
export class LogBands {
  readonly windowSize: number;
  /** Frames between windows. */
  readonly hop: number;
  readonly bandCount: number;
  /** Centre of each band. */
  readonly hertz: Float64Array;
  readonly #bands: readonly Band[];
  readonly #fft: RealFft;
  readonly #window: Float64Array;
  readonly #shaped: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #magnitude: Float64Array;

  constructor(sampleRate: number) {
    const size = nearestPowerOfTwo(WINDOW_SECONDS * sampleRate);
    this.windowSize = size;
    this.hop = Math.round(sampleRate / WINDOWS_PER_SECOND);
    this.#fft = new RealFft(size);
    this.#window = hannWindow(size);
    this.#shaped = new Float64Array(size);
    this.#spectrum = new Float64Array(2 * this.#fft.binCount);
    this.#magnitude = new Float64Array(this.#fft.binCount);
    this.#bands = quarterToneBands(sampleRate, size);
    this.bandCount = this.#bands.length;
    this.hertz = Float64Array.from(this.#bands, ({ centreBin }) => (centreBin * sampleRate) / size);
  }

  /** `samples` are one window of audio, `gain` brings the loudest of the track to full scale. */
  analyse(samples: Float32Array, gain: number, output: Float32Array): void {
    for (let at = 0; at < samples.length; at++) this.#shaped[at] = gain * samples[at]! * this.#window[at]!;
    this.#fft.forward(this.#shaped, this.#spectrum);
    const magnitude = this.#magnitude;
    for (let bin = 0; bin < magnitude.length; bin++) {
      magnitude[bin] = Math.hypot(this.#spectrum[2 * bin]!, this.#spectrum[2 * bin + 1]!);
    }
    this.#bands.forEach(({ firstBin, weights }, band) => {
      let sum = 1;
      for (let at = 0; at < weights.length; at++) sum += weights[at]! * magnitude[firstBin + at]!;
      output[band] = Math.log10(sum);
    });
  }
}

/** Triangles of peak 1 between neighbouring quarter tones; where bins are wider than those, between neighbouring bins. */
function quarterToneBands(sampleRate: number, size: number): Band[] {
  const highest = Math.min(HIGHEST_HERTZ, sampleRate / 2);
  const count = Math.ceil(Math.log2(highest / LOWEST_HERTZ) * BANDS_PER_OCTAVE);
  const centres = Array.from({ length: count + 1 }, (_, at) =>
    Math.round((LOWEST_HERTZ * 2 ** (at / BANDS_PER_OCTAVE) * size) / sampleRate),
  );
  const bins = [...new Set(centres)].filter(bin => bin > 0 && bin <= size / 2);
  const bands: Band[] = [];
  for (let at = 1; at + 1 < bins.length; at++) {
    const [left, centre, right] = [bins[at - 1]!, bins[at]!, bins[at + 1]!];
    const weights = Float64Array.from({ length: right - left - 1 }, (_, offset) => {
      const bin = left + 1 + offset;
      return bin <= centre ? (bin - left) / (centre - left) : (right - bin) / (right - centre);
    });
    bands.push({ centreBin: centre, firstBin: left + 1, weights });
  }
  return bands;
}
