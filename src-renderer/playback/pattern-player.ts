import { type Hit, type HitId, type Kit, type Pattern, patternTicks } from '#shared/model';
import { scheduleVoices, type Voice } from '#shared/mix';
import { gainOfDecibels, PPQ, ticksOfSeconds } from '#shared/units';
import { type Engine, LOOK_AHEAD_SECONDS, openEngine } from './engine';
import { loadBuffers } from './hit-audio';
import { startVoice, type VoiceNode } from './voice-node';

/** What sounds: a pattern as it is to be heard (muted lanes and other layers left out) and the kit under it. */
export interface Score {
  /** What all of it is raised by. */
  readonly gainDecibels: number;
  readonly pattern: Pattern;
  readonly kit: Kit;
  readonly hits: readonly Hit[];
}

interface Sounding {
  readonly node: VoiceNode;
  readonly choke: string | null;
}

/**
 * Plays the voices of `scheduleVoices`, the list that the offline mix adds up, on Tone's transport. Each voice is an
 * event at the tick before its onset; the rest of a tick is added in its callback, so starts are exact to the frame.
 */
export class PatternPlayer {
  #engine: Engine | undefined;
  #level: GainNode | undefined;
  #buffers: ReadonlyMap<HitId, AudioBuffer> = new Map();
  #sounding = new Set<Sounding>();
  #score: Score | undefined;
  #lengthTicks = 0;
  #isLooping = true;
  #edition = 0;
  #onEnd: () => void;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get isPlaying(): boolean {
    return this.#engine?.transport.state === 'started';
  }

  /** Takes over `score`; while it plays, what lies beyond the look-ahead is replaced at once. */
  async load(score: Score): Promise<void> {
    const edition = ++this.#edition;
    const engine = openEngine(score.kit.sampleRate);
    const buffers = await loadBuffers(engine.context, score.hits, this.#buffers);
    if (edition !== this.#edition) return;
    this.#engine = engine;
    this.#level ??= levelInto(engine);
    this.#level.gain.setTargetAtTime(gainOfDecibels(score.gainDecibels), engine.context.currentTime, 0.01);
    this.#buffers = buffers;
    this.#score = score;
    this.#schedule();
  }

  play(fromTicks = 0): void {
    const { transport } = this.#engine ?? {};
    if (!transport) return;
    if (transport.state === 'started') this.stop();
    transport.start(`+${LOOK_AHEAD_SECONDS}`, `${Math.round(fromTicks)}i`);
  }

  /** Ends playing and lets what sounds ring out. */
  finish(): void {
    this.#engine?.transport.stop(this.#engine.context.currentTime);
  }

  stop(): void {
    const engine = this.#engine;
    if (!engine) return;
    engine.transport.stop(engine.context.currentTime);
    for (const { node } of this.#sounding) node.release(engine.context.currentTime);
    this.#sounding.clear();
  }

  setLoop(isLooping: boolean): void {
    this.#isLooping = isLooping;
    if (this.#engine) this.#engine.transport.loop = isLooping;
  }

  /** Position that sounds now, in ticks of the pattern; 0 when stopped. */
  positionTicks(): number {
    const engine = this.#engine;
    if (!engine || engine.transport.state !== 'started') return 0;
    const { context, transport } = engine;
    const heard = context.currentTime - (context.outputLatency || 0);
    const at = transport.getTicksAtTime(Math.max(0, heard));
    return this.#isLooping && this.#lengthTicks > 0
      ? ((at % this.#lengthTicks) + this.#lengthTicks) % this.#lengthTicks
      : at;
  }

  #schedule(): void {
    const engine = this.#engine;
    const score = this.#score;
    if (!engine || !score) return;
    const { transport, context } = engine;
    const { pattern, kit } = score;
    transport.cancel(0);
    transport.PPQ = PPQ;
    if (transport.bpm.value !== pattern.tempo) transport.bpm.value = pattern.tempo;
    this.#lengthTicks = patternTicks(pattern);
    transport.setLoopPoints('0i', `${this.#lengthTicks}i`);
    transport.loop = this.#isLooping;
    const hits = new Map(score.hits.map(hit => [hit.id, hit]));
    const voices = scheduleVoices(pattern, kit, {
      sampleRate: context.sampleRate,
      hitFrames: id => Math.round((this.#buffers.get(id)?.duration ?? 0) * context.sampleRate),
      preRollFrames: id => preRollSeconds(hits.get(id)) * context.sampleRate,
    });
    const chokes = new Map(kit.pads.map(pad => [pad.id, pad.choke]));
    for (const voice of voices) {
      const exact = ticksOfSeconds(voice.onsetFrame / context.sampleRate, pattern.tempo);
      const tick = Math.floor(exact);
      transport.schedule(time => {
        const onset = time + ((exact - tick) * 60) / (transport.bpm.value * PPQ);
        this.#start(voice, onset, chokes.get(voice.padId) ?? null);
      }, `${tick}i`);
    }
    transport.schedule(time => {
      if (!this.#isLooping) setTimeout(this.#onEnd, Math.max(0, (time - context.currentTime) * 1000));
    }, `${this.#lengthTicks}i`);
  }

  #start(voice: Voice, onset: number, choke: string | null): void {
    const engine = this.#engine;
    const buffer = this.#buffers.get(voice.hit);
    if (!engine || !buffer || !this.#level) return;
    const { sampleRate } = engine.context;
    // What the voice list cannot know: a voice that rings over the loop's end is choked by the next pass.
    if (choke !== null) {
      for (const other of this.#sounding) if (other.choke === choke) other.node.release(onset);
    }
    const time = onset - (voice.onsetFrame - voice.startFrame) / sampleRate;
    const entry: Sounding = {
      choke: voice.releaseFrame === null ? choke : null,
      node: startVoice(this.#level, { buffer, time, gain: voice.gain, pan: voice.pan }, () => {
        this.#sounding.delete(entry);
      }),
    };
    this.#sounding.add(entry);
    if (voice.releaseFrame !== null) {
      entry.node.release(onset + (voice.releaseFrame - voice.onsetFrame) / sampleRate);
    }
  }
}

function levelInto(engine: Engine): GainNode {
  const level = engine.context.createGain();
  level.connect(engine.input);
  return level;
}

const preRollSeconds = (hit: Hit | undefined): number =>
  hit ? (hit.onsetFrame - hit.startFrame) / hit.sampleRate : 0;
