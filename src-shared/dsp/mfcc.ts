/** Hertz to mel as O'Shaughnessy has it: `2595 * log10(1 + f / 700)`. */
const melOfHertz = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
const hertzOfMel = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** Triangular bands, equally wide in mel and overlapping by half, each with a peak weight of 1. */
export interface MelBands {
  readonly bandCount: number;
  /** First bin of each band and its weights from there on. */
  readonly bands: readonly { readonly firstBin: number; readonly weights: Float64Array }[];
}

/**
 * @param fftSize length of the FFT whose power spectrum is summed
 * @param low,high Hz; bands above half the sample rate are empty
 */
export function melBands(
  bandCount: number,
  fftSize: number,
  sampleRate: number,
  low: number,
  high: number,
): MelBands {
  const edges = Array.from({ length: bandCount + 2 }, (_, index) =>
    hertzOfMel(melOfHertz(low) + ((melOfHertz(high) - melOfHertz(low)) * index) / (bandCount + 1)),
  );
  const hertzPerBin = sampleRate / fftSize;
  const bands = Array.from({ length: bandCount }, (_, band) => {
    const [from, centre, to] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
    const firstBin = Math.min(fftSize / 2, Math.ceil(from / hertzPerBin));
    const lastBin = Math.min(fftSize / 2, Math.floor(to / hertzPerBin));
    const weights = new Float64Array(Math.max(0, lastBin - firstBin + 1));
    for (let bin = firstBin; bin <= lastBin; bin++) {
      const hertz = bin * hertzPerBin;
      weights[bin - firstBin] = Math.max(
        0,
        hertz < centre ? (hertz - from) / (centre - from) : (to - hertz) / (to - centre),
      );
    }
    return { firstBin, weights };
  });
  return { bandCount, bands };
}

/** Power in each band of a complex spectrum (re and im in turn), added to `sums`. */
export function addBandPower({ bands }: MelBands, spectrum: Float64Array, sums: Float64Array): void {
  for (let band = 0; band < bands.length; band++) {
    const { firstBin, weights } = bands[band]!;
    let sum = 0;
    for (let index = 0; index < weights.length; index++) {
      const at = 2 * (firstBin + index);
      sum += weights[index]! * (spectrum[at]! ** 2 + spectrum[at + 1]! ** 2);
    }
    sums[band]! += sum;
  }
}

/**
 * Cepstral coefficients 0 ... `count - 1` of levels in bands: orthonormal DCT-II, so that distances between cepstra are those
 * between the smoothed spectra, in the unit of `levels`.
 */
export function cepstrum(levels: ArrayLike<number>, count: number): Float64Array {
  const coefficients = new Float64Array(count);
  const length = levels.length;
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (let band = 0; band < length; band++)
      sum += levels[band]! * Math.cos((Math.PI * index * (band + 0.5)) / length);
    coefficients[index] = sum * Math.sqrt((index === 0 ? 1 : 2) / length);
  }
  return coefficients;
}
