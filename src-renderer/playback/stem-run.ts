import type { StemKind } from '#shared/model';
import { toBuffer } from './hit-audio';
import { fadeStraight, type PlannedPiece, type StemSchedule } from './stem-schedule';
import type { StemStrip } from './stem-strip';
import type { WavSource } from './wav-source';

export interface OpenStem {
  readonly kind: StemKind;
  readonly source: WavSource;
  readonly strip: StemStrip;
}

/** Queued at least this far ahead, so that neither a slow answer nor a window in the background is heard. */
const AHEAD_SECONDS = 4;
const LOOK_EVERY_MS = 60;
/** From "now" to the first frame that can still be queued in time. */
const SOON_SECONDS = 0.03;
/** Over this one run gives way to the next: short enough to be a cut, long enough not to click. */
const HANDOVER_SECONDS = 0.008;

type Channels = Float32Array<ArrayBuffer>[];

/** What becomes of audio that is read too late: all of it waits, or its place in time is kept and what is late is left out. */
type Lateness = 'waits' | 'keeps time';

/** One play from one place: all stems in the same frames of the audio clock, read piece by piece as they are needed. */
export class StemRun {
  readonly #context: BaseAudioContext;
  readonly #stems: readonly OpenStem[];
  readonly #schedule: StemSchedule;
  readonly #rate: number;
  readonly #gates: readonly GainNode[];
  readonly #nodes = new Set<AudioBufferSourceNode>();
  readonly #stop = new AbortController();
  readonly #lateness: Lateness;
  #first: { readonly piece: PlannedPiece; readonly read: Promise<readonly Channels[]> } | undefined;
  /** Frame of the audio clock at which the first piece sounds; undefined until that is read. */
  #began: number | undefined;
  #ending = false;

