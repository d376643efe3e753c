import { Random } from '../base';
import {
  type Meter,
  type Note,
  type NoteId,
  noteId,
  type Pattern,
  type SkeletonStyle,
  STEP_TICKS,
  STRAIGHT,
  sortedNotes,
  stepsPerBar,
  PLAIN,
  PLAIN_FRAME,
} from '../model';
import { ticks } from '../units';
import { isFillBar } from './beats';
import { type BarContext, type Stroke, styleOf, swingOfStyle } from './styles';
import { limitVoices } from './voice-limit';

export interface SkeletonRequest {
  readonly style: SkeletonStyle;
  /** Quarter notes per minute. */
  readonly tempo: number;
  /** Number of bars, 1..128, all of one meter. */
  readonly bars: number;
  readonly meter: Meter;
  readonly seed: number;
  /** Which of the seed's four variants, 0..3. */
  readonly variant: number;
  /** A keeps the metrically strongest motion steps, B draws them by seed. */
  readonly motionMode: 'A' | 'B';
  /** Motion hits a bar, 4..8 of the eight eighths of 4/4; scaled to the eighths of other meters. */
  readonly motionKeep: number;
  /** Chance of a fill, drawn once for each fourth bar. */
  readonly fillProbability: number;
  readonly texture: boolean;
}

/** The seeds' defaults. */
export const SKELETON_DEFAULTS: Omit<SkeletonRequest, 'tempo'> = {
  style: 'four',
  bars: 4,
  meter: { numerator: 4, denominator: 4 },
  seed: 42,
  variant: 0,
  motionMode: 'B',
  motionKeep: 6,
  fillProbability: 0.25,
  texture: true,
};

/** A groove in the style asked for; the same request gives the same notes. */
export function composeSkeleton(request: SkeletonRequest): Pattern {
  const { meter, bars, variant } = request;
  const seeded = Random.ofSeed(request.seed).fork('skeleton', request.style);
  const random = variant === 0 ? seeded : seeded.fork('variant', variant);
  const writeBar = styleOf(request.style);
  const steps = stepsPerBar(meter);
  const strokes = Array.from({ length: bars }, (_, bar): [BarContext, number] => [
    {
      ...request,
      bar,
      hasFill: hasFill(request, random, bar),
      random: random.fork('bar', bar),
      whole: seeded,
    },
    bar,
  ]).flatMap(([context, bar]) =>
    withoutDoubles(writeBar(context)).map(stroke => toNote(stroke, bar, bar * steps)),
  );
  return {
    ...PLAIN_FRAME,
    tempo: request.tempo,
    bars: Array.from({ length: bars }, () => meter),
    swing: swingOfStyle(request.style) ?? STRAIGHT,
    notes: sortedNotes(limitVoices(strokes)),
  };
}

/** One stroke of a kind a step, the first: in short bars a style's pick-ups and ghosts can meet its beats. */
const withoutDoubles = (strokes: readonly Stroke[]): Stroke[] => [
  ...new Map(
    strokes.toReversed().map(each => [`${each.role} ${each.instrument} ${each.step}`, each]),
  ).values(),
];

/** Whether `bar` ends in a fill: only every fourth may, and each draws once, whatever else is drawn. */
const hasFill = ({ fillProbability }: SkeletonRequest, random: Random, bar: number): boolean =>
  isFillBar(bar) && random.fork('fill', bar).chance(fillProbability);

/** The name of a skeleton's note: stable, so that locks and edits find it in another take. */
const skeletonNoteId = ({ role, instrument, step }: Stroke, bar: number): NoteId =>
  noteId(`s${bar}.${step}.${role}.${instrument}`);

const toNote = (stroke: Stroke, bar: number, barStep: number): Note => ({
  id: skeletonNoteId(stroke, bar),
  role: stroke.role,
  instrument: stroke.instrument,
  at: ticks((barStep + stroke.step) * STEP_TICKS),
  feel: 0,
  velocity: stroke.velocity,
  length: ticks(stroke.steps * STEP_TICKS),
  ...PLAIN,
  hit: null,
  source: 'skeleton',
});
