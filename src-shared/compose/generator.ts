import type { Pattern } from '../model';

export interface GeneratorRequest {
  /** The groove to go on from: its tempo and bars are the result's, its notes the style asked for. */
  readonly given: Pattern;
  readonly seed: number;
  /** 0: always the likeliest; 1: as learnt; above: wilder. */
  readonly temperature: number;
}

/** Anything that makes a groove out of a groove and chance: the same request gives the same notes. */
export type PatternGenerator = (request: GeneratorRequest) => Pattern;
