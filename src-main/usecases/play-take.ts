import { join } from 'node:path';
import type { FileRef, StageRunner } from '#main/jobs';
import type { Library } from '#main/library';
import { layOutNew, poolsOfKit } from '#shared/compose';
import { freedForLayers } from '#shared/mix';
import type { Pattern } from '#shared/model';
import type { Take, TakeRequest } from '#shared/protocol';
import { kitOf } from './kit-of';

/** The process that plays takes, and where its models lie. */
export interface TakePlayer {
  readonly runner: StageRunner;
  readonly modelsFolder: string;
}

/** One take on a pattern, played by the bundled models, its new notes laid out on the kit. */
export async function playTake(
  library: Library,
  player: TakePlayer,
  { kitId, choice, take }: TakeRequest,
  base: Pattern,
): Promise<Pattern> {
  const kit = await kitOf(library, kitId);
  const hits = await library.hits.some(kit.pads.flatMap(pad => pad.hits));
  const made = await patternOfTake(player, take, base);
  const laid = layOutNew(made, poolsOfKit(kit, hits), { choice, seed: take.seed });
  const named = new Set(made.notes.flatMap(({ id, hit }) => (hit === null ? [] : [id])));
  return freedForLayers(laid, kit, ({ id }) => !named.has(id));
}

/** The take alone, before any hits are chosen. */
export async function patternOfTake(
  { runner, modelsFolder }: TakePlayer,
  take: Take,
  pattern: Pattern,
): Promise<Pattern> {
  // What runs once and is not kept needs no hash of its models.
  const manifest = (name: string): FileRef => ({
    kind: 'file',
    path: join(modelsFolder, name, 'manifest.json'),
    sha256: '',
  });
  const manifests = {
    humaniser: manifest('groove-humanise'),
    tapper: manifest('groove-tap'),
    transformer: manifest('drum-transformer'),
  };
  const values = await runner.run<{ readonly pattern: Pattern }>('take', { take, pattern, manifests });
  return values.pattern;
}
