/** Octave bands that decays and absorptions are told in, Hz. */
export const OCTAVES = [125, 250, 500, 1000, 2000, 4000, 8000] as const;

/** Octaves meet half way between their centres, over this much of an octave. */
const JOIN_OCTAVES = 0.4;

/**
 * Share of each octave band in a bin: flat, with raised cosines where bands meet, that sum to 1; the outer bands go on to 0 Hz and to
 * the top. A sum over bands with equal weights is therefore the signal itself.
 */
export function octaveShares(hertz: number): Float64Array {
  const shares = new Float64Array(OCTAVES.length);
  const place = Math.log2(Math.max(hertz, 1) / OCTAVES[0]);
  const top = OCTAVES.length - 1;
  const low = Math.min(top, Math.max(0, Math.floor(place)));
  const into = low === top ? 0 : Math.min(1, Math.max(0, (place - low - 0.5) / JOIN_OCTAVES + 0.5));
  const high = 0.5 - 0.5 * Math.cos(Math.PI * into);
  shares[low] = 1 - high;
  if (low < top) shares[low + 1] = high;
  return shares;
}
