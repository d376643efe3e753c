import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { keepLocked } from '#shared/compose';
import { type Difference, differenceOf } from '#shared/edit';
import type { Pattern } from '#shared/model';
import { beginDocument, keepAudition, setAudition, useDocument } from './document';
import {
  generatorTempo,
  rollSeed,
  setGenerator,
  unrollSeed,
  useGenerator,
  type GeneratorSettings,
} from './generator';
import { laneKey } from './lanes';
import { useLibrary } from './library';
import { isLocked } from './locks';
import { matchedDecibels } from './loudness';
import { attempt, sentenceOf } from './notices';
import { followView } from './open';
import { openKitOfPattern } from './score';
import { labelOf, TAKE_COUNT, type Wish, wishFor } from './take-requests';
import { setView, useView } from './view';

/** A take that has arrived, and what it would do to the groove it was made on. */
export interface TakeView {
  readonly pattern: Pattern;
  readonly difference: Difference;
  /** What makes it as loud as the groove before. */
  readonly gainDecibels: number;
}

/** Takes of one seed on one groove. */
export interface Run {
  readonly id: number;
  readonly documentId: string;
  readonly settings: GeneratorSettings;
  readonly label: string;
  readonly base: Pattern;
  /** In order; null while it is awaited. */
  readonly takes: readonly (TakeView | null)[];
}

interface TakesState {
  readonly run: Run | null;
  /** Runs of this session, the newest last. */
  readonly runs: readonly Run[];
  /** The take that B is; the other side, A, is the groove before. */
  readonly chosen: number;
  readonly side: 'A' | 'B';
  readonly isGenerating: boolean;
  /** Why nothing came, in words. */
  readonly problem: string | null;
}

export const useTakes = create<TakesState>(() => ({
  run: null,
  runs: [],
  chosen: 0,
  side: 'B',
  isGenerating: false,
  problem: null,
}));

const KEPT_RUNS = 12;
let lastRun = 0;
/** The run whose takes are awaited. */
let awaited = 0;

/** Makes four takes on the panel's seed, each heard in place as it is asked for; the first groove of all is opened at once. */
export async function generate(): Promise<void> {
  const { seedsBefore: _, ...settings } = useGenerator.getState();
  setAudition(null);
  const document = useDocument.getState();
  const kitId = openKitOfPattern()?.id ?? useView.getState().kitId ?? useLibrary.getState().kits[0]?.id;
  if (kitId === undefined) return;
  const base = document.history?.pattern ?? null;
  const context = {
    kitId,
    tempo: generatorTempo(),
    base,
    selection: document.selection,
    isLocked,
    patternOf: (id: string) => useLibrary.getState().patterns.find(one => one.id === id)?.pattern ?? null,
  };
  const mine = ++lastRun;
  awaited = mine;
  useTakes.setState({ isGenerating: true, problem: null });
  if (!base || document.id === null) {
    await generateFirst(wishFor(settings, context, 0), kitId, mine);
    return;
  }
  const run: Run = {
    id: mine,
    documentId: document.id,
    settings,
    label: labelOf(settings),
    base,
    takes: Array.from({ length: TAKE_COUNT }, () => null),
  };
  useTakes.setState({ run, chosen: 0, side: 'B' });
  const locked = new Set(base.notes.filter(isLocked).map(laneKey));
  await collectTakes(run, async take => {
    const made = await asked(wishFor(settings, context, take), kitId, settings, base);
    return keepLocked(base, made, note => locked.has(laneKey(note)));
  });
  if (awaited === mine) useTakes.setState({ isGenerating: false });
}

async function generateFirst(wish: Wish, kitId: string, mine: number): Promise<void> {
  const pattern =
    wish.kind === 'skeleton'
      ? await attempt('Generating', () => studio.generate.mutate({ request: wish.request, base: null }))
      : undefined;
  if (awaited !== mine) return;
  useTakes.setState({ isGenerating: false, problem: wish.kind === 'impossible' ? wish.why : null });
  if (!pattern) return;
  const id = crypto.randomUUID();
  beginDocument({ id, name: 'Groove 1', kitId, trackId: useView.getState().trackId, pattern });
  setView({ patternId: id, kitId });
  followView();
}

async function collectTakes(run: Run, take: (number: number) => Promise<Pattern>): Promise<void> {
  for (const number of run.takes.keys()) {
    try {
      const pattern = await take(number);
      const gainDecibels = await matchedGain(run.base, pattern);
      if (awaited !== run.id || useDocument.getState().id !== run.documentId) return;
      putTake(run.id, number, { pattern, difference: differenceOf(run.base, pattern), gainDecibels });
    } catch (error) {
      if (awaited === run.id) useTakes.setState({ problem: sentenceOf(error) });
      return;
    }
  }
}

