/** Octave bands that decays and absorptions are told in, Hz. */
export const OCTAVES = [125, 250, 500, 1000, 2000, 4000, 8000] as const;

/** Octaves meet half way between their centres, over this much of an octave. */
const JOIN_OCTAVES = 0.4;
const TOP = OCTAVES.length - 1;
/** Within so many times its centre an octave is whole. */
const WHOLE = 2 ** ((1 - JOIN_OCTAVES) / 2);

/** Where the band of `octave` begins to fade in, and where it has faded out; the outer bands go on to 0 Hz and to the top. */
export const bandOf = (octave: number): { readonly from: number; readonly to: number } => ({
  from: octave === 0 ? 0 : (OCTAVES[octave] ?? 0) * 2 ** (-(1 + JOIN_OCTAVES) / 2),
  to: octave === TOP ? Infinity : (OCTAVES[octave] ?? 0) * 2 ** ((1 + JOIN_OCTAVES) / 2),
});

/**
 * Share of the band of `octave` at `hertz`: 1 within, raised cosines where bands meet, that sum to 1 with the neighbour's. A sum over
 * bands with equal weights is therefore the signal itself; bands of independent noise take the roots, for their powers add.
 */
export function octaveShare(octave: number, hertz: number): number {
  const place = hertz / (OCTAVES[octave] ?? 1);
  if ((octave === 0 && place < 1) || (octave === TOP && place > 1)) return 1;
  if (place > 1 / WHOLE && place < WHOLE) return 1;
  const beyond = Math.abs(Math.log2(Math.max(place, 1e-9)));
  const out = Math.min(1, (beyond - 0.5) / JOIN_OCTAVES + 0.5);
  return 0.5 + 0.5 * Math.cos(Math.PI * out);
}
