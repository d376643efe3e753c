import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import type { Hit } from '#shared/model';

interface ChosenHits {
  /** The hit of the browser that would be sent to a pad; null while none is chosen, or it is still being read. */
  readonly candidate: Hit | null;
  /** Ids of everything chosen there, the current one among them. */
  readonly ids: ReadonlySet<string>;
}

/** What the browser has chosen, for whoever takes hits from it: pads, layers, the inspector. */
export const useChosenHits = create<ChosenHits>(() => ({ candidate: null, ids: new Set() }));

/** Hits that were read last; the book has columns only. */
const KEPT = 2000;
const read = new Map<string, Hit>();
const asked = new Map<string, Promise<void>>();
/** Rises when what is on its way is not to be kept. */
let age = 0;

export const knownHit = (id: string): Hit | undefined => read.get(id);

/** Forgets hits whose roles, names or takes may be others now. */
export function forgetHits(): void {
  age++;
  read.clear();
  asked.clear();
}

/** Whole hits by their ids, those that are in the library; what was read before is not asked for again. */
export async function hitsOf(ids: readonly string[]): Promise<readonly Hit[]> {
  const missing = ids.filter(id => !read.has(id) && !asked.has(id));
  if (missing.length > 0) {
    const reading = (async (): Promise<void> => {
      const own = age;
      const hits = await studio.hitsById.query({ hitIds: missing });
      for (const hit of hits) if (own === age) read.set(hit.id, hit);
    })();
    for (const id of missing) asked.set(id, reading);
    const forget = (): void => {
      for (const id of missing) if (asked.get(id) === reading) asked.delete(id);
    };
    reading.then(forget, forget);
  }
  await Promise.all(new Set(ids.flatMap(id => asked.get(id) ?? [])));
  const found = ids.flatMap(id => read.get(id) ?? []);
  for (const oldest of read.keys()) {
    if (read.size <= Math.max(KEPT, ids.length)) break;
    read.delete(oldest);
  }
  return found;
}
