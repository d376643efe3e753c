import { z } from 'zod';
import { Random } from '../../base';
import { frameCount, type PlanarAudio } from '../../model';
import type { Augmented } from '../augmentation';
import { transform } from '../transform';
import { alongPoints } from '../warp';

const TAPS = 16;

/** `samples` at a place between frames, by a windowed sinc. */
function valueAt(samples: Float32Array, place: number): number {
  const frame = Math.floor(place);
  const part = place - frame;
  if (part === 0) return samples[frame] ?? 0;
  let sum = 0;
  for (let tap = 1 - TAPS; tap <= TAPS; tap++) {
    const distance = tap - part;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / (TAPS + 1));
    sum += ((samples[frame + tap] ?? 0) * window * Math.sin(Math.PI * distance)) / (Math.PI * distance);
  }
  return sum;
}

const POINT_SECONDS = 0.002;

const Wave = z.object({
  hertz: z.number().positive(),
  depth: z.number().min(0).max(0.05),
  phase: z.number(),
});

/** Output time for input time: a transport that runs 1 + sum(depth * sin) times as fast. */
function played(waves: readonly z.infer<typeof Wave>[], seconds: number): number {
  return waves.reduce((time, { hertz, depth, phase }) => {
    const turn = 2 * Math.PI * hertz;
    return time + (depth / turn) * (Math.cos(phase) - Math.cos(turn * seconds + phase));
  }, seconds);
}

/** A transport that does not run evenly: wow of .5-2 Hz, flutter of 5-10 Hz; strokes move with it. */
export const wowAndFlutter = transform({
  name: 'WowAndFlutter',
  ranges: z.object({
    min_wow: z.number().min(0).default(0.0005),
    max_wow: z.number().max(0.05).default(0.003),
    min_flutter: z.number().min(0).default(0.0002),
    max_flutter: z.number().max(0.05).default(0.001),
  }),
  params: z.object({ waves: z.array(Wave) }),
  draw: (random, ranges) => ({
    waves: [
      {
        hertz: random.between(0.5, 2),
        depth: random.between(ranges.min_wow, ranges.max_wow),
        phase: random.between(0, 2 * Math.PI),
      },
      {
        hertz: random.between(5, 10),
        depth: random.between(ranges.min_flutter, ranges.max_flutter),
        phase: random.between(0, 2 * Math.PI),
      },
    ],
  }),
  apply: (audio, { waves }) => {
    const rate = audio.sampleRate;
    const frames = frameCount(audio);
    // Output second t sounds what the tape held at played(t).
    const places = Float64Array.from({ length: frames }, (_, frame) => played(waves, frame / rate) * rate);
    const points = Array.from({ length: Math.ceil(frames / rate / POINT_SECONDS) + 1 }, (_, index) => {
      const out = index * POINT_SECONDS;
      return [played(waves, out), out] as const;
    });
    return {
      audio: {
        sampleRate: rate,
        channels: audio.channels.map(samples => samples.map((_, frame) => valueAt(samples, places[frame]!))),
      },
      warp: alongPoints(points),
    };
  },
});

const Gap = z.object({
  from: z.number().min(0),
  seconds: z.number().positive(),
  decibels: z.number().max(0),
});
const FADE_SECONDS = 0.003;

const withGaps = (audio: PlanarAudio, gaps: readonly z.infer<typeof Gap>[]): Augmented => {
  const rate = audio.sampleRate;
  const fade = FADE_SECONDS * rate;
  const channels = audio.channels.map(samples => {
    const output = Float32Array.from(samples);
    for (const { from, seconds, decibels } of gaps) {
      const first = Math.round(from * rate);
      const last = Math.min(output.length, Math.round((from + seconds) * rate));
      for (let frame = first; frame < last; frame++) {
        const depth = Math.min(1, (frame - first) / fade, (last - 1 - frame) / fade);
        output[frame]! *= 10 ** ((decibels * depth) / 20);
      }
    }
    return output;
  });
  return { audio: { sampleRate: rate, channels }, warp: time => [time] };
};

/** Where oxide is missing: the level falls for some milliseconds. */
export const dropouts = transform({
  name: 'Dropouts',
  ranges: z.object({
    min_per_second: z.number().min(0).default(0.1),
    max_per_second: z.number().min(0).default(1),
    min_duration: z.number().positive().default(0.008),
    max_duration: z.number().positive().default(0.08),
    min_depth_db: z.number().max(0).default(-40),
    max_depth_db: z.number().max(0).default(-6),
  }),
  params: z.object({ gaps: z.array(Gap) }),
  draw: (random, ranges, { seconds }) => {
    const count = Math.round(seconds * random.between(ranges.min_per_second, ranges.max_per_second));
    return {
      gaps: Array.from({ length: count }, () => ({
        from: random.between(0, seconds),
        seconds: random.between(ranges.min_duration, ranges.max_duration),
        decibels: random.between(ranges.min_depth_db, ranges.max_depth_db),
      })).toSorted((a, b) => a.from - b.from),
    };
  },
  apply: (audio, { gaps }) => withGaps(audio, gaps),
});

const PACKET_SECONDS = 0.02;

/** Packets of 20 ms that never came, silent or the one before once more. */
export const packetLoss = transform({
  name: 'PacketLoss',
  ranges: z.object({
    min_loss: z.number().min(0).max(1).default(0.005),
    max_loss: z.number().min(0).max(1).default(0.05),
    conceal: z.boolean().default(true),
  }),
  params: z.object({ loss: z.number().min(0).max(1), conceal: z.boolean(), seed: z.number().int().min(0) }),
  draw: (random, { min_loss, max_loss, conceal }) => ({
    loss: random.between(min_loss, max_loss),
    conceal,
    seed: random.below(2 ** 31),
  }),
  apply: (audio, { loss, conceal, seed }) => {
    const packet = Math.round(PACKET_SECONDS * audio.sampleRate);
    const random = Random.ofSeed(seed);
    const lost = Array.from({ length: Math.ceil(frameCount(audio) / packet) }, (_, index) =>
      random.fork(index).chance(loss),
    );
    const channels = audio.channels.map(samples => {
      const output = Float32Array.from(samples);
      for (const [index, isLost] of lost.entries()) {
        if (!isLost) continue;
        const start = index * packet;
        const end = Math.min(output.length, start + packet);
        if (conceal && index > 0) output.copyWithin(start, start - packet, end - packet);
        else output.fill(0, start, end);
      }
      return output;
    });
    return { audio: { sampleRate: audio.sampleRate, channels }, warp: time => [time] };
  },
});
