import { audioUrl } from '#renderer/bridge';
import type { Stem, StemKind } from '#shared/model';
import { openEngine } from './engine';
import { type OpenStem, StemRun } from './stem-run';
import { StemSchedule } from './stem-schedule';
import { type StemReading, StemStrip } from './stem-strip';
import { WavSource } from './wav-source';

/** Seconds of audio fetched at a time; memory stays flat in song length and grows with the number of stems only. */
const PIECE_SECONDS = 2;
const FADE_SECONDS = 0.005;

/** A stretch that is played round and round, in seconds. */
export interface LoopSpan {
  readonly from: number;
  readonly to: number;
}

export interface PlayedStems {
  readonly stems: readonly Stem[];
  readonly sampleRate: number;
  readonly loop: LoopSpan | null;
}

interface PlayerEvents {
  /** The end was reached, or a stem could no longer be read. */
  readonly onEnd: () => void;
  /** The audio of these stems is not where it should be; the others play without them. */
  readonly onMissing: (kinds: readonly StemKind[]) => void;
}

/** Plays the stems of a track together, frame for frame, from anywhere in it and round a loop. */
export class StemPlayer {
  #strips = new Map<StemKind, StemStrip>();
  #wanted = new Map<StemKind, number>();
  #run: StemRun | undefined;
  /** The run that sounds until the next one has read its first piece. */
  #leaving: StemRun | undefined;
  #from = 0;
  #opening: AbortController | undefined;
  #context: AudioContext | undefined;
  readonly #events: PlayerEvents;

  constructor(events: PlayerEvents) {
    this.#events = events;
  }

  get isPlaying(): boolean {
    return this.#opening !== undefined;
  }

  /** Position that sounds now, in seconds of the track; where it will begin until it does. */
  positionSeconds(): number {
    const context = this.#context;
    if (!this.isPlaying || !context) return 0;
    const heard = this.#run?.secondsAt(context.currentTime - (context.outputLatency || 0));
    return heard ?? this.#from;
  }

  /** Seconds of the track that sound at `time` of the audio clock; null before it begins. */
  secondsAt(time: number): number | null {
    return this.isPlaying ? (this.#run?.secondsAt(time) ?? null) : null;
  }

  /** Linear level of a stem, a short ramp later. */
  setLevel(kind: StemKind, level: number): void {
    this.#wanted.set(kind, level);
    this.#strips.get(kind)?.setLevel(level);
  }

  /** What a stem's meter shows; null while it has never played. */
  read(kind: StemKind): StemReading | null {
    return this.#strips.get(kind)?.read() ?? null;
  }

  /** Time of the audio clock, by which meters fall; null before anything has sounded. */
  get clockSeconds(): number | null {
    return this.#context?.currentTime ?? null;
  }

  /** Plays from `fromSeconds`; what plays now goes on until the new place is read, then gives way without a click. */
  async play(played: PlayedStems, fromSeconds: number, at?: number): Promise<void> {
    const opening = new AbortController();
    this.#opening?.abort();
    this.#opening = opening;
    if (this.#run && !this.#run.isEnding) {
      this.#leaving?.end();
      this.#leaving = this.#run;
    }
    this.#run = undefined;
    this.#from = fromSeconds;
    const { context, input } = openEngine(played.sampleRate);
    this.#context = context;
    try {
      const stems = await this.#open(played.stems, input, opening.signal);
      if (opening.signal.aborted) return;
      const run = new StemRun(context, stems, scheduleOf(played, stems, fromSeconds, context.sampleRate));
      this.#run = run;
      const isCut = fromSeconds > 0 || this.#leaving !== undefined;
      const isOver = await run.play(at, isCut, time => {
        this.#leaving?.end(time);
        this.#leaving = undefined;
      });
      if (!isOver || this.#run !== run) return;
      this.stop();
      this.#events.onEnd();
    } catch (error) {
      if (opening.signal.aborted) return;
      this.stop();
      this.#events.onEnd();
      throw error;
    }
  }

  /** Another loop, from where it plays now and without a gap. */
  async changeLoop(played: PlayedStems): Promise<void> {
    const context = this.#context;
    const heard = context && this.#run?.secondsAt(context.currentTime + LOOP_CHANGE_SECONDS);
    if (!context || heard === undefined || heard === null) return;
    await this.play(played, heard, context.currentTime + LOOP_CHANGE_SECONDS);
  }

  stop(): void {
    this.#opening?.abort();
    this.#opening = undefined;
    this.#leaving?.end();
    this.#run?.end();
    this.#leaving = undefined;
    this.#run = undefined;
  }

  /** Lets go of the stems of a track that is left. */
  forget(): void {
    this.stop();
    const left = [...this.#strips.values()];
    this.#strips.clear();
    this.#wanted.clear();
    setTimeout(() => {
      for (const strip of left) strip.close();
    }, 100);
  }

  async #open(stems: readonly Stem[], output: AudioNode, signal: AbortSignal): Promise<readonly OpenStem[]> {
    const opened = await Promise.all(
      stems.map(async ({ kind, audio }) => {
        const source = await WavSource.open(audioUrl(audio), signal).catch(() => null);
        return source && { kind, source, strip: this.#strip(kind, output) };
      }),
    );
    if (signal.aborted) return [];
    const found = opened.filter(stem => stem !== null);
    const missing = stems.map(({ kind }) => kind).filter(kind => !found.some(stem => stem.kind === kind));
    if (missing.length > 0) this.#events.onMissing(missing);
    if (found.length === 0) throw new Error('its audio is no longer in the library. Import the song again');
    return found;
  }

  #strip(kind: StemKind, output: AudioNode): StemStrip {
    const known = this.#strips.get(kind);
    if (known) return known;
    const strip = new StemStrip(output, this.#wanted.get(kind) ?? 1);
    this.#strips.set(kind, strip);
    return strip;
  }
}

/** Long enough for a piece to be read before it is due. */
const LOOP_CHANGE_SECONDS = 0.3;

function scheduleOf(
  { loop }: PlayedStems,
  stems: readonly OpenStem[],
  fromSeconds: number,
  contextRate: number,
): StemSchedule {
  const rate = stems[0]?.source.head.sampleRate ?? contextRate;
  const frames = Math.max(...stems.map(({ source }) => source.head.frames));
  const frame = (seconds: number): number => Math.round(seconds * rate);
  return new StemSchedule({
    frames,
    from: frame(fromSeconds),
    pieceFrames: frame(PIECE_SECONDS),
    fadeFrames: frame(FADE_SECONDS),
    loop: loop && { from: frame(loop.from), to: frame(loop.to) },
    isResampled: rate !== contextRate,
  });
}
