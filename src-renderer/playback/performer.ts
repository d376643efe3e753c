import type { HitId, NoteId, Role } from '#shared/model';
import { noteOfStroke } from '#shared/model';
import { ClickDesk } from './click-sound';
import { type Position, Sequencer, type Stroke } from './sequencer';
import type { Place, Program, Score } from './program';
import type { Leg } from './timeline';
import { ShapedBuffers } from './shaped-buffers';
import { VoiceDesk } from './voice-desk';

/** What voices are connected to: the mixer's way in for each role. */
export interface RoleInputs {
  input(role: Role): AudioNode;
}

/** A stretch of the audio clock that is settled: nothing in it changes any more but by stopping. */
export interface SettledSpan {
  /** Seconds of the audio clock, the second one left out. */
  readonly from: number;
  readonly to: number;
  /** Of the frames of the strokes. */
  readonly sampleRate: number;
  /** Those whose attacks sound in it, in order. */
  readonly strokes: readonly Stroke[];
  /** What plays in it; a leg's `origin` and `time` tell when its ticks sound. */
  readonly legs: readonly Leg[];
}

type SpanListener = (span: SettledSpan) => void;

interface Follower {
  readonly aheadSeconds: number;
  readonly listener: SpanListener;
  until: number;
}

const CLICK_DECIBELS = 0;

/** Plays programs through an audio graph, live or offline: what the sequencer decides is started on its frames. */
export class Performer {
  /** What voices sound with. */
  readonly buffers: ShapedBuffers;
  readonly #context: BaseAudioContext;
  readonly #sequencer: Sequencer;
  readonly #desk: VoiceDesk;
  readonly #clicks: ClickDesk;
  readonly #followers = new Set<Follower>();
  #preRolls = new Map<HitId, number>();
  /** Strokes that were started and that a follower has still to hear of. */
  #settled: Stroke[] = [];

  constructor(context: BaseAudioContext, roles: RoleInputs, clickOutput: AudioNode) {
    this.#context = context;
    this.buffers = new ShapedBuffers(context);
    this.#sequencer = new Sequencer(context.sampleRate, score => this.#soundsOf(score));
    this.#desk = new VoiceDesk(
      role => roles.input(role),
      voice => this.buffers.of(voice),
    );
    this.#clicks = new ClickDesk(clickOutput, CLICK_DECIBELS);
  }

  get isRunning(): boolean {
    return this.#sequencer.isRunning;
  }

  /** When the last leg ends on the audio clock; null while more is to come. */
  get endTime(): number | null {
    return this.#sequencer.endTime;
  }

  setClickLevel(decibels: number): void {
    this.#clicks.setLevel(decibels);
  }

  start(program: Program, place: Place, begin: number, countInBars: number): void {
    this.#settled = [];
    this.#sequencer.start(program, place, begin, countInBars);
    for (const follower of this.#followers) follower.until = this.#context.currentTime;
  }

  /** Plays another program from `cut` on; what sounds goes on but for notes that are silent now. */
  replace(program: Program, cut: number): void {
    const frame = Math.ceil(cut * this.#context.sampleRate);
    this.#withdraw(frame);
    this.#sequencer.replace(program, cut);
    const silent = new Set<NoteId>(program.sections.flatMap(score => [...score.silent]));
    if (silent.size > 0) this.#desk.release(frame, ({ voice }) => silent.has(noteOfStroke(voice.noteId)));
  }

  /** Starts what begins in the next `aheadSeconds`. */
  pump(aheadSeconds: number): void {
    if (!this.isRunning) return;
    const { currentTime } = this.#context;
    const { strokes, clicks } = this.#sequencer.take(currentTime + aheadSeconds, currentTime);
    for (const stroke of strokes) this.#desk.start(stroke);
    for (const { frame, accent } of clicks) this.#clicks.start(frame, accent);
    this.#tell(strokes);
  }

  /** Nothing more begins; what sounds falls silent, or rings out. */
  stop(isRinging: boolean): void {
    const frame = Math.ceil(this.#context.currentTime * this.#context.sampleRate);
    this.#withdraw(frame);
    if (!isRinging) this.#desk.release(frame);
    this.#sequencer.stop();
    this.#settled = [];
  }

  positionAt(time: number): Position | null {
    return this.#sequencer.positionAt(time);
  }

  afterCountIn(time: number): number {
    return this.#sequencer.afterCountIn(time);
  }

  songOriginAt(time: number): number | null {
    return this.#sequencer.songOriginAt(time);
  }

  /**
   * Tells of every stretch of time `aheadSeconds` before it sounds, without gaps between stretches and once each: for MIDI to
   * hardware, its clock, and drawing. Returns the undo.
   */
  follow(aheadSeconds: number, listener: SpanListener): () => void {
    const follower = { aheadSeconds, listener, until: this.#context.currentTime };
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #tell(strokes: readonly Stroke[]): void {
    if (this.#followers.size === 0) return;
    const { currentTime, sampleRate } = this.#context;
    this.#settled.push(...strokes);
    this.#settled.sort((a, b) => a.onsetFrame - b.onsetFrame);
    for (const follower of this.#followers) {
      const from = Math.max(follower.until, currentTime);
      const to = currentTime + follower.aheadSeconds;
      if (to <= from) continue;
      follower.until = to;
      const inSpan = ({ onsetFrame }: Stroke): boolean =>
        onsetFrame >= from * sampleRate && onsetFrame < to * sampleRate;
      const legs = this.#sequencer.legsBetween(from, to);
      follower.listener({ from, to, sampleRate, legs, strokes: this.#settled.filter(inSpan) });
    }
    const past = currentTime * sampleRate;
    this.#settled = this.#settled.filter(({ onsetFrame }) => onsetFrame >= past);
  }

  #withdraw(frame: number): void {
    this.#desk.withdraw(frame);
    this.#clicks.withdraw(frame);
    this.#settled = this.#settled.filter(({ startFrame }) => startFrame < frame);
  }

  #soundsOf({ hits }: Score) {
    const { sampleRate } = this.#context;
    for (const hit of hits) this.#preRolls.set(hit.id, (hit.onsetFrame - hit.startFrame) / hit.sampleRate);
    return {
      hitFrames: (id: HitId) => Math.round((this.buffers.plain(id)?.duration ?? 0) * sampleRate),
      preRollFrames: (id: HitId) => (this.#preRolls.get(id) ?? 0) * sampleRate,
    };
  }
}
