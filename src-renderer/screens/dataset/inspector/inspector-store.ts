import { create } from 'zustand';
import type { SliceAudio } from '#renderer/playback';
import { sampleAudio } from '#renderer/playback';
import { sentenceOf, showSample } from '#renderer/state';
import {
  type DatasetSample,
  type DatasetSampleEntry,
  type DatasetSampleFilter,
  DatasetSampleFilterSchema,
} from '#shared/protocol';
import { spoken, TIER_NAMES, titled } from '../names';
import { studio } from '#renderer/bridge';
import { entryAt, isMissing, NO_PAGES, PAGE_SIZE, pageOf, type Pages, withPage } from './pages';
import { type Timeline, timelineOf } from './timeline';

/** A sample with everything that is drawn of it. */
export interface Opened {
  readonly sample: DatasetSample;
  readonly timeline: Timeline;
  /** null until it is read, and where the dataset has none. */
  readonly audio: SliceAudio | null;
}

interface InspectorState {
  readonly runId: string | null;
  readonly filter: DatasetSampleFilter;
  readonly pages: Pages;
  /** Of the sample in the filtered index. */
  readonly index: number;
  readonly opened: Opened | null;
  readonly problem: string | null;
  /** Whether the first page of what is asked for has come. */
  readonly isRead: boolean;
}

const NO_FILTER = DatasetSampleFilterSchema.parse({});

export const useInspector = create<InspectorState>(() => ({
  runId: null,
  filter: NO_FILTER,
  pages: NO_PAGES,
  index: 0,
  opened: null,
  problem: null,
  isRead: false,
}));

export const isFiltered = (filter: DatasetSampleFilter): boolean =>
  filter.text !== '' ||
  [filter.tier, filter.rudiment, filter.kit, filter.preset].some(value => value !== null);

/** Rises whenever other samples are asked for; an answer of before is dropped. */
let turn = 0;
let opening: AbortController | undefined;
const onTheirWay = new Set<number>();

const told = (error: unknown): void => {
  if (!(error instanceof DOMException && error.name === 'AbortError'))
    useInspector.setState({ problem: sentenceOf(error) });
};

/** Begins to look at another run, from its first sample. */
export function inspectRun(runId: string | null): void {
  if (useInspector.getState().runId === runId) return;
  opening?.abort();
  showSample(null);
  useInspector.setState({ runId, filter: NO_FILTER, opened: null });
  beginIndex();
}

export function setFilter(change: Partial<DatasetSampleFilter>): void {
  useInspector.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
  beginIndex();
}

export const clearFilter = (): void => setFilter(NO_FILTER);

function beginIndex(): void {
  turn++;
  onTheirWay.clear();
  useInspector.setState({ pages: NO_PAGES, index: 0, isRead: false, problem: null });
  void readPage(0).then(() => openAt(0));
}

/** Asks for a page of the index that is not here yet. */
export async function readPage(page: number): Promise<void> {
  const { runId, filter } = useInspector.getState();
  if (runId === null || onTheirWay.has(page)) return;
  const asked = turn;
  onTheirWay.add(page);
  try {
    const answer = await studio.datasetSamples.query({
      runId,
      filter,
      offset: page * PAGE_SIZE,
      limit: PAGE_SIZE,
    });
    if (asked === turn)
      useInspector.setState(({ pages }) => ({ pages: withPage(pages, page, answer), isRead: true }));
  } catch (error) {
    if (asked === turn) told(error);
  } finally {
    if (asked === turn) onTheirWay.delete(page);
  }
}

/** The entry of a row, asked for when it is not here. */
export function entryOf(index: number): DatasetSampleEntry | undefined {
  const { pages } = useInspector.getState();
  if (isMissing(pages, pageOf(index))) void readPage(pageOf(index));
  return entryAt(pages, index);
}

/** More samples were made: the page that is looked at is read again, and with it how many there are. */
export async function refreshIndex(): Promise<void> {
  const { index, opened } = useInspector.getState();
  await readPage(pageOf(index));
  const now = useInspector.getState();
  if (now.pages.total > 0 && now.opened === null && opened === null) await openAt(now.index);
}

/** Opens the sample at a place of the index, the nearest there is. */
export async function openAt(wanted: number): Promise<void> {
  const index = Math.max(0, Math.min(useInspector.getState().pages.total - 1, wanted));
  useInspector.setState({ index });
  const asked = turn;
  const page = pageOf(index);
  if (isMissing(useInspector.getState().pages, page)) await readPage(page);
  const { pages, runId, index: now } = useInspector.getState();
  const entry = entryAt(pages, index);
  if (asked !== turn || now !== index || runId === null) return;
  if (!entry) {
    if (pages.total === 0) close();
    return;
  }
  await open(runId, entry);
}

function close(): void {
  opening?.abort();
  showSample(null);
  useInspector.setState({ opened: null });
}

async function open(runId: string, entry: DatasetSampleEntry): Promise<void> {
  opening?.abort();
  const stop = new AbortController();
  opening = stop;
  try {
    const sample = await studio.datasetSample.query({ runId, number: entry.number });
    if (stop.signal.aborted) return;
    const timeline = timelineOf(sample.rows);
    show({ sample, timeline, audio: null });
    if (sample.audio === null) return;
    const audio = await sampleAudio(sample.audio, stop.signal);
    if (!stop.signal.aborted) show({ sample, timeline, audio });
  } catch (error) {
    if (!stop.signal.aborted) told(error);
  }
}

/** Lends the opened sample to the transport again, after another screen was looked at. */
export function showAgain(): void {
  const { opened } = useInspector.getState();
  if (opened) show(opened);
}

function show(opened: Opened): void {
  const { sample, timeline, audio } = opened;
  const { runId } = useInspector.getState();
  const [row] = sample.rows.samples;
  useInspector.setState({ opened, problem: null });
  if (!row) return;
  const tier = TIER_NAMES[sample.recipe.tier].toLowerCase();
  showSample({
    id: `${runId ?? ''} ${row.sample_id}`,
    title: `${titled(row.rudiment_slug)}, ${tier}`,
    detail: [row.soundfont, row.augmentation_preset]
      .filter(word => word !== null)
      .map(spoken)
      .join(', '),
    tempo: row.tempo_bpm,
    seconds: timeline.seconds,
    placeAt: seconds => timeline.beats.findLast(({ at }) => at <= seconds)?.label ?? '–',
    audio,
  });
}
