import { Random } from '../../base';
import { RealFft } from '../../dsp';
import type { Impulse } from '../augmentation';
import { withoutSilence } from '../linear';
import { fieldPaths, imagesOf, type Path } from './images';
import { OCTAVES, octaveShares } from './octaves';
import { reverberationTime } from './reverberation-time';
import { distanceOf, type Room, SPEED_OF_SOUND } from './room';

/** Half the length of the windowed sinc that places an arrival between two frames. */
const HALF_SINC = 16;
/** Arrivals one by one until the room has mixed them: sqrt(V) ms (Polack 1993), within these bounds. */
const SHORTEST_MIXING = 0.012;
const LONGEST_MIXING = 0.06;
/** Over which arrivals give way to the noise of the late field. */
const JOIN_SECONDS = 0.006;
/** ln of 60 dB as an amplitude. */
const SIXTY_DECIBELS = Math.log(1000);

/** Octaves share their edges, and a short noise decays by chance a little faster or slower: what is heard is measured and made good. */
const ROUNDS = 4;
const CLOSE_ENOUGH = 0.06;
/** Where the decay is taken to begin, seconds after the direct sound. */
const DECAY_FROM = 0.015;

/**
 * The response of a room, the direct sound being 1 at frame `lead`. Arrivals before the mixing time come from image sources, later
 * ones are noise; both fall at the octaves' own rates along their path, so that the reverberation time is what was asked for, and the
 * noise has the energy that the images would have had: 4 pi c / V a second, times the pattern's share of a diffuse field.
 */
export function roomImpulse(room: Room, sampleRate: number): Impulse {
  const scene = sceneOf(room, sampleRate);
  const rounds = room.kind === 'field' ? 0 : ROUNDS;
  let rates = room.rt60;
  let best = responseOf(room, scene, rates, sampleRate);
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const response = round === 0 ? best : responseOf(room, scene, rates, sampleRate);
    const measured = OCTAVES.map(hertz =>
      reverberationTime(response, sampleRate, hertz, HALF_SINC + Math.round(DECAY_FROM * sampleRate)),
    );
    const off = Math.max(
      ...measured.map((seconds, octave) => Math.abs(seconds / (room.rt60[octave] ?? 1) - 1)),
    );
    if (off < least) {
      least = off;
      best = response;
    }
    if (off < CLOSE_ENOUGH) break;
    rates = rates.map((seconds, octave) => (seconds * (room.rt60[octave] ?? 1)) / (measured[octave] ?? 1));
  }
  const response = Float32Array.from(best, value => value * room.wet);
  addDirect(response, 1 - room.wet);
  return withoutSilence({ response, lead: HALF_SINC });
}

interface Scene {
  readonly paths: readonly Path[];
  /** Metres of the direct path. */
  readonly direct: number;
  /** Seconds until the room has mixed its arrivals. */
  readonly mixing: number;
  readonly frames: number;
  readonly fft: RealFft;
  /** `OCTAVES.length` shares a bin. */
  readonly shares: Float64Array;
  readonly noise: Float64Array | null;
  readonly noiseGain: number;
}

function sceneOf(room: Room, sampleRate: number): Scene {
  const direct = distanceOf(room.source, room.microphone);
  const volume = room.size[0] * room.size[1] * room.size[2];
  const isField = room.kind === 'field';
  const mixing = Math.min(LONGEST_MIXING, Math.max(SHORTEST_MIXING, Math.sqrt(volume) / 1000));
  const delay = direct / SPEED_OF_SOUND;
  const paths = isField ? fieldPaths(room) : imagesOf(room, delay + mixing + JOIN_SECONDS);
  const longest = isField
    ? (paths.at(-1)?.length ?? direct) / SPEED_OF_SOUND - delay
    : Math.max(...room.rt60);
  const frames = HALF_SINC + Math.ceil((Math.max(longest, mixing + JOIN_SECONDS) + 0.01) * sampleRate);
  const fft = new RealFft(2 ** Math.ceil(Math.log2(frames + 2 * HALF_SINC)));
  return {
    paths,
    direct,
    mixing,
    frames,
    fft,
    shares: sharesOfBins(fft, sampleRate),
    noise: isField ? null : lateNoise(room, fft.size, mixing, sampleRate),
    noiseGain: direct * noiseGain(room, volume, sampleRate),
  };
}

