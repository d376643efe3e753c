import { z } from 'zod';
import { frameCount, type PlanarAudio } from '../../model';
import { type Augmented, unmoved } from '../augmentation';
import { secondsOf, transform } from '../transform';
import { cutTo, inTurn, shiftedBy, stretchedBy, type Warp } from '../warp';

const share = z.number().min(0).max(1);

const mapped = (
  audio: PlanarAudio,
  change: (samples: Float32Array) => Float32Array,
  warp: Warp,
): Augmented => ({
  audio: { sampleRate: audio.sampleRate, channels: audio.channels.map(change) },
  warp,
});

/** Raised-cosine share at `frame` of a fade as long as `frames`. */
const fadeAt = (frame: number, frames: number): number =>
  frames <= 0 || frame >= frames ? 1 : frame <= 0 ? 0 : 0.5 - 0.5 * Math.cos((Math.PI * frame) / frames);

/** `samples` moved by `by` frames, what leaves at one end entering at the other or lost. */
function moved(samples: Float32Array, by: number, isRolled: boolean, fade: number): Float32Array {
  const { length } = samples;
  return samples.map((_, frame) => {
    const from = frame - by;
    if (from >= 0 && from < length) {
      const edge = by >= 0 ? frame - by : length + by - 1 - frame;
      return samples[from]! * (by === 0 ? 1 : fadeAt(edge, fade));
    }
    if (!isRolled || length === 0) return 0;
    const edge = by >= 0 ? by - 1 - frame : frame - (length + by);
    return samples[((from % length) + length) % length]! * fadeAt(edge, fade);
  });
}

export const shift = transform({
  name: 'Shift',
  ranges: z.object({
    min_shift: z.number().default(-0.5),
    max_shift: z.number().default(0.5),
    shift_unit: z.enum(['fraction', 'seconds', 'samples']).default('fraction'),
    rollover: z.boolean().default(true),
    fade_duration: z.number().min(0).default(0.005),
  }),
  params: z.object({ seconds: z.number(), rollover: z.boolean(), fade: z.number().min(0) }),
  draw: (random, ranges, { seconds, sampleRate }) => {
    const unit = { fraction: seconds, seconds: 1, samples: 1 / sampleRate }[ranges.shift_unit];
    return {
      seconds: random.between(ranges.min_shift, ranges.max_shift) * unit,
      rollover: ranges.rollover,
      fade: ranges.fade_duration,
    };
  },
  apply: (audio, { seconds, rollover, fade }) => {
    const frames = frameCount(audio);
    const by = Math.round(seconds * audio.sampleRate);
    const total = frames / audio.sampleRate;
    const shiftBy = by / audio.sampleRate;
    const warp: Warp = time => {
      const at = time + shiftBy;
      if (at >= 0 && at < total) return [at];
      return rollover && total > 0 ? [((at % total) + total) % total] : [];
    };
    return mapped(audio, samples => moved(samples, by, rollover, fade * audio.sampleRate), warp);
  },
});

/** Backwards. A stroke's onset becomes its end, so no label is left. */
export const reverse = transform({
  name: 'Reverse',
  ranges: z.object({}),
  params: z.object({}),
  draw: () => ({}),
  apply: audio =>
    mapped(
      audio,
      samples => samples.toReversed(),
      () => [],
    ),
});

