import { type Meter, stepsPerBar } from '../model';

/**
 * First steps of a bar's beats, in sixteenths: quarters in 2/4, 3/4, 4/4...; dotted quarters in 6/8, 9/8, 12/8; in
 * other meters of eighths, groups of two with a three last (7/8 = 2+2+3), the seeds' 4/4 being {0, 4, 8, 12}. Meters of
 * sixteenths follow the same rule one level down: threes when they divide the bar, else fours with the rest last.
 */
export function beatsOf(meter: Meter): number[] {
  const steps = stepsPerBar(meter);
  const compound = meter.numerator % 3 === 0 && meter.numerator > 3;
  if (meter.denominator === 8 && compound) return everyStep(steps, 6);
  if (meter.denominator === 16 && compound) return everyStep(steps, 3);
  const beats = everyStep(steps, 4);
  const last = beats.at(-1) ?? 0;
  return beats.length > 1 && steps - last < 3 ? beats.slice(0, -1) : beats;
}

const everyStep = (steps: number, size: number): number[] =>
  Array.from({ length: Math.ceil(steps / size) }, (_, index) => index * size);

/** Beats 2, 4, ... of a bar; in a bar of one beat its last eighth. */
export function backbeatsOf(meter: Meter): number[] {
  const beats = beatsOf(meter);
  return beats.length > 1
    ? beats.filter((_, index) => index % 2 === 1)
    : [Math.max(0, stepsPerBar(meter) - 2)];
}

/**
 * The steps of a bar's eighths by metric weight: strong beats, weak beats, then each eighth further into the beats in the same
 * order. In 4/4: 0 8 4 12 2 10 6 14.
 */
export function eighthsByWeight(meter: Meter): number[] {
  const beats = beatsOf(meter);
  const steps = stepsPerBar(meter);
  const ordered = [
    ...beats.filter((_, index) => index % 2 === 0),
    ...beats.filter((_, index) => index % 2 === 1),
  ];
  const endOf = (beat: number): number => beats[beats.indexOf(beat) + 1] ?? steps;
  return [0, 2, 4, 6]
    .flatMap(into => ordered.map(beat => [beat + into, endOf(beat)] as const))
    .filter(([step, end]) => step < end)
    .map(([step]) => step);
}

/** The last four steps of a bar, where the seeds put a fill; all of a shorter one. */
export function fillSteps(meter: Meter): number[] {
  const steps = stepsPerBar(meter);
  return Array.from({ length: steps }, (_, step) => step).slice(-4);
}

/** Fills belong to bars 4, 8, 12... (index 3, 7, 11...). */
export const isFillBar = (bar: number): boolean => bar % 4 === 3;
