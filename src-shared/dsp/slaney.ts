/** Slaney's scale: even up to 1 kHz, 200/3 Hz a mel, then 27 mels to each factor of 6.4. @see Slaney, "Auditory Toolbox", 1998 */
const MEL_HERTZ = 200 / 3;
const BEND_HERTZ = 1000;
const BEND_MEL = BEND_HERTZ / MEL_HERTZ;
const LOG_STEP = Math.log(6.4) / 27;
const melOf = (hertz: number): number =>
  hertz < BEND_HERTZ ? hertz / MEL_HERTZ : BEND_MEL + Math.log(hertz / BEND_HERTZ) / LOG_STEP;
const hertzOf = (mel: number): number =>
  mel < BEND_MEL ? mel * MEL_HERTZ : BEND_HERTZ * Math.exp(LOG_STEP * (mel - BEND_MEL));

/** One triangle: its first bin, its weights from there on, and what it spans in Hz. */
export interface SlaneyBand {
  readonly first: number;
  readonly weights: Float64Array;
  readonly hertz: number;
}

/**
 * Triangles of height 1, evenly spaced in mel and straight in Hz, overlapping by half.
 *
 * @param fftSize length of the transform whose bins they weigh
 */
export function slaneyBands(
  count: number,
  fftSize: number,
  sampleRate: number,
  lowest: number,
  highest: number,
): readonly SlaneyBand[] {
  const bins = fftSize / 2 + 1;
  const [low, high] = [melOf(lowest), melOf(highest)];
  const corner = (index: number): number => hertzOf(low + ((high - low) * index) / (count + 1));
  return Array.from({ length: count }, (_, band) => {
    const [from, centre, to] = [corner(band), corner(band + 1), corner(band + 2)];
    const weightOf = (bin: number): number => {
      const hertz = (bin * sampleRate) / fftSize;
      return Math.max(0, Math.min((hertz - from) / (centre - from), (to - hertz) / (to - centre)));
    };
    const used = Array.from({ length: bins }, (__, bin) => bin).filter(bin => weightOf(bin) > 0);
    return { first: used[0] ?? 0, weights: Float64Array.from(used, weightOf), hertz: to - from };
  });
}

/** A band's weights so that they sum to 1: it gives the mean of its bins. A band between two bins stays empty. */
export function asMean({ weights }: SlaneyBand): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map(weight => weight / sum) : weights;
}
