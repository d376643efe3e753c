import type { Random } from '../../base';
import { type Instrument, type Meter, type Role, stepsPerBar } from '../../model';
import { eighthsByWeight, fillSteps } from '../beats';

/** A note of a style before it has a name and a place in the pattern. */
export interface Stroke {
  readonly role: Role;
  readonly instrument: Instrument;
  /** Of the bar. */
  readonly step: number;
  readonly velocity: number;
  /** Written length. */
  readonly steps: number;
}

export interface BarContext {
  /** From 0. */
  readonly bar: number;
  readonly meter: Meter;
  readonly motionMode: 'A' | 'B';
  readonly motionKeep: number;
  readonly texture: boolean;
  readonly hasFill: boolean;
  /** The bar's own stream. */
  readonly random: Random;
  /** The pattern's stream, the same for every bar. */
  readonly whole: Random;
  /** 0..3. */
  readonly variant: number;
}

/** Writes one bar. */
export type Style = (context: BarContext) => Stroke[];

export const stroke = (
  role: Role,
  instrument: Instrument,
  step: number,
  velocity: number,
  steps: number,
): Stroke => ({ role, instrument, step, velocity, steps });

/**
 * `motionKeep` of the bar's eighths, ascending: mode A the first by metric weight, mode B drawn. In meters with another number
 * of eighths than eight the share is kept.
 */
export function motionSteps({ meter, motionMode, motionKeep, random }: BarContext): number[] {
  const eighths = eighthsByWeight(meter);
  const keep = Math.max(1, Math.min(eighths.length, Math.round((motionKeep * eighths.length) / 8)));
  const chosen = motionMode === 'A' ? eighths : random.fork('motion').shuffled(eighths);
  return chosen.slice(0, keep).sort((a, b) => a - b);
}

/** A background sound from the first step of the pattern for 16 steps, or a bar where that is another length. */
export const textureStrokes = ({ bar, meter, texture }: BarContext): Stroke[] =>
  texture && bar === 0 ? [stroke('TEXTURE', 'perc', 0, 0.5, stepsPerBar(meter))] : [];

const TOMS = ['ht', 'ht', 'mt', 'lt'] as const;

/** Toms going down over the last four steps, louder towards the end. */
export const fillStrokes = ({ meter, hasFill }: BarContext): Stroke[] =>
  hasFill
    ? fillSteps(meter).map((step, index) => stroke('FILL', TOMS[index] ?? 'lt', step, 0.7 + 0.05 * index, 1))
    : [];
