import { PPQ } from '../units';
import { CLOCK, CONTINUE, START, songPosition } from './messages';

/** Ticks between two clocks: MIDI's clock beats 24 times a quarter note. */
export const CLOCK_TICKS = PPQ / 24;
const SIXTEENTH_TICKS = PPQ / 4;

/** A message and when it is to leave, in seconds of the audio clock. */
export interface TimedBytes {
  readonly time: number;
  readonly bytes: readonly number[];
}

/** What plays in a stretch of time: its ticks and when they sound. */
export interface ClockedLeg {
  /** Count-in where it is negative. */
  readonly pass: number;
  /** When tick 0 sounds, or would. */
  readonly origin: number;
  readonly begin: number;
  readonly end: number;
  readonly time: { secondsAt(ticks: number): number; ticksAt(seconds: number): number };
}

/** Devices that are told to start need a moment before the first beat. */
const START_AHEAD_SECONDS = 0.001;
/** Positions are sums of real numbers: what lies this near a clock is on it. */
const ROUNDING_TICKS = 1e-5;

/**
 * The MIDI clock of what plays, stretch by stretch of time. It counts the ticks that go by, so that it beats on evenly where a loop
 * comes round and where the tempo is changed; a bar that ends between two clocks does not shift the next.
 */
export class MidiClock {
  /** Ticks gone by; what plays begins on `#start`. Null until something plays. */
  #ticks: number | null = null;
  #next = 0;
  /** The sixteenth on which the device joins, in ticks. */
  #start = 0;
  #hasStarted = false;

  /** To be told before every begin. */
  reset(): void {
    this.#ticks = null;
    this.#hasStarted = false;
  }

  /** The messages between two instants; stretches follow each other without gaps, as their legs do. */
  between(from: number, to: number, legs: readonly ClockedLeg[]): TimedBytes[] {
    const messages: TimedBytes[] = [];
    for (const leg of legs) {
      const [begin, end] = [Math.max(from, leg.begin), Math.min(to, leg.end)];
      if (end > begin) this.#through(leg, { from, begin, end }, messages);
    }
    return messages;
  }

  #through(
    leg: ClockedLeg,
    { from, begin, end }: { readonly from: number; readonly begin: number; readonly end: number },
    messages: TimedBytes[],
  ): void {
    const positionAt = (time: number): number => leg.time.ticksAt(time - leg.origin);
    const first = positionAt(begin);
    if (this.#ticks === null) this.#begin(leg, first, begin, messages);
    const before = this.#ticks ?? 0;
    const after = before + positionAt(end) - first;
    for (; this.#next * CLOCK_TICKS < after - ROUNDING_TICKS; this.#next++) {
      const ticks = this.#next * CLOCK_TICKS;
      const time = Math.max(begin, leg.origin + leg.time.secondsAt(first + ticks - before));
      if (!this.#hasStarted && leg.pass >= 0 && ticks >= this.#start) {
        this.#hasStarted = true;
        const bytes = [this.#start === 0 ? START : CONTINUE];
        messages.push({ time: Math.max(from, time - START_AHEAD_SECONDS), bytes });
      }
      messages.push({ time, bytes: [CLOCK] });
    }
    this.#ticks = after;
  }

  /** A count-in lies before the place where playing begins. */
  #begin(leg: ClockedLeg, first: number, begin: number, messages: TimedBytes[]): void {
    const isCountIn = leg.pass < 0;
    const place = isCountIn ? 0 : first;
    this.#ticks = isCountIn ? first - leg.time.ticksAt(leg.end - leg.origin) : first;
    this.#next = Math.ceil((this.#ticks - ROUNDING_TICKS) / CLOCK_TICKS);
    const sixteenth = Math.ceil((place - ROUNDING_TICKS) / SIXTEENTH_TICKS);
    this.#start = sixteenth * SIXTEENTH_TICKS;
    this.#hasStarted = false;
    messages.push({ time: begin, bytes: songPosition(sixteenth) });
  }
}
