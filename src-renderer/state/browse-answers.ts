import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import type { HitBook, SearchAnswer } from '#shared/protocol';
import { type Aspects, showRows, useBrowse } from './browse';
import { forgetHits } from './browse-hits';
import { namedRows, type Ranking } from './browse-rows';
import { useHitBook } from './hit-book';
import { sentenceOf } from './notices';

/** A pause in typing after which the words are looked up, ms. */
const TYPING_PAUSE_MS = 120;
/** A pause in walking through the list after which neighbours are looked up. */
const WALKING_PAUSE_MS = 140;
export const MOST_NEIGHBOURS = 24;
const MOST_ANSWERS = 100_000;

interface Nearest {
  readonly ofId: string | null;
  readonly status: 'none' | 'asking' | 'ready' | 'failed';
  readonly ids: readonly string[];
  /** 0..1 beside each. */
  readonly likeness: readonly number[];
  readonly reason: string | null;
}

const NOBODY: Nearest = { ofId: null, status: 'none', ids: [], likeness: [], reason: null };

/** The hits most like the current one, by everything that is known of their sound. */
export const useNearest = create<Nearest>(() => NOBODY);

/** While the index is being made ready it is asked again this often. */
const WARMING_MS = 400;

/** The answer, once there is one: a studio that has just started reads its library first. */
async function ask(
  wanted: { readonly text: string | null; readonly like: string | null; readonly aspects: Aspects },
  limit: number,
): Promise<SearchAnswer> {
  for (;;) {
    const given = await studio.searchHits.query({
      text: wanted.text,
      like: wanted.like,
      aspects: wanted.aspects,
      roles: [],
      instruments: [],
      placeIds: [],
      favourites: false,
      tags: [],
      limit,
    });
    if (given.isWarm) return given;
    await new Promise(resolve => setTimeout(resolve, WARMING_MS));
  }
}

/** The answer by rows, with those that are only called so. */
function rankingOf(book: HitBook, text: string, answer: SearchAnswer | null): Ranking {
  const { rowOf } = useHitBook.getState();
  const match = new Float32Array(book.ids.length).fill(NaN);
  for (const [index, id] of answer?.ids.entries() ?? []) {
    const row = rowOf.get(id);
    if (row !== undefined) match[row] = answer?.match[index] ?? NaN;
  }
  const named = text === '' ? null : namedRows(book, text);
  return { match, named };
}

let asked = '';
let answer: SearchAnswer | null = null;
let typing: ReturnType<typeof setTimeout> | undefined;

/** Ranks the rows by the search; what was answered before stays until the studio has answered anew. */
function followSearch(): void {
  const { search } = useBrowse.getState();
  const { book } = useHitBook.getState();
  const text = search.text.trim();
  const wanted =
    text === '' && search.likeId === null
      ? ''
      : JSON.stringify([text, search.likeId, search.likeId === null ? null : search.aspects]);
  if (wanted !== asked) {
    asked = wanted;
    answer = null;
    clearTimeout(typing);
    if (wanted !== '') {
      useBrowse.setState({ asking: 'asking' });
      typing = setTimeout(() => void lookUp(wanted), search.likeId === null ? TYPING_PAUSE_MS : 0);
    } else useBrowse.setState({ asking: 'no', milliseconds: null, recall: null });
  }
  const { asking, ranking } = useBrowse.getState();
  const isKept = asking === 'asking' && ranking?.match.length === book?.ids.length;
  if (!isKept)
    useBrowse.setState({
      ranking: asking === 'no' || asking === 'asking' || !book ? null : rankingOf(book, text, answer),
    });
  showRows();
}

async function lookUp(wanted: string): Promise<void> {
  const { search } = useBrowse.getState();
  const text = search.text.trim();
  try {
    const found = await ask(
      { text: text === '' ? null : text, like: search.likeId, aspects: search.aspects },
      MOST_ANSWERS,
    );
    if (asked !== wanted) return;
    answer = found;
    useBrowse.setState({
      asking: 'answered',
      milliseconds: found.milliseconds,
      recall: found.recall,
    });
  } catch {
    // Names are still found; the list says that nothing was found by sound.
    if (asked !== wanted) return;
    useBrowse.setState({ asking: 'failed', milliseconds: null, recall: null });
  }
  followSearch();
}

let walking: ReturnType<typeof setTimeout> | undefined;
let nearestKey = '';

function followCurrent(): void {
  const { currentId, search } = useBrowse.getState();
  const { version } = useHitBook.getState().book ?? {};
  const key = currentId === null ? '' : JSON.stringify([currentId, search.aspects, version]);
  if (key === nearestKey) return;
  nearestKey = key;
  clearTimeout(walking);
  if (currentId === null) {
    useNearest.setState(NOBODY);
    return;
  }
  useNearest.setState(state => ({
    ...(state.ofId === currentId ? state : NOBODY),
    ofId: currentId,
    status: 'asking',
  }));
  walking = setTimeout(() => {
    void (async () => {
      try {
        const found = await ask(
          { text: null, like: currentId, aspects: search.aspects },
          MOST_NEIGHBOURS + 1,
        );
        if (nearestKey !== key) return;
        const others = found.ids.flatMap((id, index) =>
          id === currentId ? [] : [{ id, likeness: found.match[index] ?? 0 }],
        );
        const best = others.slice(0, MOST_NEIGHBOURS);
        useNearest.setState({
          ofId: currentId,
          status: 'ready',
          ids: best.map(({ id }) => id),
          likeness: best.map(({ likeness }) => likeness),
          reason: null,
        });
      } catch (error) {
        if (nearestKey === key)
          useNearest.setState({ ...NOBODY, ofId: currentId, status: 'failed', reason: sentenceOf(error) });
      }
    })();
  }, WALKING_PAUSE_MS);
}

/** Keeps what is shown in step with the search, the book and the library; returns the undo. */
export function followBrowsing(): () => void {
  const undo = [
    useBrowse.subscribe((now, before) => {
      if (now.search !== before.search) followSearch();
      if (now.currentId !== before.currentId || now.search.aspects !== before.search.aspects) followCurrent();
    }),
    useHitBook.subscribe((now, before) => {
      if (now.book === before.book) return;
      if (before.book && now.book && now.book.ids !== before.book.ids) {
        forgetHits();
        asked = '';
      }
      followSearch();
      followCurrent();
    }),
  ];
  return () => {
    for (const take of undo) take();
    clearTimeout(typing);
    clearTimeout(walking);
  };
}
