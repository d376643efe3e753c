import type { AugmentContext } from '#shared/augment';
import type { SoundKit } from './kit';
import type { Synth } from './synth';

/** What samples sound with. */
export interface Sounding {
  readonly synth: Synth;
  readonly kits: readonly SoundKit[];
  readonly context: AugmentContext;
}
