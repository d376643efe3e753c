import {
  hasTakes,
  type ScheduleOptions,
  scheduleVoices,
  type TakeChoice,
  takeChoice,
  type Voice,
} from '#shared/mix';
import { barStarts } from '#shared/model';
import { type Accent, meterBeats } from './click-track';
import type { Place, Program, Score } from './program';
import { countInLeg, firstLeg, type Leg, legAfter, legIn, positionIn } from './timeline';

/** A voice at its frames of the audio clock. */
export interface Stroke {
  readonly voice: Voice;
  readonly score: Score;
  readonly leg: Leg;
  /** Where the slice begins, and where its attack sounds. */
  readonly startFrame: number;
  readonly onsetFrame: number;
}

export interface Click {
  readonly frame: number;
  readonly accent: Accent;
}

/** What is to be started. */
export interface Due {
  /** In the order in which their slices begin. */
  readonly strokes: readonly Stroke[];
  readonly clicks: readonly Click[];
}

/** Where a player is at an instant. */
export interface Position {
  readonly section: number;
  readonly ticks: number;
  readonly pass: number;
  readonly along: number;
  /** Beats until the first leg begins, counted down to 1; 0 when it has. */
  readonly countIn: number;
  /** Second of the song under it; null without one. */
  readonly songSeconds: number | null;
}

type Sounds = Pick<ScheduleOptions, 'hitFrames' | 'preRollFrames'>;

/** What is still to come of some bars of a leg; their voices are scheduled when they are due. */
interface Queue {
  readonly leg: Leg;
  readonly originFrame: number;
  readonly from: number;
  readonly to: number;
  /** Audio time at which the bars begin and end as written. */
  readonly begin: number;
  readonly end: number;
  due: { readonly voices: readonly Voice[]; readonly clicks: readonly Click[] } | null;
  next: number;
  nextClick: number;
}

/** Bars whose voices are scheduled at once: few enough that no turn of a busy pattern is long. */
const BARS_AT_ONCE = 2;
/** Legs are known this much before they begin: notes may be pushed to before them, and slices have a pre-roll. */
const PUSH_SECONDS = 1;
/** Legs are remembered this long after they have ended: what is heard lags behind what is played. */
const PAST_SECONDS = 2;

/**
 * Decides which frame of the audio clock every voice begins on. It is told up to when; it never waits and knows no clock of
 * its own, so a window that slept goes on where the audio clock is, without what has gone by.
 */
export class Sequencer {
  readonly #sampleRate: number;
  readonly #soundsOf: (score: Score) => Sounds;
  #program: Program | undefined;
  #legs: Leg[] = [];
  #queues: Queue[] = [];
  #isOver = false;
  /** Nothing that begins before this frame is started any more: it has been, or is too late. */
  #floor = -Infinity;
  /** Strokes that were given, by pass and note, and the frame on which they begin. */
  #given = new Map<string, number>();
  #known = new WeakMap<Score, Map<string, readonly Voice[]>>();
  #takes = new WeakMap<Score, TakeChoice>();

  constructor(sampleRate: number, soundsOf: (score: Score) => Sounds) {
    this.#sampleRate = sampleRate;
    this.#soundsOf = soundsOf;
  }

  get isRunning(): boolean {
    return this.#legs.length > 0;
  }

  /** The audio time at which the last leg ends; null while it is not known. */
  get endTime(): number | null {
    return this.#isOver ? (this.#legs.at(-1)?.end ?? null) : null;
  }

  /** When second 0 of the song sounds, or would, by what plays at `time`; null without a song. */
  songOriginAt(time: number): number | null {
    return this.#legAt(this.afterCountIn(time))?.songOrigin ?? null;
  }

  /** `time`, or while it is counted in then, when that is over. */
  afterCountIn(time: number): number {
    const leg = this.#legAt(time);
    return leg && leg.pass < 0 ? leg.end : time;
  }

