import { clamp } from '../../units';
import type { StrokeClass } from '../onsets';
import type { HitContract } from './contract';

/** Log odds between the thresholds at sensitivity 0 and 1: from "hardly a doubt" to one in forty. */
const ODDS_RANGE = 6;

/** How soft or doubtful a stroke may be, 0..1, for all classes and otherwise for some. */
export interface Sensitivity {
  readonly sensitivity: number;
  readonly sensitivities?: Readonly<Partial<Record<StrokeClass, number>>> | undefined;
}

/** The chance from which on a class's peak is a stroke; the model's own at sensitivity 0.5. */
export const thresholdAt = (own: number, sensitivity: number): number => {
  const odds = Math.log(own / (1 - own)) + ODDS_RANGE * (0.5 - clamp(sensitivity, 0, 1));
  return 1 / (1 + Math.exp(-odds));
};

/** The threshold of each class, its family's, at a sensitivity. */
export function thresholdsAt(
  { families }: Pick<HitContract, 'families'>,
  { sensitivity, sensitivities }: Sensitivity,
): Partial<Record<StrokeClass, number>> {
  const entries = families.flatMap(({ classes, threshold }) =>
    classes.map(name => [name, thresholdAt(threshold, sensitivities?.[name] ?? sensitivity)] as const),
  );
  return Object.fromEntries(entries);
}