  constructor(
    context: BaseAudioContext,
    stems: readonly OpenStem[],
    schedule: StemSchedule,
    lateness: Lateness = 'waits',
  ) {
    this.#lateness = lateness;
    this.#context = context;
    this.#stems = stems;
    this.#schedule = schedule;
    this.#rate = stems[0]?.source.head.sampleRate ?? context.sampleRate;
    this.#gates = stems.map(({ strip }) => {
      const gate = context.createGain();
      gate.connect(strip.input);
      return gate;
    });
  }

  /** Whether it was told to end. */
  get isEnding(): boolean {
    return this.#ending;
  }

  /** Seconds of the stems that sound at `time` of the audio clock; null before its first piece is queued. */
  secondsAt(time: number): number | null {
    if (this.#began === undefined) return null;
    const elapsed = (time - this.#began / this.#context.sampleRate) * this.#rate;
    return this.#schedule.frameAt(elapsed) / this.#rate;
  }

  /** Reads what is to sound first, so that playing can begin soon after. */
  async prepare(): Promise<void> {
    const piece = this.#schedule.next();
    if (!piece) return;
    const read = this.#read(piece, this.#stop.signal);
    this.#first = { piece, read };
    await read.catch(() => undefined);
  }

  /**
   * Plays to the end. Begins at `at` of the audio clock or as soon as the first piece is read, and tells when by
   * `onBegin`, so that what sounded before can give way at that instant. Answers whether the end was reached.
   */
  async play(at: number | undefined, isCut: boolean, onBegin: (time: number) => void): Promise<boolean> {
    const { signal } = this.#stop;
    let last = 0;
    const first = this.#first;
    for (let piece = first?.piece ?? this.#schedule.next(); piece; piece = this.#schedule.next()) {
      const read = await (piece === first?.piece ? first.read : this.#read(piece, signal));
      if (signal.aborted) return false;
      const isFirst = this.#began === undefined;
      const cut = isFirst && isCut ? Math.round(HANDOVER_SECONDS * this.#rate) : 0;
      const began = this.#placed(piece, isFirst ? at : undefined);
      if (isFirst) onBegin(began / this.#context.sampleRate);
      this.#queue({ ...piece, rise: Math.max(piece.rise, cut) }, read, began);
      last = this.#timeOf(began, piece.after + piece.count);
      await this.#until(last - AHEAD_SECONDS);
      if (signal.aborted) return false;
    }
    await this.#until(last);
    return !signal.aborted;
  }

  /** Falls to silence from `time` of the audio clock on, or from now; nothing more is read. */
  end(time = 0): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#stop.abort();
    const from = Math.max(time, this.#context.currentTime);
    const until = from + HANDOVER_SECONDS;
    for (const { gain } of this.#gates) {
      gain.setValueAtTime(1, from);
      gain.linearRampToValueAtTime(0, until);
    }
    for (const node of this.#nodes) node.stop(until);
    setTimeout(
      () => {
        for (const gate of this.#gates) gate.disconnect();
      },
      (until - this.#context.currentTime) * 1000 + 200,
    );
  }

  /** Where the run begins on the clock's frames; later than it did when a piece comes too late for its turn. */
  #placed({ after }: PlannedPiece, at: number | undefined): number {
    const { currentTime, sampleRate } = this.#context;
    const soonest = Math.ceil((currentTime + SOON_SECONDS) * sampleRate);
    const keepsTime = this.#lateness === 'keeps time';
    if (this.#began === undefined) {
      const wanted = at === undefined ? soonest : Math.round(at * sampleRate);
      this.#began = keepsTime ? wanted : Math.max(soonest, wanted);
    }
    if (keepsTime) return this.#began;
    const planned = this.#frameOf(this.#began, after);
    if (planned < Math.ceil(currentTime * sampleRate)) this.#began += soonest - planned;
    return this.#began;
  }

  #frameOf(began: number, elapsed: number): number {
    return began + Math.round((elapsed * this.#context.sampleRate) / this.#rate);
  }

  #timeOf(began: number, elapsed: number): number {
    return this.#frameOf(began, elapsed) / this.#context.sampleRate;
  }

  async #read(piece: PlannedPiece, signal: AbortSignal): Promise<readonly Channels[]> {
    const read = await Promise.all(
      this.#stems.map(({ source }) => source.read(piece.start, piece.count, signal)),
    );
    return withoutNamed(this.#stems, read);
  }

  #queue(piece: PlannedPiece, read: readonly Channels[], began: number): void {
    const { currentTime, sampleRate: contextRate } = this.#context;
    const planned = this.#frameOf(began, piece.after);
    const soonest = Math.ceil((currentTime + SOON_SECONDS) * contextRate);
    const isLate = this.#lateness === 'keeps time' && planned < Math.ceil(currentTime * contextRate);
    const lost = isLate ? Math.ceil(((soonest - planned) * this.#rate) / contextRate) : 0;
    if (lost >= piece.count) return;
    const frame = lost > 0 ? this.#frameOf(began, piece.after + lost) : planned;
    const rise = lost > 0 ? Math.round(HANDOVER_SECONDS * this.#rate) : piece.rise;
    for (const [index, gate] of this.#gates.entries()) {
      const channels = read[index]?.map(samples => samples.subarray(lost));
      const sampleRate = this.#stems[index]?.source.head.sampleRate;
      if (!channels?.[0]?.length || sampleRate === undefined) continue;
      for (const samples of channels) fadeStraight(samples, rise, piece.fall);
      const node = this.#context.createBufferSource();
      node.buffer = toBuffer(this.#context, { sampleRate, channels });
      node.connect(gate);
      node.start(frame / contextRate);
      this.#nodes.add(node);
      node.addEventListener('ended', () => this.#nodes.delete(node), { once: true });
    }
  }

  async #until(time: number): Promise<void> {
    while (!this.#stop.signal.aborted && this.#context.currentTime < time) {
      await new Promise(resolve => {
        setTimeout(resolve, LOOK_EVERY_MS);
      });
    }
  }
}

const WHOLE: ReadonlySet<StemKind> = new Set(['mix', 'drums', 'residual']);

/**
 * The residual is all that is not drums. Where some of that are stems of their own, what plays as the residual is what
 * they leave of it, so that all together are the mix.
 */
function withoutNamed(stems: readonly OpenStem[], read: readonly Channels[]): readonly Channels[] {
  const residual = read[stems.findIndex(({ kind }) => kind === 'residual')];
  if (!residual) return read;
  for (const [index, { kind }] of stems.entries()) {
    if (WHOLE.has(kind)) continue;
    for (const [channel, rest] of residual.entries()) {
      const part = read[index]?.[channel] ?? [];
      for (let frame = 0; frame < Math.min(rest.length, part.length); frame++) rest[frame]! -= part[frame]!;
    }
  }
  return read;
}
