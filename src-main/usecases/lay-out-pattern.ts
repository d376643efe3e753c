import { layOut, poolsOfKit } from '#shared/compose';
import { freedForLayers } from '#shared/mix';
import type { Pattern } from '#shared/model';
import type { Library } from '#main/library';
import { kitOf } from './kit-of';

/** The same groove on another kit: a hit of its pads for every note, by role and instrument. */
export async function layOutPattern(library: Library, pattern: Pattern, kitId: string): Promise<Pattern> {
  const kit = await kitOf(library, kitId);
  const hits = await library.hits.some(kit.pads.flatMap(pad => pad.hits));
  return freedForLayers(layOut(pattern, poolsOfKit(kit, hits), { choice: 'played', seed: 0 }), kit);
}
