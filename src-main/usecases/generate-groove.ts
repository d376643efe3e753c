import { composeSkeleton, keepLocked, layOut, markov, poolsOfKit } from '#shared/compose';
import { freedForLayers } from '#shared/mix';
import { type Pattern, RoleSchema } from '#shared/model';
import { type GenerateRequest, isModelFailure, TakeSchema } from '#shared/protocol';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { kitOf } from './kit-of';
import { patternOfTake, type TakePlayer } from './play-take';

/** A new groove: a skeleton, or what the transformer makes of it, laid out on the kit; locked roles stay as in `base`. */
export async function generateGroove(
  library: Library,
  player: TakePlayer,
  request: GenerateRequest,
  base: Pattern | null,
): Promise<Pattern> {
  const { seed, choice, generator } = request;
  const kit = await kitOf(library, request.kitId);
  const skeleton = composeSkeleton(request);
  const take = generator === 'transformer' ? await transformed(player, skeleton, seed) : skeleton;
  const hits = await library.hits.some(kit.pads.flatMap(pad => pad.hits));
  const laid = freedForLayers(layOut(take, poolsOfKit(kit, hits), { choice, seed }), kit);
  const locked = request.locked.flatMap(role => RoleSchema.safeParse(role).data ?? []);
  return base && locked.length > 0 ? keepLocked(base, laid, note => locked.includes(note.role)) : laid;
}

/** By the bundled model; where that cannot be run, by the Markov chain. */
async function transformed(player: TakePlayer, skeleton: Pattern, seed: number): Promise<Pattern> {
  try {
    return await patternOfTake(player, TakeSchema.parse({ kind: 'new', seed }), skeleton);
  } catch (error) {
    if (!(error instanceof Failed && isModelFailure(error.failure))) throw error;
    return markov({ given: skeleton, seed, temperature: 1 });
  }
}
