import { create } from 'zustand';
import type { Hit } from '#shared/model';

interface ChosenHits {
  /** The hit of the browser that would be sent to a pad; null while none is chosen, or it is still being read. */
  readonly candidate: Hit | null;
  /** Ids of everything chosen there, the current one among them. */
  readonly ids: ReadonlySet<string>;
}

/** What the browser has chosen, for whoever takes hits from it: pads, layers, the inspector. */
export const useChosenHits = create<ChosenHits>(() => ({ candidate: null, ids: new Set() }));
