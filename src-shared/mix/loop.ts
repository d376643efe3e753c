import { firstPasses, type Kit, type Pattern, type PlanarAudio, passesOf, patternSeconds } from '../model';
import { framesAt } from '../units';
import { RELEASE_SECONDS } from './law';
import type { MixBlock } from './offline';
import { takeChoice } from './turns';
import { type ScheduleOptions, scheduleVoices, type Voice } from './voice';

/** How long a loop is played before its first frame is kept, so that filters, compressors and limiters stand as at its end. */
const RUN_IN_SECONDS = 4;
/** What a limiter needs to see of the next time round. */
const RUN_OUT_SECONDS = 0.25;

/** A loop to be mixed: play `voices` for `frames`, then keep what `kept` says. */
export interface LoopPlan {
  readonly voices: readonly Voice[];
  readonly frames: number;
  readonly kept: { readonly start: number; readonly frames: number };
}

/**
 * Passes through a pattern as a loop of exactly their length, played as in the midst of many times round: what rings on over its end, or is
 * pushed to before its start, sounds at its other end; what its first strokes choke is choked.
 */
export function planLoop(
  pattern: Pattern,
  kit: Kit,
  passes: number,
  options: Omit<ScheduleOptions, 'pass' | 'before'>,
): LoopPlan {
  const { sampleRate } = options;
  const once = passesOf(pattern, firstPasses(passes));
  const andOn = passesOf(pattern, [...firstPasses(passes), 0]);
  const own = new Set(once.notes.map(note => note.id));
  const takes = takeChoice(pattern, kit);
  const voices = scheduleVoices(andOn, kit, { takes, ...options, before: 'music' }).filter(voice =>
    own.has(voice.noteId),
  );
  const length = framesAt(patternSeconds(once), sampleRate);
  const start = framesAt(RUN_IN_SECONDS, sampleRate);
  const frames = start + length + framesAt(RUN_OUT_SECONDS, sampleRate);
  const release = framesAt(RELEASE_SECONDS, sampleRate);
  return {
    voices: voices.flatMap(voice => timesRound(voice, { length, start, frames, release })),
    frames,
    kept: { start, frames: length },
  };
}

/** A voice every time round that can be heard between 0 and `frames`, where the loop's own first frame stands at `start`. */
function timesRound(
  voice: Voice,
  round: {
    readonly length: number;
    readonly start: number;
    readonly frames: number;
    readonly release: number;
  },
): Voice[] {
  const { length, start, frames, release } = round;
  const end = Math.min(voice.startFrame + voice.frames, (voice.releaseFrame ?? Infinity) + release);
  const first = Math.ceil((1 - start - end) / length);
  const last = Math.floor((frames - 1 - start - voice.startFrame) / length);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index): Voice => {
    const shift = start + (first + index) * length;
    return {
      ...voice,
      onsetFrame: voice.onsetFrame + shift,
      startFrame: voice.startFrame + shift,
      releaseFrame: voice.releaseFrame === null ? null : voice.releaseFrame + shift,
    };
  });
}

/** The frames of a mix that a loop keeps. */
export function* keptOf(blocks: Iterable<MixBlock>, kept: LoopPlan['kept']): Generator<MixBlock> {
  let at = 0;
  for (const { mix, stems } of blocks) {
    const count = mix.channels[0]?.length ?? 0;
    const from = Math.max(0, kept.start - at);
    const to = Math.min(count, kept.start + kept.frames - at);
    at += count;
    if (from >= to) continue;
    const cut = ({ sampleRate, channels }: PlanarAudio): PlanarAudio => ({
      sampleRate,
      channels: channels.map(channel => channel.subarray(from, to)),
    });
    yield { mix: cut(mix), stems: new Map([...stems].map(([role, stem]) => [role, cut(stem)])) };
  }
}
