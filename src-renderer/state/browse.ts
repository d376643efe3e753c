import { create } from 'zustand';
import type { Aspect } from '#shared/model';
import { NO_TRAIL, stepped, steppedBack, steppedForward, type Trail } from './browse-history';
import { useChosenHits, hitsOf, knownHit } from './browse-hits';
import { NO_FILTER, type Ranking, type RowFilter, type RowSort, type Shown, shownRows } from './browse-rows';
import { useHitBook } from './hit-book';
import { attempt } from './notices';

export type Aspects = Readonly<Record<Aspect, number>>;
export const USUAL_ASPECTS: Aspects = { timbre: 1, brightness: 0, length: 0, pitch: 0, loudness: 0 };

/** What the list and the map show of the library. */
export interface Search {
  /** In words; '' for none. */
  readonly text: string;
  /** Sorted by likeness to this hit; null for none. */
  readonly likeId: string | null;
  readonly aspects: Aspects;
  readonly filter: RowFilter;
  readonly sort: RowSort;
}

export const NO_SEARCH: Search = {
  text: '',
  likeId: null,
  aspects: USUAL_ASPECTS,
  filter: NO_FILTER,
  sort: { by: null, descending: false },
};

interface Choice {
  readonly currentId: string | null;
  /** Everything chosen; the current hit is among it. */
  readonly chosen: ReadonlySet<string>;
}

interface Step extends Choice {
  readonly search: Search;
}

interface BrowseState extends Step {
  readonly shown: Shown;
  /** How well rows answer the search; null without one. */
  readonly ranking: Ranking | null;
  readonly asking: 'no' | 'asking' | 'answered' | 'failed';
  /** Of the last answer, ms. */
  readonly milliseconds: number | null;
  readonly recall: number | null;
  /** Where a choice of several rows began. */
  readonly anchorId: string | null;
  readonly trail: Trail<Step>;
}

const NOTHING: Shown = { rows: new Uint32Array(0), roleCounts: [] };
const NO_CHOICE: Choice = { currentId: null, chosen: new Set() };

export const useBrowse = create<BrowseState>(() => ({
  search: NO_SEARCH,
  ...NO_CHOICE,
  shown: NOTHING,
  ranking: null,
  asking: 'no',
  milliseconds: null,
  recall: null,
  anchorId: null,
  trail: NO_TRAIL,
}));

const stepOf = ({ search, currentId, chosen }: BrowseState): Step => ({ search, currentId, chosen });

/** What follows soon after the like of itself is one step back: typing, walking through the list. */
const ONE_STEP_MS = 1500;
let lastKind = '';
let lastTime = 0;

/** Keeps where the browser is, to come back to; `kind` names what is about to be done there. */
function remember(kind: string): void {
  const now = performance.now();
  const isSame = kind === lastKind && now - lastTime < ONE_STEP_MS;
  lastKind = kind;
  lastTime = now;
  if (!isSame) useBrowse.setState(state => ({ trail: stepped(state.trail, stepOf(state)) }));
}

/** Makes the order of what is shown anew. */
export function showRows(): void {
  const { book } = useHitBook.getState();
  const { search, ranking } = useBrowse.getState();
  useBrowse.setState({ shown: book ? shownRows(book, search.filter, ranking, search.sort) : NOTHING });
}

/** Changes the search; what is chosen stays chosen. */
export function changeSearch(kind: string, change: Partial<Search>): void {
  remember(kind);
  useBrowse.setState(state => ({ search: { ...state.search, ...change } }));
}

export const changeFilter = (change: Partial<RowFilter>): void =>
  changeSearch('filter', { filter: { ...useBrowse.getState().search.filter, ...change } });

/** `set` with `one`, or without it where it has it. */
export function toggled<Value>(set: ReadonlySet<Value>, one: Value): ReadonlySet<Value> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

export type Choosing = 'one' | 'also' | 'through' | 'within';

/** Chooses a hit: alone, beside others, with all rows since the one before, or as the current one of those that are chosen. */
export function chooseHit(id: string, how: Choosing = 'one', kind = 'choose'): void {
  remember(kind);
  const { chosen, anchorId, currentId, shown } = useBrowse.getState();
  if (how === 'one') setChoice({ currentId: id, chosen: new Set([id]) }, id);
  else if (how === 'within') setChoice({ currentId: id, chosen }, id);
  else if (how === 'also') setChoice({ currentId: id, chosen: toggled(chosen, id) }, id);
  else {
    const { book, rowOf } = useHitBook.getState();
    const from = shown.rows.indexOf(rowOf.get(anchorId ?? currentId ?? id) ?? -1);
    const to = shown.rows.indexOf(rowOf.get(id) ?? -1);
    const rows = shown.rows.subarray(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1);
    setChoice(
      { currentId: id, chosen: new Set(Array.from(rows, row => book?.ids[row] ?? id)) },
      anchorId ?? currentId,
    );
  }
}

/** Chooses many at once; `isMore` keeps what was chosen before. */
export function chooseHits(ids: readonly string[], isMore = false): void {
  remember('choose many');
  const { chosen, currentId } = useBrowse.getState();
  const all = new Set(isMore ? [...chosen, ...ids] : ids);
  const current = currentId !== null && all.has(currentId) ? currentId : (ids[0] ?? null);
  setChoice({ currentId: current, chosen: all }, current);
}

function setChoice({ currentId, chosen }: Choice, anchorId: string | null): void {
  useBrowse.setState({ currentId, chosen, anchorId });
  const candidate = currentId === null ? null : (knownHit(currentId) ?? null);
  useChosenHits.setState({ candidate, ids: chosen });
  if (currentId === null || candidate) return;
  void attempt('Reading the hit', async () => {
    const [hit] = await hitsOf([currentId]);
    if (useBrowse.getState().currentId === currentId) useChosenHits.setState({ candidate: hit ?? null });
  });
}

/** Reads the current hit again: its role or its marks are others now. */
export function refreshChoice(): void {
  const { currentId, chosen, anchorId } = useBrowse.getState();
  setChoice({ currentId, chosen }, anchorId);
}

function goTo(next: { readonly to: Step; readonly trail: Trail<Step> } | null): void {
  if (!next) return;
  const { rowOf } = useHitBook.getState();
  lastKind = '';
  const { search, currentId, chosen } = next.to;
  useBrowse.setState({ search, trail: next.trail });
  // What was deleted since is not chosen again.
  const there = new Set([...chosen].filter(id => rowOf.has(id)));
  const current = currentId !== null && rowOf.has(currentId) ? currentId : null;
  setChoice({ currentId: current, chosen: there }, current);
}

export const browseBack = (): void =>
  goTo(steppedBack(useBrowse.getState().trail, stepOf(useBrowse.getState())));
export const browseForward = (): void =>
  goTo(steppedForward(useBrowse.getState().trail, stepOf(useBrowse.getState())));
