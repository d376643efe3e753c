import { invariant } from '../base';
import type { HitId, PlanarAudio, Role } from '../model';
import { ROLES_IN_ORDER } from '../model';
import { panMatrix } from '../mixer';
import { RELEASE_SECONDS } from './law';
import { shapedAudio, shapeName } from './shape';
import type { Voice } from './voice';

/** Some frames of a mix and of the stems that it is the sum of; stereo. */
export interface MixBlock {
  readonly mix: PlanarAudio;
  /** By role, in the order in which they are summed. */
  readonly stems: ReadonlyMap<Role, PlanarAudio>;
}

export interface MixOptions {
  readonly sampleRate: number;
  /** Length of the whole mix. */
  readonly frames: number;
  /** Most frames a block; the result does not depend on it. */
  readonly blockFrames?: number;
}

/**
 * Every stem's values are multiples of 2^-22 (-143 dB of rounding noise): so sums of stems below +-4 (+12 dBFS) are exact in 32-bit
 * floats, in any order, and the stems of a 24-bit file sum exactly too.
 */
const STEPS_PER_UNIT = 2 ** 22;

/** The values nearest to `values`, each times its gain, on that grid. */
export function onStemGrid(
  values: Float64Array | Float32Array,
  gains: Float64Array | null = null,
): Float32Array {
  const rounded = new Float32Array(values.length);
  for (let frame = 0; frame < values.length; frame++) {
    const value = gains ? values[frame]! * gains[frame]! : values[frame]!;
    rounded[frame] = Math.round(value * STEPS_PER_UNIT) / STEPS_PER_UNIT;
  }
  return rounded;
}

/** The roles that sound, in the order of stems. */
export const soundingRoles = (voices: readonly Voice[]): Role[] =>
  ROLES_IN_ORDER.filter(role => voices.some(voice => voice.role === role));

/**
 * Adds up `voices` block by block. The mix is the 32-bit sum of the stems in order, so a reader who adds the stems gets the mix bit for
 * bit. `audioOf` gives a hit's slice as it was cut, mono or stereo, at the mix's sample rate.
 */
export function* mixVoices(
  voices: readonly Voice[],
  audioOf: (hit: HitId) => PlanarAudio,
  { sampleRate, frames, blockFrames = 16_384 }: MixOptions,
): Generator<MixBlock> {
  const roles = soundingRoles(voices);
  const soundOf = shapedSounds(audioOf);
  const queue = [...voices].sort((a, b) => a.startFrame - b.startFrame);
  const release = Math.round(RELEASE_SECONDS * sampleRate);
  let active: Voice[] = [];
  let next = 0;
  for (let start = 0; start < frames; start += blockFrames) {
    const end = Math.min(frames, start + blockFrames);
    while (next < queue.length && queue[next]!.startFrame < end) active.push(queue[next++]!);
    active = active.filter(voice => endOf(voice, release) > start);
    const stems = new Map<Role, PlanarAudio>();
    for (const role of roles) {
      const sums = [new Float64Array(end - start), new Float64Array(end - start)] as const;
      for (const voice of active) {
        if (voice.role === role) addVoice(voice, soundOf(voice), release, start, sums);
      }
      stems.set(role, { sampleRate, channels: sums.map(sum => onStemGrid(sum)) });
    }
    yield { stems, mix: sumOfStems(stems, sampleRate, end - start) };
  }
}

/** The sounds of voices, each shaped once. */
export function shapedSounds(
  audioOf: (hit: HitId) => PlanarAudio,
): (voice: Pick<Voice, 'hit' | 'shape'>) => PlanarAudio {
  const shaped = new Map<string, PlanarAudio>();
  return ({ hit, shape }) => {
    if (!shape) return audioOf(hit);
    const name = `${hit} ${shapeName(shape)}`;
    const sound = shaped.get(name) ?? shapedAudio(audioOf(hit), shape);
    shaped.set(name, sound);
    return sound;
  };
}

const endOf = ({ startFrame, frames, releaseFrame }: Voice, release: number): number =>
  Math.min(startFrame + frames, (releaseFrame ?? Infinity) + release);

/** The 32-bit sum of stems in their order; silence of `frames` when there is none. */
export function sumOfStems(
  stems: ReadonlyMap<Role, PlanarAudio>,
  sampleRate: number,
  frames: number,
): PlanarAudio {
  const channels = [new Float32Array(frames), new Float32Array(frames)];
  for (const stem of stems.values()) {
    for (const [index, channel] of channels.entries()) {
      const part = stem.channels[index]!;
      for (let frame = 0; frame < frames; frame++) channel[frame]! += part[frame]!;
    }
  }
  return { sampleRate, channels };
}

/** Adds what `voice` sounds in the block that begins at `start` to its two channels. */
function addVoice(
  voice: Voice,
  audio: PlanarAudio,
  release: number,
  start: number,
  [left, right]: readonly [Float64Array, Float64Array],
): void {
  const inLeft = audio.channels[0];
  invariant(inLeft, 'a slice has a channel');
  const inRight = audio.channels[1] ?? inLeft;
  const { ll, lr, rl, rr } = panMatrix(voice.pan, Math.min(2, audio.channels.length));
  const { startFrame, gain, releaseFrame } = voice;
  const falls = releaseFrame ?? Infinity;
  const from = Math.max(start, startFrame, 0);
  const to = Math.min(
    start + left.length,
    startFrame + Math.min(voice.frames, inLeft.length),
    falls + release,
  );
  for (let frame = from; frame < to; frame++) {
    const fall = frame < falls ? 1 : 1 - (frame - falls) / release;
    const a = gain * fall * inLeft[frame - startFrame]!;
    const b = gain * fall * inRight[frame - startFrame]!;
    left[frame - start]! += ll * a + rl * b;
    right[frame - start]! += lr * a + rr * b;
  }
}

/**
 * Length of a render in frames: the pattern's, and as much more as its last voices ring, up to `tailFrames`. With 0
 * it ends on the bar line.
 */
export function renderFrames(
  voices: readonly Voice[],
  patternFrames: number,
  tailFrames: number,
  sampleRate: number,
): number {
  const release = Math.round(RELEASE_SECONDS * sampleRate);
  const ringing = voices.reduce((end, voice) => Math.max(end, endOf(voice, release)), patternFrames);
  return Math.min(ringing, patternFrames + tailFrames);
}
