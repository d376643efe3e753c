import type { Random } from '#shared/base';
import type { Instrument } from '#shared/model';
import { strike } from './drums';
import { decay, filtered, framesOf, saturated, SAMPLE_RATE, tone } from './synthesis';

export const TEMPO = 96;
export const BARS = 16;
const BEAT = 60 / TEMPO;
export const STEP = BEAT / 4;
/** The off-beat sixteenth lies at 56 % of its pair. */
const SWING_DELAY = STEP * 2 * 0.56 - STEP;

export interface Stroke {
  readonly instrument: Instrument;
  readonly bar: number;
  /** Sixteenth of the bar. */
  readonly step: number;
  /** Seconds from bar 1. */
  readonly time: number;
  readonly velocity: number;
}

interface Bus {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

const PAN: Readonly<Partial<Record<Instrument, number>>> = {
  chh: 0.3,
  phh: 0.3,
  ohh: 0.3,
  crash: -0.4,
  ride: 0.45,
  ht: -0.3,
  mt: 0,
  lt: 0.3,
  perc: -0.5,
  rim: 0.15,
};

function place(bus: Bus, sound: Float32Array, time: number, gain: number, pan: number): void {
  const start = framesOf(time);
  const left = gain * Math.cos(((pan + 1) * Math.PI) / 4);
  const right = gain * Math.sin(((pan + 1) * Math.PI) / 4);
  for (let frame = 0; frame < sound.length && start + frame < bus.left.length; frame++) {
    bus.left[start + frame]! += sound[frame]! * left;
    bus.right[start + frame]! += sound[frame]! * right;
  }
}

/** The drummer's part: 16 bars in four sections, a fill at the end of each, everything a little off the grid. */
export function drumPart(random: Random): Stroke[] {
  const strokes: Stroke[] = [];
  const add = (instrument: Instrument, bar: number, step: number, velocity: number, late = 0): void => {
    const swing = step % 2 === 1 ? SWING_DELAY : 0;
    const human = random.fork('feel', bar, step, instrument).normal(late, 0.004);
    const force = random.fork('force', bar, step, instrument).normal(velocity, 0.05);
    const time = Math.max(0, (bar * 16 + step) * STEP + swing + human);
    strokes.push({ instrument, bar, step, time, velocity: Math.min(1, Math.max(0.08, force)) });
  };
  for (let bar = 0; bar < BARS; bar++) {
    const section = Math.floor(bar / 4);
    const fill = bar % 4 === 3;
    const kicks = section < 2 ? [0, 7, 10] : [0, 3, 8, 10];
    for (const step of kicks) if (!(fill && step > 11)) add('kick', bar, step, step === 0 ? 0.95 : 0.8);
    add('snare', bar, 4, 0.88, 0.009);
    if (!fill) add('snare', bar, 12, 0.9, 0.009);
    for (const step of [7, 9]) if (section > 0) add('snare', bar, step, 0.22);
    const time = section === 2 ? 'ride' : 'chh';
    for (let step = 0; step < (fill ? 12 : 16); step += section === 0 ? 2 : 1) {
      if (step === 14 && section === 1 && !fill) continue;
      add(time, bar, step, step % 4 === 0 ? 0.75 : step % 2 === 0 ? 0.55 : 0.34, -0.003);
    }
    if (section === 1 && !fill) add('ohh', bar, 14, 0.7);
    if (section === 3) for (const step of [4, 12]) add('clap', bar, step, 0.6, 0.004);
    if (section === 3) for (let step = 0; step < 16; step += 2) add('perc', bar, step + 1, 0.4);
    if (bar % 4 === 0 && bar > 0) add('crash', bar, 0, 0.8);
    if (fill) {
      const run: readonly Instrument[] = ['snare', 'ht', 'mt', 'lt'];
      run.forEach((instrument, index) => add(instrument, bar, 12 + index, 0.7 + 0.07 * index));
    }
  }
  return strokes.sort((a, b) => a.time - b.time);
}

function drums(random: Random, bus: Bus): void {
  drumPart(random).forEach((stroke, index) => {
    const take = strike(stroke.instrument, index % 5, random);
    const bright = stroke.velocity > 0.5 ? take : filtered(take, 'lowpass', 2500 + 12_000 * stroke.velocity);
    place(bus, bright, stroke.time, stroke.velocity ** 1.5, PAN[stroke.instrument] ?? 0);
  });
}

const hertz = (midiNote: number): number => 440 * 2 ** ((midiNote - 69) / 12);

/** Chord roots and thirds of the four-bar turn, as MIDI notes. */
const CHORDS = [
  [45, 60, 64, 67, 71],
  [41, 60, 65, 69, 72],
  [48, 60, 64, 67, 74],
  [43, 59, 62, 67, 71],
] as const;

function bassNote(note: number, seconds: number): Float32Array {
  const saw = tone(seconds, time => {
    const phase = (time * hertz(note)) % 1;
    return (
      (2 * phase - 1) * Math.min(1, time / 0.004) * Math.min(1, (seconds - time) / 0.02) * decay(time, 0.9)
    );
  });
  return saturated(filtered(saw, 'lowpass', 520, 1.2), 1.5);
}

/** A bell-like electric piano: one carrier, one modulator (Chowning 1973). */
function pianoNote(note: number, seconds: number): Float32Array {
  const carrier = 2 * Math.PI * hertz(note);
  return tone(seconds, time => {
    const modulation = 1.6 * decay(time, 0.35) * Math.sin(carrier * 3 * time);
    const level = Math.min(1, time / 0.006) * decay(time, 1.1) * Math.min(1, (seconds - time) / 0.05);
    return Math.sin(carrier * time + modulation) * level;
  });
}

function accompaniment(random: Random, bus: Bus): void {
  for (let bar = 0; bar < BARS; bar++) {
    const [root, ...voices] = CHORDS[bar % CHORDS.length] ?? CHORDS[0];
    const start = bar * 4 * BEAT;
    const line: readonly (readonly [number, number, number])[] = [
      [0, 0, 1.4],
      [1.75, 0, 0.6],
      [2.5, 12, 0.5],
      [3.25, 7, 0.6],
    ];
    for (const [beat, up, length] of line) {
      const feel = random.fork('bass', bar, beat).normal(0.004, 0.003);
      place(bus, bassNote(root - 12 + up, length * BEAT), start + beat * BEAT + feel, 0.3, 0);
    }
    voices.forEach((note, index) => {
      const pan = -0.35 + (0.7 * index) / (voices.length - 1);
      place(bus, pianoNote(note, 3.6 * BEAT), start + index * 0.012, 0.11, pan);
      if (bar >= 8)
        place(bus, pianoNote(note + 12, 0.8 * BEAT), start + (1.5 + (index % 2)) * BEAT, 0.05, -pan);
    });
  }
}

/** The demo song: stereo, 40 s of 4/4 at 96 BPM and its ring, peak -1 dBFS. */
export function demoSong(random: Random): {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
} {
  const length = framesOf(BARS * 4 * BEAT + 1.5);
  const bus: Bus = { left: new Float32Array(length), right: new Float32Array(length) };
  drums(random.fork('drums'), bus);
  accompaniment(random.fork('accompaniment'), bus);
  const peak = [bus.left, bus.right].reduce(
    (high, side) => side.reduce((top, value) => Math.max(top, Math.abs(value)), high),
    0,
  );
  return {
    sampleRate: SAMPLE_RATE,
    channels: [bus.left, bus.right].map(side => side.map(value => (value * 0.89) / peak)),
  };
}
