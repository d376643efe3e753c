import { audioUrl } from '#renderer/bridge';
import { shapedOnset } from '#shared/mix';
import type { HitId, HitShape, Mix, Role, Stem } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { AudioClock } from './audio-clock';
import { type Engine, openEngine } from './engine';
import { loadBuffers } from './hit-audio';
import { LiveDesk } from './live-desk';
import { createMixerGraph, type MixerGraph } from './mixer-graph';
import { Performer, type SettledSpan } from './performer';
import { startPulse } from './pulse';
import type { Position } from './sequencer';
import { prepareShapes } from './shaped-buffers';
import { SongBed } from './song-bed';
import { songSecondsAt } from './along-song';
import type { Place, Program, SongUnder } from './program';
import { countInLeg, firstLeg, loopAt } from './timeline';
import { WavSource } from './wav-source';

/** A song under the groove, and what plays of it. */
export interface PlayedSong extends SongUnder {
  readonly stems: readonly Stem[];
}

export interface PlayerProgram extends Program {
  readonly song: PlayedSong | null;
}

/** A hit of what is loaded, played by hand. */
export interface LiveHit {
  readonly hit: HitId;
  /** How it is played; null as it was cut. */
  readonly shape: HitShape | null;
  readonly role: Role;
  /** Linear. */
  readonly gain: number;
  readonly pan: number;
  readonly choke: string | null;
}

interface PlayerEvents {
  /** The end was reached. */
  readonly onEnd: () => void;
  /** The song's audio could not be read; the groove plays without it. */
  readonly onSongLost: () => void;
}

/** From the wish to play to the first sound: time to start its voices. */
const START_SECONDS = 0.06;
/** From an edit to where it takes effect: what begins sooner is on its way already. */
const CUT_SECONDS = 0.015;
/** The same where a song has to be read first. */
const SONG_CUT_SECONDS = 0.4;

interface Following {
  readonly aheadSeconds: number;
  readonly listener: (span: SettledSpan) => void;
}

interface Stage {
  readonly engine: Engine;
  readonly performer: Performer;
  readonly level: GainNode;
  readonly bed: SongBed;
  readonly mixer: MixerGraph;
}

/** Plays programs live: reads what they need, keeps the sequencer ahead of the sound and the song's stem beside it. */
export class PatternPlayer {
  readonly #events: PlayerEvents;
  #stage: Stage | undefined;
  #opening: Promise<Stage> | undefined;
  #buffers: ReadonlyMap<HitId, AudioBuffer> = new Map();
  #program: PlayerProgram | undefined;
  #edition = 0;
  #loading: Promise<void> | undefined;
  #reading: AbortController | undefined;
  #stopPulse: (() => void) | undefined;
  readonly #clock = new AudioClock();
  readonly #live = new LiveDesk();
  #songLevel = 1;
  #clickDecibels = 0;
  /** Who follows what is settled, and how each is let go. */
  readonly #followers = new Map<Following, (() => void) | undefined>();

  constructor(events: PlayerEvents) {
    this.#events = events;
  }

  get isPlaying(): boolean {
    return this.#stage?.performer.isRunning ?? false;
  }

  /** Takes over `program`; while it plays, from the position where it is then, without a gap. */
  async load(program: PlayerProgram): Promise<void> {
    this.#loading = this.#take(program, ++this.#edition);
    // Where a later one takes its place, that one is waited for: what is played next needs it.
    for (let loading: Promise<void> | undefined; loading !== this.#loading; ) {
      loading = this.#loading;
      await loading;
    }
  }

