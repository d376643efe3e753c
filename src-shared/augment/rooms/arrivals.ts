import { HalfSizeRealFft } from '../../dsp';
import type { Path } from './images';
import { OCTAVES, octaveShare } from './octaves';
import { SPEED_OF_SOUND } from './room';

/** Half the length of the windowed sinc that places an arrival between two frames; the direct sound is at this frame. */
export const LEAD_FRAMES = 16;
/** ln of 60 dB as an amplitude. */
export const SIXTY_DECIBELS = Math.log(1000);
/** What the shares of octaves ring, before and after, seconds. */
const RING_SECONDS = 0.05;

export interface Arrival {
  /** Seconds after the direct sound. */
  readonly after: number;
  /** The direct sound's own being 1, before the surfaces took their share. */
  readonly gain: number;
}

/** `paths` beside the direct one, which is `direct` metres long. */
export const arrivalsOf = (paths: readonly Path[], direct: number): Arrival[] =>
  paths.map(({ length, pattern, factor }) => ({
    after: (length - direct) / SPEED_OF_SOUND,
    gain: (factor * pattern * direct) / length,
  }));

/** Arrivals that every octave hears alike, on `frames` frames. */
export function alikeIn(arrivals: readonly Arrival[], frames: number, sampleRate: number): Float64Array {
  const response = new Float64Array(frames);
  for (const { after, gain } of arrivals) addPulse(response, LEAD_FRAMES + after * sampleRate, gain);
  return response;
}

/** Arrivals of which every octave has lost what `rt60` tells of it by the time they come; as long as it takes. */
export function octavesIn(
  arrivals: readonly Arrival[],
  rt60: readonly number[],
  sampleRate: number,
): Float64Array {
  const last = arrivals.reduce((most, { after }) => Math.max(most, after), 0);
  const frames = Math.ceil((last + 2 * RING_SECONDS) * sampleRate) + 2 * LEAD_FRAMES;
  const fft = new HalfSizeRealFft(2 ** Math.ceil(Math.log2(frames)));
  const sum = new Float64Array(2 * fft.binCount);
  const spectrum = new Float64Array(2 * fft.binCount);
  for (const [octave] of OCTAVES.entries()) {
    const rate = SIXTY_DECIBELS / (rt60[octave] ?? 1);
    const heard = arrivals.map(({ after, gain }) => ({ after, gain: gain * Math.exp(-rate * after) }));
    fft.forward(alikeIn(heard, fft.size, sampleRate), spectrum);
    for (let bin = 0; bin < fft.binCount; bin++) {
      const share = octaveShare(octave, (bin * sampleRate) / fft.size);
      sum[2 * bin]! += share * spectrum[2 * bin]!;
      sum[2 * bin + 1]! += share * spectrum[2 * bin + 1]!;
    }
  }
  const response = new Float64Array(fft.size);
  fft.inverse(sum, response);
  // What rang before the beginning lies at the end.
  return response.subarray(0, fft.size - Math.floor(RING_SECONDS * sampleRate));
}

/** A band-limited pulse at `place`, between frames where need be. */
function addPulse(response: Float64Array, place: number, gain: number): void {
  const first = Math.max(0, Math.ceil(place - LEAD_FRAMES));
  const last = Math.min(response.length - 1, Math.floor(place + LEAD_FRAMES));
  for (let frame = first; frame <= last; frame++) {
    const distance = frame - place;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / LEAD_FRAMES);
    const angle = Math.PI * distance;
    response[frame]! += gain * window * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle);
  }
}
