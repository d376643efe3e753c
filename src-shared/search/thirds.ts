import thirds from '../../assets/config/measure-thirds.json' with { type: 'json' };
import { EAR_MEASURES, type EarMeasure } from '../model';

/** Below the first of two numbers lies a third of all sounds of a name, above the second another. */
interface Third {
  readonly low: number;
  readonly high: number;
}

/** Sounds of no particular name. */
export const ANY_SOUND = 'all';

/** What is usual for what is called `noun`: an instrument, a group of them or a finer name; failing that for any sound. */
export function thirdOf(noun: string, measure: EarMeasure): Third {
  const found: Readonly<Record<string, readonly (readonly number[])[]>> = thirds;
  const [low = 0, , high = 1] = (found[noun] ?? found[ANY_SOUND])?.[EAR_MEASURES.indexOf(measure)] ?? [];
  return { low, high };
}

export const hasThirds = (noun: string): boolean => Object.hasOwn(thirds, noun);
