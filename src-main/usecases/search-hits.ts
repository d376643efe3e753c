import { setTimeout as pause } from 'node:timers/promises';
import type { StageRunner } from '#main/jobs';
import type { Library } from '#main/library';
import type { SearchAnswer, SearchRequest } from '#shared/protocol';

/** The searcher as the shell sees it: a process of its own, started when it is first wanted, and again when it has died. */
export interface HitSearch {
  /** Starts the process and has it read the library, if it has not. */
  warm(): void;
  search(request: SearchRequest): Promise<SearchAnswer>;
}

/** A search waits this long while the index is made ready, and then says that it is. */
const PATIENCE_MILLISECONDS = 1500;

const WARMING: SearchAnswer = {
  ids: [],
  match: new Float32Array(0),
  milliseconds: 0,
  recall: null,
  bookVersion: 0,
  isWarm: false,
};

export function openHitSearch(
  library: Pick<Library, 'folder'>,
  {
    runner,
    modelsFolder,
    patience = PATIENCE_MILLISECONDS,
  }: {
    readonly runner: StageRunner;
    readonly modelsFolder: string;
    readonly patience?: number;
  },
): HitSearch {
  const { folder } = library;
  let warming: Promise<unknown> | null = null;
  const run = (request: SearchRequest | null) =>
    runner.run<{ readonly answer: SearchAnswer | null }>('search', { folder, modelsFolder, request });
  const warm = (): Promise<unknown> => {
    if (warming) return warming;
    const starting = run(null);
    warming = starting;
    // What failed is tried again by the next search, which tells why.
    starting.catch(() => {
      if (warming === starting) warming = null;
    });
    return starting;
  };
  return {
    warm: () => void warm().catch(() => undefined),
    async search(request) {
      const isReady = await Promise.race([warm().then(() => true), pause(patience, false, { ref: false })]);
      if (!isReady) return WARMING;
      try {
        const { answer } = await run(request);
        return answer ?? WARMING;
      } catch (error) {
        // The process is gone; the next one must read the library first.
        warming = null;
        throw error;
      }
    },
  };
}
