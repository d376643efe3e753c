import type { PlanarAudio } from '../model';
import type { AugmentContext, Augmented, AugmentStep } from './augmentation';
import { transformNamed } from './transforms';
import { inTurn, NO_WARP } from './warp';

/** `audio` through `steps` in turn. Throws RangeError on a step of a name that there is not, and ZodError on wrong parameters. */
export function augmented(
  audio: PlanarAudio,
  steps: readonly AugmentStep[],
  context: AugmentContext,
): Augmented {
  let result: Augmented = { audio, warp: NO_WARP };
  for (const { name, params } of steps) {
    const step = transformNamed(name);
    if (!step) throw new RangeError(`there is no augmentation "${name}"`);
    const next = step.apply(result.audio, params, context);
    result = { audio: next.audio, warp: inTurn(result.warp, next.warp) };
  }
  return result;
}