  /** Begins at `place` when the clock shows `begin`, counted in by `countInBars` before it. */
  start(program: Program, place: Place, begin: number, countInBars = 0): void {
    this.stop();
    const onFrame = Math.round(begin * this.#sampleRate) / this.#sampleRate;
    this.#program = program;
    const first = firstLeg(program, place, onFrame);
    if (!first) return;
    const countIn = countInLeg(first, countInBars);
    this.#add(countIn ? [countIn, first] : [first]);
  }

  stop(): void {
    this.#legs = [];
    this.#queues = [];
    this.#given.clear();
    this.#floor = -Infinity;
    this.#isOver = false;
  }

  /** Plays another program from `cut` on, at the position where the former one is then. */
  replace(program: Program, cut: number): void {
    const former = this.#program;
    const leg = this.#legAt(cut);
    this.#program = program;
    if (!former || !leg) return;
    const floor = Math.ceil(cut * this.#sampleRate);
    this.#floor = Math.max(this.#floor, floor);
    for (const [key, frame] of this.#given) if (frame >= floor) this.#given.delete(key);
    this.#isOver = false;
    const past = this.#legs.filter(other => other.begin < leg.begin);
    const ticks = this.#firstTicks;
    this.#queues = [];
    this.#legs = past;
    if (leg.pass < 0) {
      const place = { section: leg.section, along: leg.along, ticks };
      const first = firstLeg(program, place, leg.end);
      this.#add(first ? [leg, first] : [leg]);
      return;
    }
    const made = legIn(program, former, leg, cut);
    if (made && made.begin > leg.begin) this.#legs.push({ ...leg, end: made.begin });
    if (made) this.#add([made]);
    else {
      this.#legs.push({ ...leg, end: cut });
      this.#isOver = true;
    }
  }

  /** What begins before `until` and was not given yet, as far as it is not too late at `now`. */
  take(until: number, now: number): Due {
    this.#reach(until + PUSH_SECONDS, now);
    const end = Math.ceil(until * this.#sampleRate);
    const soonest = Math.max(this.#floor, Math.ceil(now * this.#sampleRate));
    const strokes: Stroke[] = [];
    const clicks: Click[] = [];
    for (const queue of this.#queues) {
      if (queue.begin >= until + PUSH_SECONDS || queue.end < now - PUSH_SECONDS) continue;
      const { voices, clicks: beats } = (queue.due ??= this.#dueOf(queue));
      for (; queue.next < voices.length; queue.next++) {
        const voice = voices[queue.next]!;
        const startFrame = queue.originFrame + voice.startFrame;
        if (startFrame >= end) break;
        const onsetFrame = queue.originFrame + voice.onsetFrame;
        if (startFrame < this.#floor || onsetFrame < soonest) continue;
        const key = `${queue.leg.pass} ${voice.noteId}`;
        if (this.#given.has(key)) continue;
        this.#given.set(key, startFrame);
        const score = this.#program?.sections[queue.leg.section];
        if (score) strokes.push({ voice, score, leg: queue.leg, startFrame, onsetFrame });
      }
      for (; queue.nextClick < beats.length; queue.nextClick++) {
        const click = beats[queue.nextClick]!;
        if (click.frame >= end) break;
        if (click.frame >= soonest) clicks.push(click);
      }
    }
    strokes.sort((a, b) => a.startFrame - b.startFrame);
    this.#forget(now);
    return { strokes, clicks };
  }

  /** Where it is at `time`; null before it begins and when it has been stopped. */
  positionAt(time: number): Position | null {
    const leg = this.#legAt(time);
    if (!leg || time < leg.begin) return null;
    if (leg.pass < 0) {
      const left = leg.to - positionIn(leg, time);
      const beat = (leg.to / leg.pattern.bars.length / (leg.pattern.bars[0]?.numerator ?? 4)) | 0;
      return {
        section: leg.section,
        ticks: this.#firstTicks,
        pass: 0,
        along: leg.along,
        countIn: Math.max(1, Math.ceil(left / beat - 1e-6)),
        songSeconds: null,
      };
    }
    const songSeconds = leg.songOrigin === null ? null : time - leg.songOrigin;
    return {
      section: leg.section,
      ticks: positionIn(leg, time),
      pass: leg.pass,
      along: leg.along,
      countIn: 0,
      songSeconds,
    };
  }

  /** The legs that sound between two instants, the second one left out. */
  legsBetween(from: number, to: number): readonly Leg[] {
    return this.#legs.filter(({ begin, end }) => begin < to && end > from);
  }

  get #firstTicks(): number {
    return this.#legs.find(({ pass }) => pass >= 0)?.from ?? 0;
  }

  #legAt(time: number): Leg | undefined {
    return this.#legs.findLast(({ begin }) => begin <= time) ?? this.#legs[0];
  }

  #add(legs: readonly Leg[]): void {
    this.#legs.push(...legs);
    for (const leg of legs) this.#queues.push(...this.#queuesOf(leg));
  }

  /** Makes legs up to `until`; those that are over at `now` are passed by. */
  #reach(until: number, now: number): void {
    const program = this.#program;
    if (!program) return;
    let last = this.#legs.at(-1);
    while (last && !this.#isOver && last.end < until) {
      const next = legAfter(program, last);
      if (!next) {
        this.#isOver = true;
        return;
      }
      this.#legs.push(next);
      if (next.end > now) this.#queues.push(...this.#queuesOf(next));
      else if (this.#legs.length > 8) this.#legs.shift();
      last = next;
    }
  }

  #forget(now: number): void {
    const ended = now - PAST_SECONDS;
    this.#legs = this.#legs.filter((leg, index) => leg.end > ended || index >= this.#legs.length - 1);
    this.#queues = this.#queues.filter(
      ({ due, end, next, nextClick }) =>
        end >= now - PUSH_SECONDS && (!due || next < due.voices.length || nextClick < due.clicks.length),
    );
    const past = ended * this.#sampleRate;
    for (const [key, frame] of this.#given) {
      if (frame >= past) break;
      this.#given.delete(key);
    }
  }

  #queuesOf(leg: Leg): Queue[] {
    const originFrame = Math.round(leg.origin * this.#sampleRate);
    const inside = barStarts(leg.pattern.bars).filter(
      (start, bar) => bar % BARS_AT_ONCE === 0 && start > leg.from && start < leg.to,
    );
    const timeAt = (at: number): number => leg.origin + leg.time.secondsAt(at);
    return [leg.from, ...inside].map((from, index): Queue => {
      const to = inside[index] ?? leg.to;
      const fresh = { due: null, next: 0, nextClick: 0 };
      return { leg, originFrame, from, to, begin: timeAt(from), end: timeAt(to), ...fresh };
    });
  }

  #dueOf({ leg, from, to }: Queue) {
    const isCountIn = leg.pass < 0;
    const hasClicks = isCountIn || this.#program?.hasClick === true;
    const first = Math.max(from, Math.ceil(leg.time.ticksAt(leg.begin - leg.origin) - 1e-6));
    const beats = hasClicks ? meterBeats(leg.pattern.bars, first, to) : [];
    const clicks = beats.map(({ at, accent }): Click => {
      const frame = Math.round((leg.origin + leg.time.secondsAt(at)) * this.#sampleRate);
      return { frame, accent };
    });
    return { clicks, voices: isCountIn ? [] : this.#voicesOf(leg, from, to) };
  }

  /** Passes that differ in nothing, for want of chances and takes, have their voices in common. */
  #voicesOf(leg: Leg, from: number, to: number): readonly Voice[] {
    const program = this.#program;
    const score = program?.sections[leg.section];
    if (!score) return [];
    const isSame =
      leg.songOrigin === null &&
      !score.kit.pads.some(hasTakes) &&
      leg.pattern.notes.every(({ probability }) => probability >= 1);
    const before = from > leg.from ? 'music' : leg.before;
    const lead = leg.time.tempoAt(leg.from - 1);
    const key = isSame ? `${from} ${to} ${before} ${lead}` : '';
    const known = isSame ? this.#known.get(score)?.get(key) : undefined;
    if (known) return known;
    const takes = this.#takes.get(score) ?? takeChoice(leg.pattern, score.kit);
    this.#takes.set(score, takes);
    const voices = scheduleVoices(leg.pattern, score.kit, {
      sampleRate: this.#sampleRate,
      ...this.#soundsOf(score),
      pass: leg.pass,
      takes,
      time: leg.time,
      from,
      to,
      before,
    }).sort((a, b) => a.startFrame - b.startFrame);
    if (isSame) {
      const kept = this.#known.get(score) ?? new Map<string, readonly Voice[]>();
      this.#known.set(score, kept.set(key, voices));
    }
    return voices;
  }
}