  async #take(program: PlayerProgram, edition: number): Promise<void> {
    const stage = await this.#open(program);
    const { context } = stage.engine;
    const hits = program.sections.flatMap(score => score.hits);
    const buffers = await loadBuffers(context, hits, this.#buffers);
    if (edition !== this.#edition) return;
    await prepareShapes(stage.performer.buffers, buffers, program.sections);
    if (edition !== this.#edition) return;
    const former = this.#program;
    this.#buffers = buffers;
    this.#program = program;
    stage.performer.buffers.setPlain(buffers);
    const [first] = program.sections;
    if (first) stage.mixer.setMix(first.pattern.mix);
    const level = gainOfDecibels(first?.gainDecibels ?? 0);
    stage.level.gain.setTargetAtTime(level, context.currentTime, 0.01);
    if (this.isPlaying) this.#replace(stage, program, former);
  }

  /** Plays what was loaded from `place`, counted in by so many bars. */
  async play(place: Place, countInBars = 0): Promise<void> {
    const stage = this.#stage;
    const program = this.#program;
    if (!stage || !program) return;
    // The programme whose loudness is measured begins; a jump within it goes on.
    if (!this.isPlaying) stage.mixer.resetLoudness();
    this.#silence(stage);
    const reading = this.#newReading();
    const run = program.song ? await this.#readSong(stage, program, place, reading.signal) : undefined;
    if (reading.signal.aborted) return;
    const { context } = stage.engine;
    const first = firstLeg(program, place, 0);
    const countIn = first && countInLeg(first, countInBars);
    const countInSeconds = countIn ? countIn.end - countIn.begin : 0;
    const wanted = context.currentTime + START_SECONDS + countInSeconds;
    const begin = Math.round(wanted * context.sampleRate) / context.sampleRate;
    stage.performer.start(program, place, begin, countInBars);
    if (run) stage.bed.begin(run, begin + stage.mixer.latencySeconds);
    this.#stopPulse?.();
    this.#stopPulse = startPulse(ahead => this.#turn(stage, ahead));
    this.#turn(stage, START_SECONDS + countInSeconds + 0.2);
  }

  stop(): void {
    this.#reading?.abort();
    if (this.#stage) this.#silence(this.#stage);
  }

  /** Linear level of the song under the groove. */
  setSongLevel(level: number): void {
    this.#songLevel = level;
    this.#stage?.bed.setLevel(level);
  }

  setClickLevel(decibels: number): void {
    this.#clickDecibels = decibels;
    this.#stage?.performer.setClickLevel(decibels);
  }

  /** Goes to another mix at once. */
  setMix(mix: Mix): void {
    this.#stage?.mixer.setMix(mix);
  }

  /** The mixer that patterns play through, for its meters; null before anything has sounded. */
  get mixer(): Pick<MixerGraph, 'meters' | 'resetLoudness'> | null {
    return this.#stage?.mixer ?? null;
  }

  /** What is heard now; null while nothing plays. */
  position(): Position | null {
    const stage = this.#stage;
    if (!stage?.performer.isRunning) return null;
    const { context } = stage.engine;
    const heard = context.currentTime - (context.outputLatency || 0) - stage.mixer.latencySeconds;
    return stage.performer.positionAt(heard);
  }

  /** What sounds at `time` of the audio clock, for what is played in to it; null before the begin. */
  positionAt(time: number): Position | null {
    return this.#stage?.performer.positionAt(time) ?? null;
  }

  /** The audio clock; null before anything has sounded. */
  get clockSeconds(): number | null {
    return this.#stage?.engine.context.currentTime ?? null;
  }

  /** Sounds a hit at once, through the mixer, beside whatever plays. */
  strike({ hit, shape, role, gain, pan, choke }: LiveHit): void {
    const buffers = this.#stage?.performer.buffers;
    const buffer = buffers?.of({ hit, shape });
    const slice = buffers?.plain(hit);
    if (!this.#stage || !buffer || !slice) return;
    const found = this.#program?.sections.flatMap(({ hits }) => hits).find(({ id }) => id === hit);
    const attack = found ? (found.onsetFrame - found.startFrame) / found.sampleRate : 0;
    const { sampleRate, length } = slice;
    const preRollSeconds = shape
      ? shapedOnset(attack * sampleRate, length, sampleRate, shape) / sampleRate
      : attack;
    this.#live.strike(this.#stage.mixer.input(role), { buffer, preRollSeconds, gain, pan, choke });
  }

  /** From a time of the audio clock until what begins then is heard, in ms; 0 before anything has sounded. */
  get latencyMs(): number {
    if (!this.#stage) return 0;
    const { engine, mixer } = this.#stage;
    const { outputLatency, baseLatency } = engine.context;
    return (mixer.latencySeconds + (outputLatency || baseLatency)) * 1000;
  }

  /** What the audio clock showed when the page's clock showed `milliseconds`; null before anything has sounded. */
  timeAt(milliseconds: number): number | null {
    this.#readClock();
    return this.#stage ? this.#clock.timeAt(milliseconds) : null;
  }

  /** What the page's clock shows when the audio clock shows `time`. */
  millisecondsAt(time: number): number {
    this.#readClock();
    return this.#clock.millisecondsAt(time);
  }

  #readClock(): void {
    const context = this.#stage?.engine.context;
    if (context) this.#clock.read(context.currentTime, performance.now());
  }

  /** See `Performer.follow`; may be asked for before anything plays. */
  follow(aheadSeconds: number, listener: (span: SettledSpan) => void): () => void {
    const following = { aheadSeconds, listener };
    this.#followers.set(following, this.#stage?.performer.follow(aheadSeconds, listener));
    return () => {
      this.#followers.get(following)?.();
      this.#followers.delete(following);
    };
  }

  async #open(program: PlayerProgram): Promise<Stage> {
    if (this.#stage) {
      openEngine(this.#stage.engine.context.sampleRate);
      return this.#stage;
    }
    this.#opening ??= this.#build(program).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #build({ sections: [first] }: PlayerProgram): Promise<Stage> {
    const engine = openEngine(first?.kit.sampleRate ?? 44_100);
    const { context, input } = engine;
    const mixer = await createMixerGraph(context, first?.pattern.mix);
    const level = context.createGain();
    mixer.output.connect(level).connect(input);
    // Clicks go past the mixer, as late as what goes through it.
    const clicks = context.createDelay();
    clicks.delayTime.value = mixer.latencySeconds;
    clicks.connect(input);
    const performer = new Performer(context, mixer, clicks);
    performer.setClickLevel(this.#clickDecibels);
    for (const following of this.#followers.keys()) {
      const { aheadSeconds, listener } = following;
      this.#followers.set(following, performer.follow(aheadSeconds, listener));
    }
    const bed = new SongBed(input, this.#songLevel, this.#events.onSongLost);
    this.#stage = { engine, performer, level, bed, mixer };
    return this.#stage;
  }

  #turn(stage: Stage, aheadSeconds: number): void {
    const { performer, engine } = stage;
    this.#readClock();
    performer.pump(aheadSeconds);
    const { endTime } = performer;
    if (endTime === null || engine.context.currentTime < endTime + stage.mixer.latencySeconds) return;
    this.#stopPulse?.();
    performer.stop(true);
    stage.bed.stop();
    this.#events.onEnd();
  }

  #replace(stage: Stage, program: PlayerProgram, former: PlayerProgram | undefined): void {
    const { performer, engine, bed } = stage;
    const now = engine.context.currentTime;
    const needsRead = isOtherSong(program, former);
    const cut = now + (needsRead && program.song ? SONG_CUT_SECONDS : CUT_SECONDS);
    performer.replace(program, cut);
    performer.pump(needsRead ? SONG_CUT_SECONDS * 2 : CUT_SECONDS * 4);
    if (!needsRead) return;
    if (!program.song) {
      this.#newReading();
      bed.stop(cut);
      return;
    }
    const joins = performer.afterCountIn(cut);
    const origin = performer.songOriginAt(joins);
    if (origin === null) return;
    const position = performer.positionAt(joins);
    const place = { section: 0, along: position?.along ?? 0, ticks: position?.ticks ?? 0 };
    void this.#joinSong(stage, program, place, { cut: joins, seconds: joins - origin });
  }

  /** Lets the song join what plays at `cut`; where it is read too late, its place in time is kept. */
  async #joinSong(
    stage: Stage,
    program: PlayerProgram,
    place: Place,
    { cut, seconds }: { readonly cut: number; readonly seconds: number },
  ): Promise<void> {
    const { signal } = this.#newReading();
    const run = await this.#readSong(stage, program, place, signal, seconds);
    if (run && !signal.aborted) stage.bed.begin(run, cut + stage.mixer.latencySeconds);
  }

  async #readSong(stage: Stage, program: PlayerProgram, place: Place, signal: AbortSignal, seconds?: number) {
    const { song } = program;
    if (!song) return undefined;
    const loop = loopAt(program, place.ticks);
    const at = (ticks: number): number => songSecondsAt(program, song, { ...place, ticks });
    try {
      const opened = await Promise.all(
        song.stems.map(async ({ kind, audio }) => ({
          kind,
          source: await WavSource.open(audioUrl(audio), signal),
        })),
      );
      return await stage.bed.prepare(
        opened,
        seconds ?? at(place.ticks),
        loop && { from: at(loop.from), to: at(loop.to) },
      );
    } catch {
      if (!signal.aborted) this.#events.onSongLost();
      return undefined;
    }
  }

  #newReading(): AbortController {
    this.#reading?.abort();
    this.#reading = new AbortController();
    return this.#reading;
  }

  #silence(stage: Stage): void {
    this.#stopPulse?.();
    this.#stopPulse = undefined;
    stage.performer.stop(false);
    stage.bed.stop();
  }
}

/** Whether the stem has to be read from another place or not at all any more. */
function isOtherSong(program: PlayerProgram, former: PlayerProgram | undefined): boolean {
  const [one, other] = [program.song, former?.song ?? null];
  if (!one || !other) return one !== other;
  const looped = ({ loop, isLooping }: Program): string =>
    loop && isLooping ? `${loop.from} ${loop.to}` : '';
  return (
    looped(program) !== looped(former ?? program) ||
    one.stems.map(({ audio }) => audio).join() !== other.stems.map(({ audio }) => audio).join()
  );
}
