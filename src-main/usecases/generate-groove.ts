import { composeSkeleton, keepLocked, layOut, markov, poolsOfKit } from '#shared/compose';
import { type Pattern, RoleSchema } from '#shared/model';
import type { GenerateRequest } from '#shared/protocol';
import type { Library } from '#main/library';
import { kitOf } from './kit-of';

/** A new take: a skeleton, or what the transformer makes of it, laid out on the kit; locked roles stay as in `base`. */
export async function generateGroove(
  library: Library,
  request: GenerateRequest,
  base: Pattern | null,
): Promise<Pattern> {
  const { seed, choice, generator } = request;
  const kit = await kitOf(library, request.kitId);
  const skeleton = composeSkeleton(request);
  const take = generator === 'transformer' ? markov({ given: skeleton, seed, temperature: 1 }) : skeleton;
  const hits = await library.hits.some(kit.pads.flatMap(pad => pad.hits));
  const laid = layOut(take, poolsOfKit(kit, hits), { choice, seed });
  const locked = request.locked.flatMap(role => RoleSchema.safeParse(role).data ?? []);
  return base && locked.length > 0 ? keepLocked(base, laid, locked) : laid;
}
