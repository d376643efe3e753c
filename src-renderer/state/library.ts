import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import type { Hit, Kit, Song, Track } from '#shared/model';
import type { AppInfo, LibraryNoun, ModelCard, StoredPattern, StoredTemplate } from '#shared/protocol';
import { attempt } from './notices';

interface LibraryState {
  readonly status: 'loading' | 'ready';
  readonly info: AppInfo | null;
  readonly tracks: readonly Track[];
  readonly kits: readonly Kit[];
  readonly patterns: readonly StoredPattern[];
  /** Bundled and imported; null until they were read. */
  readonly models: readonly ModelCard[] | null;
  /** Chains of patterns. */
  readonly songs: readonly Song[];
  /** Groove templates that the user made. */
  readonly templates: readonly StoredTemplate[];
  /** Hits by track; absent until asked for. */
  readonly hits: Readonly<Record<string, readonly Hit[]>>;
  /** Hits by kit; absent until asked for. */
  readonly kitHits: Readonly<Record<string, readonly Hit[]>>;
}

export const useLibrary = create<LibraryState>(() => ({
  status: 'loading',
  info: null,
  tracks: [],
  kits: [],
  patterns: [],
  models: null,
  songs: [],
  templates: [],
  hits: {},
  kitHits: {},
}));

const readers = {
  tracks: async () => useLibrary.setState({ tracks: await studio.tracks.query() }),
  kits: async () => useLibrary.setState({ kits: await studio.kits.query() }),
  patterns: async () => useLibrary.setState({ patterns: await studio.patterns.query() }),
  models: async () => useLibrary.setState({ models: await studio.models.query() }),
  songs: async () => useLibrary.setState({ songs: await studio.songs.query() }),
  templates: async () => useLibrary.setState({ templates: await studio.templates.query() }),
} as const;

/** Reads again what changed, in this window or in another process. */
export async function refreshLibrary(changed: readonly LibraryNoun[]): Promise<void> {
  const nouns = changed.filter(noun => noun in readers) as (keyof typeof readers)[];
  await attempt('Reading the library', async () => {
    await Promise.all(nouns.map(noun => readers[noun]()));
    useLibrary.setState({ info: await studio.info.query() });
    if (nouns.includes('tracks')) {
      await Promise.all(Object.keys(useLibrary.getState().hits).map(loadHits));
    }
    if (nouns.includes('kits'))
      await Promise.all(Object.keys(useLibrary.getState().kitHits).map(loadKitHits));
  });
  useLibrary.setState({ status: 'ready' });
}

/** Newest answer wins: a slow one that was asked for earlier must not undo a later one. */
const asked = new Map<string, number>();

async function keepNewest<Value>(
  key: string,
  read: () => Promise<Value>,
  keep: (value: Value) => void,
): Promise<void> {
  const turn = (asked.get(key) ?? 0) + 1;
  asked.set(key, turn);
  const value = await read();
  if (asked.get(key) === turn) keep(value);
}

export const loadHits = (trackId: string): Promise<void> =>
  keepNewest(
    `hits ${trackId}`,
    () => studio.hits.query({ trackId }),
    hits => useLibrary.setState(state => ({ hits: { ...state.hits, [trackId]: hits } })),
  );

export const loadKitHits = (kitId: string): Promise<void> =>
  keepNewest(
    `kit ${kitId}`,
    () => studio.kitHits.query({ kitId }),
    hits => useLibrary.setState(state => ({ kitHits: { ...state.kitHits, [kitId]: hits } })),
  );

/** Puts a changed hit wherever it is listed, before the studio has confirmed it. */
export function replaceHit(changed: Hit): void {
  const swap = (lists: Readonly<Record<string, readonly Hit[]>>): Record<string, readonly Hit[]> =>
    Object.fromEntries(
      Object.entries(lists).map(([key, hits]) => [
        key,
        hits.some(hit => hit.id === changed.id)
          ? hits.map(hit => (hit.id === changed.id ? changed : hit))
          : hits,
      ]),
    );
  useLibrary.setState(state => ({ hits: swap(state.hits), kitHits: swap(state.kitHits) }));
}

/** Adds hits that a kit has begun to use, before the studio has stored the kit. */
export function addKitHits(kitId: string, added: readonly Hit[]): void {
  useLibrary.setState(state => {
    const known = state.kitHits[kitId] ?? [];
    const fresh = added.filter(hit => !known.some(other => other.id === hit.id));
    return fresh.length === 0 ? {} : { kitHits: { ...state.kitHits, [kitId]: [...known, ...fresh] } };
  });
}
