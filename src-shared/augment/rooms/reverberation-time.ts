import { bandPass, BiquadCascade, type BiquadCoefficients } from '../../dsp';

/** Centre by width of an octave. */
export const OCTAVE_Q = Math.SQRT2;
/** ISO 3382's evaluation ranges, dB under the start. */
const FROM_DECIBELS = -5;
export const T20_TO_DECIBELS = -25;
export const T30_TO_DECIBELS = -35;
/** That the line is drawn through, about. */
const POINTS = 512;

/**
 * Seconds that a response takes to fall by 60 dB in the octave round `hertz`: backward integral (Schroeder 1965), straight line from
 * -5 to -35 dB (T30). `from` is the frame to begin at: after the direct sound, which a close microphone hears far above the room.
 */
export function reverberationTime(
  response: Float32Array,
  sampleRate: number,
  hertz: number,
  from: number,
): number {
  const band = inOctave(response, sampleRate, hertz);
  const energies = new Float64Array(band.length + 1 - from);
  for (let frame = band.length - 1; frame >= from; frame--)
    energies[frame - from] = energies[frame - from + 1]! + band[frame]! ** 2;
  return -60 / (slopeOf(energies, T30_TO_DECIBELS) * sampleRate);
}

/** dB a value of `energies`, which fall: the straight line (least squares) through what lies between -5 and `toDecibels`. */
export function slopeOf(energies: Float64Array, toDecibels: number): number {
  const start = energies[0] ?? 0;
  const first = firstUnder(energies, start * 10 ** (FROM_DECIBELS / 10));
  const end = firstUnder(energies, start * 10 ** (toDecibels / 10));
  const step = Math.max(1, Math.floor((end - first) / POINTS));
  let count = 0;
  let places = 0;
  let levels = 0;
  let products = 0;
  let squares = 0;
  for (let at = first; at < end; at += step) {
    const place = at - first;
    const level = 10 * Math.log10(energies[at]! / start);
    count++;
    places += place;
    levels += level;
    products += place * level;
    squares += place * place;
  }
  return (count * products - places * levels) / (count * squares - places * places);
}

/** Index of the first of falling `energies` that is not above `limit`. */
function firstUnder(energies: Float64Array, limit: number): number {
  let low = 0;
  let high = energies.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (energies[middle]! > limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The octave round `hertz`: a Butterworth band-pass of the sixth order, as IEC 61260 wants of octave filters (3 dB down at the edges, 20 an
 * octave away, 43 two octaves away). Its level is none of it.
 */
function octaveBand(sampleRate: number, hertz: number): readonly BiquadCoefficients[] {
  // s^2 + s + 1 of the low-pass, s = Q (S + 1 / S), falls into two resonances at S = w and 1 / w, each with the Q of 1 / a.
  const share = 1 / OCTAVE_Q ** 2;
  const apart = Math.sqrt((4 + share + Math.sqrt((4 + share) ** 2 - 4 * share)) / 2);
  const w = (apart + Math.sqrt(apart ** 2 - 4)) / 2;
  const centre = Math.tan((Math.PI * hertz) / sampleRate);
  const at = (place: number): number => (sampleRate / Math.PI) * Math.atan(place * centre);
  const q = apart * OCTAVE_Q;
  return [
    bandPass(sampleRate, hertz, OCTAVE_Q),
    bandPass(sampleRate, at(w), q),
    bandPass(sampleRate, at(1 / w), q),
  ];
}

/** Backwards: what the filter adds then rings before the sound and leaves the decay alone. */
function inOctave(response: Float32Array, sampleRate: number, hertz: number): Float64Array {
  const values = Float64Array.from(response).toReversed();
  new BiquadCascade(octaveBand(sampleRate, hertz)).pass(values, values.length);
  return values.toReversed();
}
