import { audioUrl } from '#renderer/bridge';
import type { Stem } from '#shared/model';
import type { LoopSpan } from './stem-player';
import { StemRun } from './stem-run';
import { StemSchedule } from './stem-schedule';
import { StemStrip } from './stem-strip';
import { WavSource } from './wav-source';

/** Seconds of audio fetched at a time; memory stays flat in song length. */
const PIECE_SECONDS = 2;
const FADE_SECONDS = 0.005;

/** A song without its drums: all that is not drums, or what a model has parted it into. None of a song that has not been parted. */
export function bedStems(stems: readonly Stem[]): readonly Stem[] {
  const rest = stems.filter(({ kind }) => kind === 'residual');
  return rest.length > 0 ? rest : stems.filter(({ kind }) => kind !== 'drums' && kind !== 'mix');
}

/** Plays the rest of a song under the groove, on the frames that it is told, streamed from the library. */
export class SongBed {
  readonly #strip: StemStrip;
  #run: StemRun | undefined;

  constructor(output: AudioNode, level: number) {
    this.#strip = new StemStrip(output, level);
  }

  /** Linear. */
  setLevel(level: number): void {
    this.#strip.setLevel(level);
  }

  /** Opens the stems and reads what is to sound first; throws when their audio is not there. */
  async prepare(
    stems: readonly Stem[],
    fromSeconds: number,
    loop: LoopSpan | null,
    signal: AbortSignal,
  ): Promise<StemRun> {
    const { context } = this.#strip.input;
    const opened = await Promise.all(
      stems.map(async ({ kind, audio }) => ({
        kind,
        source: await WavSource.open(audioUrl(audio), signal),
        strip: this.#strip,
      })),
    );
    const rate = opened[0]?.source.head.sampleRate ?? context.sampleRate;
    const frame = (seconds: number): number => Math.round(seconds * rate);
    const schedule = new StemSchedule({
      frames: Math.max(0, ...opened.map(({ source }) => source.head.frames)),
      from: Math.max(0, frame(fromSeconds)),
      pieceFrames: frame(PIECE_SECONDS),
      fadeFrames: frame(FADE_SECONDS),
      loop: loop && { from: frame(loop.from), to: frame(loop.to) },
      isResampled: rate !== context.sampleRate,
    });
    const run = new StemRun(context, opened, schedule, 'keeps time');
    await run.prepare();
    return run;
  }

  /** Begins a prepared run at `time` of the audio clock, in place of what plays. */
  begin(run: StemRun, time: number): void {
    this.#run?.end(time);
    this.#run = run;
    void run.play(time, true, () => undefined);
  }

  stop(time?: number): void {
    this.#run?.end(time);
    this.#run = undefined;
  }
}
