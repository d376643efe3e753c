import { bandPass, Biquad } from '../../dsp';

/** Second-order sections in turn, together an octave wide at -3 dB. */
const SECTIONS = 3;
const OCTAVE_Q = 0.72;
/** ISO 3382's evaluation range of T30, dB under the start. */
const FROM_DECIBELS = -5;
const TO_DECIBELS = -35;

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
  const energies = new Float64Array(band.length + 1);
  for (let frame = band.length - 1; frame >= from; frame--)
    energies[frame] = energies[frame + 1]! + band[frame]! ** 2;
  const start = energies[from] ?? 0;
  let count = 0;
  let times = 0;
  let levels = 0;
  let products = 0;
  let squares = 0;
  for (let frame = from; frame < band.length; frame++) {
    const level = 10 * Math.log10((energies[frame] ?? 0) / start);
    if (level < TO_DECIBELS) break;
    if (level > FROM_DECIBELS) continue;
    const time = frame / sampleRate;
    count++;
    times += time;
    levels += level;
    products += time * level;
    squares += time * time;
  }
  const slope = (count * products - times * levels) / (count * squares - times * times);
  return -60 / slope;
}

function inOctave(response: Float32Array, sampleRate: number, hertz: number): Float64Array {
  const values = Float64Array.from(response);
  // Backwards: what the filters add then rings before the sound and leaves the decay alone.
  for (let pass = 0; pass < SECTIONS; pass++) {
    const filter = new Biquad(bandPass(sampleRate, hertz, OCTAVE_Q));
    for (let frame = values.length - 1; frame >= 0; frame--) values[frame] = filter.next(values[frame]!);
  }
  return values;
}
