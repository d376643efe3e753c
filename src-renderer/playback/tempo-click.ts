import type { TempoMap } from '#shared/model';
import { clickTimes } from './click-times';
import type { Engine } from './engine';

/** How far ahead of the sound clicks are placed; longer than a busy window's pause between two looks. */
const AHEAD_SECONDS = 0.2;
const CLICK_SECONDS = 0.03;
const BAR_HERTZ = 1760;
const BEAT_HERTZ = 1175;
const BAR_LEVEL = 0.5;
const BEAT_LEVEL = 0.3;

/** A metronome on the audio clock, at the beats of a recording. */
export class TempoClick {
  /** Audio time up to which clicks are placed. */
  #until = 0;
  #nodes = new Set<OscillatorNode>();

  /** Places the clicks of the next moment; `secondsAt` tells the track's position at an audio time, null before it plays. */
  schedule(engine: Engine, map: TempoMap, secondsAt: (time: number) => number | null): void {
    const { context } = engine;
    const from = Math.max(this.#until, context.currentTime + 0.01);
    const to = context.currentTime + AHEAD_SECONDS;
    if (to <= from) return;
    this.#until = to;
    for (const { time, isBar } of clickTimes(map, from, to, secondsAt)) this.#sound(engine, time, isBar);
  }

  stop(): void {
    for (const node of this.#nodes) node.stop();
    this.#nodes.clear();
    this.#until = 0;
  }

  #sound({ context, input }: Engine, time: number, isBar: boolean): void {
    const tone = context.createOscillator();
    tone.frequency.value = isBar ? BAR_HERTZ : BEAT_HERTZ;
    const level = context.createGain();
    level.gain.setValueAtTime(0, time);
    level.gain.linearRampToValueAtTime(isBar ? BAR_LEVEL : BEAT_LEVEL, time + 0.001);
    level.gain.exponentialRampToValueAtTime(0.001, time + CLICK_SECONDS);
    tone.connect(level).connect(input);
    tone.start(time);
    tone.stop(time + CLICK_SECONDS);
    this.#nodes.add(tone);
    tone.addEventListener('ended', () => this.#nodes.delete(tone), { once: true });
  }
}