/** A part that comes again; strokes in it sound as often. */
export const repeatPart = transform({
  name: 'RepeatPart',
  ranges: z.object({
    min_repeats: z.number().int().min(1).default(1),
    max_repeats: z.number().int().min(1).default(3),
    min_part_duration: z.number().positive().default(0.25),
    max_part_duration: z.number().positive().default(1.2),
    crossfade_duration: z.number().min(0).default(0.005),
  }),
  params: z.object({
    from: z.number().min(0),
    seconds: z.number().positive(),
    repeats: z.number().int().min(1),
    crossfade: z.number().min(0),
  }),
  draw: (random, ranges, { seconds }) => {
    const length = Math.min(seconds, random.between(ranges.min_part_duration, ranges.max_part_duration));
    return {
      from: random.between(0, Math.max(0, seconds - length)),
      seconds: length,
      repeats: ranges.min_repeats + random.below(ranges.max_repeats - ranges.min_repeats + 1),
      crossfade: Math.min(ranges.crossfade_duration, length / 2),
    };
  },
  apply: (audio, { from, seconds, repeats, crossfade }) => {
    const rate = audio.sampleRate;
    const first = Math.round(from * rate);
    const length = Math.min(Math.round(seconds * rate), frameCount(audio) - first);
    const fade = Math.round(crossfade * rate);
    const added = repeats * length;
    const change = (samples: Float32Array): Float32Array => {
      const output = new Float32Array(samples.length + added);
      output.set(samples.subarray(0, first + length));
      for (let turn = 1; turn <= repeats; turn++)
        output.set(samples.subarray(first, first + length), first + turn * length);
      output.set(samples.subarray(first + length), first + length + added);
      for (let turn = 1; turn <= repeats; turn++)
        joinAt(output, samples, first + length, first + turn * length, fade);
      return output;
    };
    const end = (first + length) / rate;
    const warp: Warp = time => {
      if (time < first / rate) return [time];
      if (time >= end) return [time + added / rate];
      return Array.from({ length: repeats + 1 }, (_, turn) => time + (turn * length) / rate);
    };
    return mapped(audio, change, warp);
  },
});

/** Under a part that begins again at `at` what would have come, from `next` on, goes on for the length of the crossfade. */
function joinAt(output: Float32Array, samples: Float32Array, next: number, at: number, fade: number): void {
  for (let frame = 0; frame < fade && at + frame < output.length; frame++) {
    const into = fadeAt(frame + 0.5, fade);
    output[at + frame] = into * output[at + frame]! + (1 - into) * (samples[next + frame] ?? 0);
  }
}

/** A stretch of silence in it. */
export const timeMask = transform({
  name: 'TimeMask',
  ranges: z.object({
    min_band_part: share.default(0.01),
    max_band_part: share.default(0.2),
    fade_duration: z.number().min(0).default(0.005),
    mask_location: z.enum(['random', 'start', 'end']).default('random'),
  }),
  params: z.object({ from: z.number().min(0), seconds: z.number().min(0), fade: z.number().min(0) }),
  draw: (random, ranges, { seconds }) => {
    const length = seconds * random.between(ranges.min_band_part, ranges.max_band_part);
    const from = { random: random.between(0, seconds - length), start: 0, end: seconds - length };
    return { from: from[ranges.mask_location], seconds: length, fade: ranges.fade_duration };
  },
  apply: (audio, { from, seconds, fade }) => {
    const rate = audio.sampleRate;
    const first = Math.round(from * rate);
    const last = Math.round((from + seconds) * rate);
    const frames = Math.min(fade * rate, (last - first) / 2);
    return mapped(
      audio,
      samples =>
        samples.map((value, frame) => {
          if (frame < first || frame >= last) return value;
          const kept = Math.max(
            1 - fadeAt(frame - first, frames),
            frames > 0 ? 1 - fadeAt(last - 1 - frame, frames) : 0,
          );
          return value * kept;
        }),
      time => (time >= from && time < from + seconds ? [] : [time]),
    );
  },
});

/** Silence at both ends taken off: what lies more than so many dB under the loudest block. */
export const trim = transform({
  name: 'Trim',
  ranges: z.object({ top_db: z.number().positive().default(30) }),
  params: z.object({ topDecibels: z.number().positive() }),
  draw: (_, { top_db }) => ({ topDecibels: top_db }),
  apply: (audio, { topDecibels }) => {
    const { first, last } = soundingFrames(audio, topDecibels);
    const rate = audio.sampleRate;
    return mapped(audio, samples => samples.slice(first, last), cutTo(first / rate, last / rate));
  },
});