function putTake(id: number, number: number, view: TakeView): void {
  const { run, runs, chosen, side } = useTakes.getState();
  if (run?.id !== id) return;
  const next = { ...run, takes: run.takes.map((other, index) => (index === number ? view : other)) };
  useTakes.setState({ run: next, runs: [...runs.filter(one => one.id !== id), next].slice(-KEPT_RUNS) });
  if (number === chosen && side === 'B') hear();
}

async function asked(
  wish: Wish,
  kitId: string,
  settings: GeneratorSettings,
  base: Pattern,
): Promise<Pattern> {
  switch (wish.kind) {
    case 'skeleton':
      return studio.generate.mutate({ request: wish.request, base });
    case 'take':
      return studio.take.mutate({ request: { kitId, choice: settings.choice, take: wish.take }, base });
    case 'impossible':
      throw new Error(wish.why);
  }
}

/** Puts the side that is chosen in place of the groove. */
function hear(): void {
  const { run, chosen, side } = useTakes.getState();
  const take = side === 'B' ? run?.takes[chosen] : null;
  if (!run || !take || useDocument.getState().id !== run.documentId) {
    setAudition(null);
    return;
  }
  const { pattern, gainDecibels } = take;
  setAudition({ pattern, gainDecibels, label: `${run.label}, take ${chosen + 1}` });
}

export function hearTake(chosen: number): void {
  if (!useTakes.getState().run?.takes[chosen]) return;
  useTakes.setState({ chosen, side: 'B' });
  hear();
}

/** The take after or before the one that is heard, round and round; without takes another seed's are made. */
export function nextTake(by: 1 | -1): void {
  const { run, chosen } = useTakes.getState();
  if (run) hearTake((chosen + by + TAKE_COUNT) % TAKE_COUNT);
}

/** Before or take, at the same place of the bar and as loud. */
export function hearSide(side: 'A' | 'B'): void {
  if (!useTakes.getState().run) return;
  useTakes.setState({ side });
  hear();
}

export const switchSides = (): void => hearSide(useTakes.getState().side === 'A' ? 'B' : 'A');

/** The take that is heard becomes the groove: one undo step. */
export function keepTake(): void {
  if (useTakes.getState().side === 'A') hearSide('B');
  keepAudition();
}

/** Puts the takes away; the groove stays as it was before them. */
export function discardTakes(): void {
  awaited = 0;
  useTakes.setState({ run: null, isGenerating: false, problem: null });
  setAudition(null);
}

/** Brings back takes that were made earlier on the open groove, with the settings that made them. */
export function reopenRun(id: number): void {
  const run = useTakes.getState().runs.find(one => one.id === id);
  if (!run || run.documentId !== useDocument.getState().id) return;
  awaited = 0;
  setGenerator(run.settings);
  useTakes.setState({ run, chosen: 0, side: 'B', isGenerating: false, problem: null });
  hear();
}

export function generateAgain(): void {
  rollSeed();
  void generate();
}

export function generateBefore(): void {
  if (unrollSeed()) void generate();
}

/** Takes belong to the groove they were made on, and are done with once one is kept or undone; returns the undo. */
export const followTakes = (): (() => void) =>
  useDocument.subscribe((now, before) => {
    const { run, side } = useTakes.getState();
    if (!run) return;
    if (now.id !== run.documentId) {
      useTakes.setState({ run: null, isGenerating: false });
    } else if (now.history?.pattern !== before.history?.pattern) {
      awaited = 0;
      useTakes.setState({ run: null, isGenerating: false });
    } else if (before.audition && !now.audition && side === 'B') {
      useTakes.setState({ side: 'A' });
    }
  });

/** Decibels that make `pattern` as loud as `base` on the open kit. */
async function matchedGain(base: Pattern, pattern: Pattern): Promise<number> {
  const kit = openKitOfPattern();
  return kit ? matchedDecibels({ pattern: base, kit }, { pattern, kit }) : 0;
}

/** What the take that is heard would change; null when the groove itself is heard. */
export const useHeardDifference = (): Difference | null => {
  const isHeard = useDocument(state => state.audition !== null && state.preview === null);
  const take = useTakes(({ run, chosen, side }) => (side === 'B' ? run?.takes[chosen] : null));
  return isHeard ? (take?.difference ?? null) : null;
};
