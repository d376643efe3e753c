import { invariant, Random } from '#shared/base';
import type { Performance } from '#shared/dataset';
import type { PlanarAudio } from '#shared/model';
import type { SoundKit } from './kit';
import { SYNTH_RATE, type Synth } from './synth';

interface Struck {
  readonly frame: number;
  readonly note: number;
  readonly velocity: number;
}

/** How fast what is choked falls silent: a hand or a foot on metal. */
const CHOKE_FRAMES = Math.round(0.012 * SYNTH_RATE);
/** What rings over the end of the exercise. */
const END_FADE_FRAMES = Math.round(0.02 * SYNTH_RATE);

/** Notes of `performance` that `kit` has no key for, ascending. */
export function notesWithoutKey(kit: SoundKit, { strokes }: Performance): readonly number[] {
  const there = new Set(kit.keys.map(({ note }) => note));
  return [...new Set(strokes.map(({ note }) => note))].filter(note => !there.has(note)).sort((a, b) => a - b);
}

/**
 * A performance as `kit` sounds, dry and mono at 44.1 kHz: every stroke and every bounce of it on the frame of its actual time, as loud as
 * the font answers its velocity. Sums are not limited. The same performance on the same kit gives the same bytes.
 */
export function performanceAudio(synth: Synth, kit: SoundKit, performance: Performance): PlanarAudio {
  const output = new Float32Array(Math.round((performance.duration_ms * SYNTH_RATE) / 1000));
  const keys = new Map(kit.keys.map(key => [key.note, key]));
  const struck = strokesOf(performance);
  const turns = turnsOf(kit, performance, struck);
  // Per choke group, from the last stroke backwards: when the next one comes.
  const cutAt = new Map<string, number>();
  for (let index = struck.length - 1; index >= 0; index--) {
    const { frame, note, velocity } = struck[index]!;
    const key = keys.get(note);
    invariant(key, `kit ${kit.id} has a key for note ${note}`);
    const program = kit.programs[turns[index]!] ?? 0;
    const voice = synth.voice({ font: kit.font, bank: kit.bank, program, key: key.key, velocity });
    const end = key.choke === null ? Infinity : (cutAt.get(key.choke) ?? Infinity);
    if (key.choke !== null) cutAt.set(key.choke, frame);
    addUntil(output, voice, frame, end);
  }
  fadeEnd(output);
  return { sampleRate: SYNTH_RATE, channels: [output] };
}

/** All that is heard, in the order of its frames. */
function strokesOf({ strokes }: Performance): readonly Struck[] {
  const at = (note: number, milliseconds: number, velocity: number): Struck => ({
    frame: Math.round((milliseconds * SYNTH_RATE) / 1000),
    note,
    velocity: Math.max(1, Math.min(127, Math.round(velocity))),
  });
  return strokes
    .flatMap(({ note, actual_time_ms, actual_velocity, bounces }) => [
      at(note, actual_time_ms, actual_velocity),
      ...bounces.map(({ time_ms, velocity }) => at(note, time_ms, velocity)),
    ])
    .sort((a, b) => a.frame - b.frame || a.note - b.note);
}

/** Which take each stroke gets: by chance, never the one that the same note had just before. */
function turnsOf(kit: SoundKit, { spec }: Performance, struck: readonly Struck[]): readonly number[] {
  const { datasetSeed, player, material, tempo, take } = spec;
  const random = Random.ofSeed(datasetSeed).fork('takes', player.id, material.slug, tempo, take, kit.id);
  const count = kit.programs.length;
  const last = new Map<number, number>();
  return struck.map(({ note }) => {
    const before = last.get(note);
    const turn =
      before === undefined || count === 1
        ? random.below(count)
        : (before + 1 + random.below(count - 1)) % count;
    last.set(note, turn);
    return turn;
  });
}

/** Adds `voice` from `frame` on, falling silent from `end` on. */
function addUntil(output: Float32Array, voice: Float32Array, frame: number, end: number): void {
  const whole = Math.min(output.length, frame + voice.length, Math.max(frame, end));
  for (let at = Math.max(0, frame); at < whole; at++) output[at]! += voice[at - frame]!;
  const last = Math.min(output.length, frame + voice.length, whole + CHOKE_FRAMES);
  for (let at = whole; at < last; at++)
    output[at]! += voice[at - frame]! * (0.5 + 0.5 * Math.cos((Math.PI * (at - whole)) / CHOKE_FRAMES));
}

function fadeEnd(output: Float32Array): void {
  const frames = Math.min(END_FADE_FRAMES, output.length);
  for (let back = 0; back < frames; back++)
    output[output.length - 1 - back]! *= 0.5 - 0.5 * Math.cos((Math.PI * back) / frames);
}