const TRIM_BLOCK = 512;

function soundingFrames(
  audio: PlanarAudio,
  topDecibels: number,
): { readonly first: number; readonly last: number } {
  const frames = frameCount(audio);
  const powers: number[] = [];
  for (let start = 0; start < frames; start += TRIM_BLOCK) {
    let sum = 0;
    const end = Math.min(frames, start + TRIM_BLOCK);
    for (const samples of audio.channels)
      for (let frame = start; frame < end; frame++) sum += samples[frame]! ** 2;
    powers.push(sum / (end - start));
  }
  const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
  const isHeard = (power: number): boolean => power > 0 && power >= loudest * 10 ** (-topDecibels / 10);
  const first = powers.findIndex(isHeard);
  if (first < 0) return { first: 0, last: frames };
  return {
    first: first * TRIM_BLOCK,
    last: Math.min(frames, (powers.findLastIndex(isHeard) + 1) * TRIM_BLOCK),
  };
}

const PadMode = z.enum(['silence', 'wrap', 'reflect']);

/** Part of the sound replaced by silence (or more of itself); its length stays. */
export const padding = transform({
  name: 'Padding',
  ranges: z.object({
    min_fraction: share.default(0.01),
    max_fraction: share.default(0.7),
    mode: PadMode.default('silence'),
    pad_section: z.enum(['start', 'end']).default('end'),
  }),
  params: z.object({ fraction: share, mode: PadMode, section: z.enum(['start', 'end']) }),
  draw: (random, ranges) => ({
    fraction: random.between(ranges.min_fraction, ranges.max_fraction),
    mode: ranges.mode,
    section: ranges.pad_section,
  }),
  apply: (audio, { fraction, mode, section }) => {
    const frames = frameCount(audio);
    const kept = frames - Math.round(fraction * frames);
    const isEnd = section === 'end';
    const from = isEnd ? 0 : frames - kept;
    const filled = (samples: Float32Array): Float32Array =>
      samples.map((value, frame) => {
        const beyond = isEnd ? frame - kept + 1 : from - frame;
        if (beyond <= 0) return value;
        if (mode === 'silence' || kept === 0) return 0;
        const step = mode === 'wrap' ? (beyond - 1) % kept : kept - 1 - ((beyond - 1) % kept);
        return samples[isEnd ? step : frames - 1 - step] ?? 0;
      });
    return mapped(audio, filled, time => {
      const frame = time * audio.sampleRate;
      return frame >= from && frame < from + kept ? [time] : [];
    });
  },
});

/** Longer by silence or shorter by a cut, to a length. */
export const adjustDuration = transform({
  name: 'AdjustDuration',
  ranges: z.object({
    duration_seconds: z.number().positive().default(4),
    padding_position: z.enum(['start', 'end']).default('end'),
  }),
  params: z.object({ seconds: z.number().positive(), from: z.number().min(0), padsStart: z.boolean() }),
  draw: (random, { duration_seconds, padding_position }, { seconds }) => ({
    seconds: duration_seconds,
    from: Math.max(0, seconds - duration_seconds) * random.unit(),
    padsStart: padding_position === 'start',
  }),
  apply: (audio, { seconds, from, padsStart }) => {
    const rate = audio.sampleRate;
    const frames = Math.round(seconds * rate);
    const first = Math.round(from * rate);
    const kept = Math.min(frames, frameCount(audio) - first);
    const at = padsStart ? frames - kept : 0;
    return mapped(
      audio,
      samples => {
        const output = new Float32Array(frames);
        output.set(samples.subarray(first, first + kept), at);
        return output;
      },
      cutTo(first / rate, (first + kept) / rate, at / rate),
    );
  },
});