/** The response with octaves that would decay by 60 dB in `rt60` seconds. */
function responseOf(room: Room, scene: Scene, rt60: readonly number[], sampleRate: number): Float32Array {
  const { paths, direct, mixing, frames, fft, shares, noise } = scene;
  const sum = new Float64Array(2 * fft.binCount);
  const spectrum = new Float64Array(2 * fft.binCount);
  const band = new Float64Array(fft.size);
  for (const [octave] of OCTAVES.entries()) {
    const seconds = rt60[octave] ?? 1;
    band.fill(0);
    for (const path of paths)
      addArrival(band, path, direct, room.kind === 'field' ? Infinity : seconds, mixing, sampleRate);
    if (noise) addNoise(band, noise, scene.noiseGain, seconds, sampleRate);
    fft.forward(band, spectrum);
    for (let bin = 0; bin < fft.binCount; bin++) {
      const share = shares[bin * OCTAVES.length + octave]!;
      sum[2 * bin]! += share * spectrum[2 * bin]!;
      sum[2 * bin + 1]! += share * spectrum[2 * bin + 1]!;
    }
  }
  fft.inverse(sum, band);
  return Float32Array.from(band.subarray(0, frames));
}

/** The direct sound is whole whatever share of the room is heard. */
function addDirect(response: Float32Array, gain: number): void {
  response[HALF_SINC]! += gain;
}

function sharesOfBins(fft: RealFft, sampleRate: number): Float64Array {
  const shares = new Float64Array(fft.binCount * OCTAVES.length);
  for (let bin = 0; bin < fft.binCount; bin++)
    shares.set(octaveShares((bin * sampleRate) / fft.size), bin * OCTAVES.length);
  return shares;
}

/** `path` at its time after the direct sound, the direct sound's own level being 1. */
function addArrival(
  band: Float64Array,
  { length, pattern, factor }: Path,
  direct: number,
  rt60: number,
  mixing: number,
  sampleRate: number,
): void {
  const after = (length - direct) / SPEED_OF_SOUND;
  const fade = rt60 === Infinity ? 1 : arrivalShare(after, mixing);
  if (fade === 0) return;
  const gain = factor * pattern * (direct / length) * fade * Math.exp((-SIXTY_DECIBELS * after) / rt60);
  const place = HALF_SINC + after * sampleRate;
  const first = Math.ceil(place - HALF_SINC);
  const last = Math.min(band.length - 1, Math.floor(place + HALF_SINC));
  for (let frame = Math.max(0, first); frame <= last; frame++) {
    const distance = frame - place;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / HALF_SINC);
    const angle = Math.PI * distance;
    band[frame]! += gain * window * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle);
  }
}

/** Arrivals count until the mixing time, then fall to nothing; their power and the noise's sum to 1. */
const arrivalShare = (after: number, mixing: number): number =>
  Math.cos((Math.PI / 2) * Math.min(1, Math.max(0, (after - mixing) / JOIN_SECONDS)));

/** Amplitude a frame of a diffuse field at a metre's reference: images are 4 pi c r^2 / V a second, each 1 / r strong. */
function noiseGain({ omni }: Room, volume: number, sampleRate: number): number {
  const diffuse = omni ** 2 + (1 - omni) ** 2 / 3;
  return Math.sqrt((diffuse * 4 * Math.PI * SPEED_OF_SOUND) / (volume * sampleRate));
}

/** Noise of power 1 a frame, rising where arrivals give way. */
function lateNoise(room: Room, size: number, mixing: number, sampleRate: number): Float64Array {
  const random = Random.ofSeed(room.seed).fork('late field');
  const noise = new Float64Array(size);
  const first = HALF_SINC + Math.floor(mixing * sampleRate);
  const last = Math.min(size, HALF_SINC + Math.ceil(Math.max(...room.rt60) * sampleRate));
  for (let frame = first; frame < last; frame++) {
    const share = arrivalShare((frame - HALF_SINC) / sampleRate, mixing);
    noise[frame] = Math.sqrt(1 - share ** 2) * random.normal();
  }
  return noise;
}

function addNoise(
  band: Float64Array,
  noise: Float64Array,
  gain: number,
  rt60: number,
  sampleRate: number,
): void {
  const fall = Math.exp(-SIXTY_DECIBELS / (rt60 * sampleRate));
  let level = gain;
  for (let frame = HALF_SINC; frame < noise.length; frame++) {
    band[frame]! += level * noise[frame]!;
    level *= fall;
  }
}
