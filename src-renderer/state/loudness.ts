import { type SliceAudio, sliceAudio } from '#renderer/playback';
import { type HitLevel, hitLevel, type LevelOf, matchingDecibels, shapedAudio, shapeName } from '#shared/mix';
import type { HitId, Kit, Pattern } from '#shared/model';
import { loadKitHits, useLibrary } from './library';

interface Played {
  readonly pattern: Pattern;
  readonly kit: Kit;
}

/** Levels by the slice and how it is shaped. */
const levels = new Map<string, HitLevel>();

/** Decibels that make `after` as loud as `before`. */
export async function matchedDecibels(before: Played, after: Played): Promise<number> {
  const audio = await slicesOf([before.kit, after.kit]);
  const levelOf: LevelOf = ({ hit, shape }) => {
    const slice = audio.get(hit);
    if (!slice) return undefined;
    const name = `${slice.sha256} ${shape ? shapeName(shape) : ''}`;
    const level = levels.get(name) ?? hitLevel(shape ? shapedAudio(slice.audio, shape) : slice.audio);
    levels.set(name, level);
    return level;
  };
  return matchingDecibels(before, after, levelOf);
}

interface Slice {
  readonly sha256: string;
  readonly audio: SliceAudio;
}

async function slicesOf(kits: readonly Kit[]): Promise<ReadonlyMap<HitId, Slice>> {
  for (const { id } of kits) if (!(id in useLibrary.getState().kitHits)) await loadKitHits(id);
  const hits = kits.flatMap(({ id }) => useLibrary.getState().kitHits[id] ?? []);
  const pairs = await Promise.all(
    hits.map(async ({ id, audio: sha256 }): Promise<readonly [HitId, Slice] | null> => {
      const audio = await sliceAudio(sha256).catch(() => null);
      return audio && [id, { sha256, audio }];
    }),
  );
  return new Map(pairs.filter(pair => pair !== null));
}