export const randomCrop = transform({
  name: 'RandomCrop',
  ranges: z.object({ max_length: z.number().positive().default(4) }),
  params: z.object({ from: z.number().min(0), seconds: z.number().positive() }),
  draw: (random, { max_length }, { seconds }) => ({
    from: Math.max(0, seconds - max_length) * random.unit(),
    seconds: max_length,
  }),
  apply: (audio, { from, seconds }) => {
    const rate = audio.sampleRate;
    const first = Math.round(from * rate);
    const last = Math.min(frameCount(audio), first + Math.round(seconds * rate));
    return mapped(audio, samples => samples.slice(first, last), cutTo(first / rate, last / rate));
  },
});

/** Short stretches cut out, their ends joined. */
export const spliceOut = transform({
  name: 'SpliceOut',
  ranges: z.object({
    num_time_intervals: z.number().int().min(1).default(8),
    /** Frames. */
    max_width: z.number().int().min(1).default(400),
  }),
  params: z.object({
    cuts: z.array(z.object({ from: z.number().int().min(0), frames: z.number().int().min(1) })),
  }),
  draw: (random, { num_time_intervals, max_width }, { seconds, sampleRate }) => {
    const total = Math.round(seconds * sampleRate);
    const cuts = Array.from({ length: num_time_intervals }, () => {
      const frames = 1 + random.below(max_width);
      return { from: random.below(Math.max(1, total - frames)), frames };
    });
    return { cuts: apart(cuts) };
  },
  apply: (audio, { cuts }) => {
    const rate = audio.sampleRate;
    const warp = cuts
      .toReversed()
      .map(
        ({ from, frames }): Warp =>
          time => {
            const frame = time * rate;
            if (frame < from) return [time];
            return frame < from + frames ? [] : [time - frames / rate];
          },
      )
      .reduce(inTurn, shiftedBy(0));
    return mapped(
      audio,
      samples => {
        const isCut = new Uint8Array(samples.length);
        for (const { from, frames } of cuts) isCut.fill(1, from, from + frames);
        return samples.filter((_, frame) => isCut[frame] === 0);
      },
      warp,
    );
  },
});

/** In order, those that overlap an earlier one left out. */
function apart(cuts: readonly { readonly from: number; readonly frames: number }[]) {
  const kept: { from: number; frames: number }[] = [];
  for (const cut of cuts.toSorted((a, b) => a.from - b.from)) {
    const last = kept.at(-1);
    if (!last || cut.from >= last.from + last.frames) kept.push({ ...cut });
  }
  return kept;
}

/** Faster or slower at its pitch. */
export const timeStretch = transform({
  name: 'TimeStretch',
  ranges: z.object({
    min_rate: z.number().positive().default(0.8),
    max_rate: z.number().positive().default(1.25),
    leave_length_unchanged: z.boolean().default(true),
  }),
  params: z.object({ rate: z.number().positive(), keepsLength: z.boolean() }),
  draw: (random, ranges) => ({
    rate: random.between(ranges.min_rate, ranges.max_rate),
    keepsLength: ranges.leave_length_unchanged,
  }),
  apply: (audio, { rate, keepsLength }, context) => {
    const changed = context.stretched(audio, rate, 0);
    if (!keepsLength) return { audio: changed, warp: stretchedBy(1 / rate) };
    const frames = frameCount(audio);
    return {
      audio: {
        sampleRate: audio.sampleRate,
        channels: changed.channels.map(samples => {
          const same = new Float32Array(frames);
          same.set(samples.subarray(0, frames));
          return same;
        }),
      },
      warp: inTurn(stretchedBy(1 / rate), cutTo(0, secondsOf(audio))),
    };
  },
});

export const pitchShift = transform({
  name: 'PitchShift',
  ranges: z.object({ min_semitones: z.number().default(-4), max_semitones: z.number().default(4) }),
  params: z.object({ semitones: z.number() }),
  draw: (random, { min_semitones, max_semitones }) => ({
    semitones: random.between(min_semitones, max_semitones),
  }),
  apply: (audio, { semitones }, context) => {
    const { channels } = context.stretched(audio, 1, semitones);
    return unmoved(audio.sampleRate, channels);
  },
});
