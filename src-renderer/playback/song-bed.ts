import type { Stem } from '#shared/model';
import type { LoopSpan } from './stem-player';
import { type OpenStem, StemRun } from './stem-run';
import { StemSchedule } from './stem-schedule';
import { StemStrip } from './stem-strip';

/** Seconds of audio fetched at a time; memory stays flat in song length. */
const PIECE_SECONDS = 2;
const FADE_SECONDS = 0.005;
/** It begins this much before the groove does, so that it has risen from silence when the first beat sounds. */
const LEAD_SECONDS = 0.01;

/** A stretch of a song that is ready to be played. */
export interface PreparedBed {
  readonly run: StemRun;
  readonly leadSeconds: number;
}

/** A song without its drums: all that is not drums, or what a model has parted it into. None of a song that has not been parted. */
export function bedStems(stems: readonly Stem[]): readonly Stem[] {
  const rest = stems.filter(({ kind }) => kind === 'residual');
  return rest.length > 0 ? rest : stems.filter(({ kind }) => kind !== 'drums' && kind !== 'mix');
}

export type OpenBed = Pick<OpenStem, 'kind' | 'source'>;

/** Plays the rest of a song under the groove, on the frames that it is told, streamed from the library. */
export class SongBed {
  readonly #strip: StemStrip;
  #run: StemRun | undefined;

  readonly #onLost: () => void;

  /** `onLost` is told when the audio can no longer be read. */
  constructor(output: AudioNode, level: number, onLost: () => void) {
    this.#onLost = onLost;
    this.#strip = new StemStrip(output, level);
  }

  /** Linear. */
  setLevel(level: number): void {
    this.#strip.setLevel(level);
  }

  /** Reads what is to sound first of stems that were opened. */
  async prepare(
    sources: readonly OpenBed[],
    fromSeconds: number,
    loop: LoopSpan | null,
  ): Promise<PreparedBed> {
    const { context } = this.#strip.input;
    const opened = sources.map(each => ({ ...each, strip: this.#strip }));
    const rate = opened[0]?.source.head.sampleRate ?? context.sampleRate;
    const frame = (seconds: number): number => Math.round(seconds * rate);
    const lead = Math.min(frame(LEAD_SECONDS), Math.max(0, frame(fromSeconds)));
    const schedule = new StemSchedule({
      frames: Math.max(0, ...opened.map(({ source }) => source.head.frames)),
      from: Math.max(0, frame(fromSeconds)) - lead,
      pieceFrames: frame(PIECE_SECONDS),
      fadeFrames: frame(FADE_SECONDS),
      loop: loop && { from: frame(loop.from), to: frame(loop.to) },
      isResampled: rate !== context.sampleRate,
    });
    const run = new StemRun(context, opened, schedule, 'keeps time');
    await run.prepare();
    return { run, leadSeconds: lead / rate };
  }

  /** Lets the song be at the place that it was prepared for at `time` of the audio clock, in place of what plays. */
  begin({ run, leadSeconds }: PreparedBed, time: number): void {
    this.#run?.end(time);
    this.#run = run;
    run
      .play(time - leadSeconds, true, () => undefined)
      .catch(() => {
        if (this.#run === run) this.#onLost();
      });
  }

  stop(time?: number): void {
    this.#run?.end(time);
    this.#run = undefined;
  }
}
