import { gainOfDecibels } from '../../units';

/**
 * What is usually louder at a frequency before anything is known of the song, drums or the rest, as decibels of
 * power: between 600 Hz and 3 kHz guitars, keys and voices have most of a mix, above 6 kHz cymbals have it. It
 * stands in the Wiener gain as the margin of Driedger et al. 2014 does, but by frequency.
 */
const DRUMS_BEFORE_REST: readonly (readonly [hertz: number, decibels: number])[] = [
  [300, 0],
  [600, -4],
  [1200, -7],
  [2500, -6],
  [5000, -2],
  [10000, 3],
];

/**
 * Below the first frequency a kick is no broadband click but a tone of some 100 ms, so that the median over frequency
 * does not see it: there, what rises above the sustained level is taken for drums. Above the second the median over
 * frequency decides; between them one passes into the other.
 */
const KICK_BAND_HERTZ = [120, 260] as const;

/** Per bin, what the mask of one sample rate and window needs. */
export interface MaskProfile {
  readonly binCount: number;
  /** Power ratio of drums to the rest that is expected before looking. */
  readonly prior: Float32Array;
  /** Share 0..1 of the kick rule; the rest is the percussive rule's. */
  readonly kick: Float32Array;
}

export function maskProfile(sampleRate: number, windowSize: number): MaskProfile {
  const binCount = windowSize / 2 + 1;
  const [low, high] = KICK_BAND_HERTZ;
  const prior = new Float32Array(binCount);
  const kick = new Float32Array(binCount);
  for (let bin = 0; bin < binCount; bin++) {
    const hertz = Math.max(1, (bin * sampleRate) / windowSize);
    prior[bin] = gainOfDecibels(onCurve(DRUMS_BEFORE_REST, hertz)) ** 2;
    kick[bin] = Math.min(1, Math.max(0, Math.log2(high / hertz) / Math.log2(high / low)));
  }
  return { binCount, prior, kick };
}

/** Straight lines over the logarithm of frequency, level beyond both ends. */
function onCurve(curve: typeof DRUMS_BEFORE_REST, hertz: number): number {
  let [leftHertz, leftDecibels] = curve[0] ?? [1, 0];
  for (const [rightHertz, rightDecibels] of curve) {
    if (hertz < rightHertz) {
      if (rightHertz === leftHertz) return rightDecibels;
      const share = Math.log(hertz / leftHertz) / Math.log(rightHertz / leftHertz);
      return leftDecibels + share * (rightDecibels - leftDecibels);
    }
    [leftHertz, leftDecibels] = [rightHertz, rightDecibels];
  }
  return leftDecibels;
}

/**
 * Gain 0..1 per bin that leaves the drums of one window.
 *
 * @param magnitude of the mix
 * @param percussive its median over frequency (Fitzgerald 2010): large where many neighbouring bins sound at once
 * @param harmonic its median over time: the level that is sustained
 */
export function drumMask(
  profile: MaskProfile,
  magnitude: Float32Array,
  percussive: Float32Array,
  harmonic: Float32Array,
  mask: Float32Array,
): void {
  for (let bin = 0; bin < profile.binCount; bin++) {
    const mixPower = magnitude[bin]! ** 2;
    const restPower = harmonic[bin]! ** 2;
    const drumPower = profile.prior[bin]! * percussive[bin]! ** 2;
    const kick = profile.kick[bin]!;
    const risen = mixPower > restPower ? 1 - restPower / mixPower : 0;
    const broad = drumPower > 0 ? drumPower / (drumPower + restPower) : 0;
    mask[bin] = kick * risen + (1 - kick) * broad;
  }
}
