import { create } from 'zustand';
import { fetchOnsets, studio } from '#renderer/bridge';
import {
  applySliceEdits,
  changeOfEdit,
  chooseOnsets,
  type Onset,
  type OnsetsFile,
  type PlannedSlice,
  planSlices,
  type SliceMark,
} from '#shared/analysis';
import { type Hit, type SliceEdit, type Track, type TrackHearing, USUAL_HEARING } from '#shared/model';
import { isRunning, useJobs } from './jobs';
import { useLibrary } from './library';
import { attempt, notify, sentenceOf } from './notices';

/** A wish before or after one step. */
interface HearingStep {
  readonly label: string;
  readonly hearing: TrackHearing;
}

/** How the open track is to be heard, as the user wishes it now; the studio follows. */
interface HearingState {
  readonly trackId: string | null;
  readonly hearing: TrackHearing;
  /** Everything that was heard in the track; null while it is read, or for tracks of before it was kept. */
  readonly heard: OnsetsFile | null;
  readonly undo: readonly HearingStep[];
  readonly redo: readonly HearingStep[];
  /** Values of a slider that is still held. */
  readonly preview: Partial<TrackHearing> | null;
  readonly saved: 'saved' | 'edited' | 'saving' | 'failed';
  /** The job that hears the track again. */
  readonly jobId: string | null;
}

const CLOSED: HearingState = {
  trackId: null,
  hearing: USUAL_HEARING,
  heard: null,
  undo: [],
  redo: [],
  preview: null,
  saved: 'saved',
  jobId: null,
};
export const useHearing = create<HearingState>(() => CLOSED);

/** Takes a track's wish to work on; one that is open already stays as it is, its onsets are read again. */
export async function openHearing(trackId: string): Promise<void> {
  const isOpen = useHearing.getState().trackId === trackId;
  if (!isOpen) {
    void saveHearingNow();
    useHearing.setState({ ...CLOSED, trackId });
  }
  const { hearing, onsets } = await studio.trackHearing.query({ trackId });
  const heard = onsets === null ? null : await fetchOnsets(onsets).catch(() => null);
  const now = useHearing.getState();
  if (now.trackId !== trackId) return;
  useHearing.setState({ heard, ...(now.undo.length + now.redo.length === 0 ? { hearing } : {}) });
}

/** Whether the user has cut by hand: then sensitivities stay as they are. */
export const isFrozen = ({ edits }: TrackHearing): boolean => edits.length > 0;

/** Makes one undo step. */
export function changeHearing(label: string, change: Partial<TrackHearing>): void {
  const { hearing, undo } = useHearing.getState();
  useHearing.setState({
    hearing: { ...hearing, ...change },
    undo: [...undo, { label, hearing }],
    redo: [],
    preview: null,
  });
  edited();
}

export const previewHearing = (preview: Partial<TrackHearing> | null): void =>
  useHearing.setState({ preview });

/** Makes one step of edits; answers how many of them found something to change. */
export function editSlices(
  label: string,
  edits: readonly SliceEdit[],
  marks: readonly SliceMark[],
  track: Track,
): number {
  const space = spaceOf(track);
  const done = edits.filter(edit => changeOfEdit(marks, edit, space) !== null);
  if (done.length > 0) changeHearing(label, { edits: [...useHearing.getState().hearing.edits, ...done] });
  return done.length;
}

export function undoHearing(): void {
  const { hearing, undo, redo } = useHearing.getState();
  const last = undo.at(-1);
  if (!last) return;
  useHearing.setState({
    hearing: last.hearing,
    undo: undo.slice(0, -1),
    redo: [...redo, { label: last.label, hearing }],
    preview: null,
  });
  edited();
}

export function redoHearing(): void {
  const { hearing, undo, redo } = useHearing.getState();
  const next = redo.at(-1);
  if (!next) return;
  useHearing.setState({
    hearing: next.hearing,
    undo: [...undo, { label: next.label, hearing }],
    redo: redo.slice(0, -1),
    preview: null,
  });
  edited();
}

/** Edits that follow each other quickly are heard together. */
const SAVE_AFTER_MS = 1500;
let saving: ReturnType<typeof setTimeout> | undefined;

function edited(): void {
  useHearing.setState({ saved: 'edited' });
  clearTimeout(saving);
  saving = setTimeout(() => void saveHearingNow(), SAVE_AFTER_MS);
}

/** Keeps the wish and has the track heard again; nothing is lost when that fails. */
export async function saveHearingNow(): Promise<void> {
  clearTimeout(saving);
  const { trackId, hearing, saved } = useHearing.getState();
  if (trackId === null || saved === 'saved' || saved === 'saving') return;
  useHearing.setState({ saved: 'saving' });
  try {
    const { jobId } = await studio.setTrackHearing.mutate({ trackId, hearing });
    const now = useHearing.getState();
    if (now.trackId === trackId)
      useHearing.setState({ jobId, ...(now.saved === 'saving' ? { saved: 'saved' } : {}) });
  } catch (error) {
    if (useHearing.getState().trackId === trackId) useHearing.setState({ saved: 'failed' });
    notify({
      tone: 'bad',
      text: `The slices could not be saved: ${sentenceOf(error)}. They are kept in this window.`,
      action: { name: 'Save again', run: () => void saveHearingNow() },
    });
  }
}

/** Whether what is shown is still to be cut. */
export const useIsHearing = (): boolean => {
  const { jobId, saved } = useHearing();
  const isBusy = useJobs(({ jobs }) => jobs.some(job => job.id === jobId && isRunning(job)));
  return isBusy || saved === 'edited' || saved === 'saving';
};

const spaceOf = ({ sampleRate, seconds, stems }: Track) => ({
  sampleRate,
  stemFrames: stems[0]?.frames ?? Math.round(seconds * sampleRate),
});

/** The strokes of hits whose analysis kept no more. */
function onsetsOfHits(hits: readonly Hit[]): Onset[] {
  const at = (frame: number, { sampleRate }: Hit): Onset => ({
    frame,
    time: frame / sampleRate,
    strength: 1,
  });
  return hits
    .flatMap(hit => [
      at(hit.onsetFrame, hit),
      ...(hit.flamFrames === null ? [] : [at(hit.onsetFrame + hit.flamFrames, hit)]),
      ...hit.duplicates.map(twin => at(twin.onsetFrame, hit)),
    ])
    .sort((a, b) => a.frame - b.frame);
}

export interface SlicePlan {
  readonly marks: readonly SliceMark[];
  readonly slices: readonly PlannedSlice[];
}

/** Where slices lie by the wish as it stands, before the studio has cut them. */
export function planOf(
  track: Track,
  hits: readonly Hit[],
  heard: OnsetsFile | null,
  hearing: TrackHearing,
): SlicePlan {
  const onsets = heard ? chooseOnsets(heard, hearing) : onsetsOfHits(hits);
  const { sampleRate, stemFrames } = spaceOf(track);
  const marks = applySliceEdits(onsets, hearing.edits, { sampleRate, stemFrames });
  return { marks, slices: planSlices(marks, stemFrames, sampleRate, hearing) };
}

/** Keeps wish and library in step: saves before the window is left, reads again what new hits were chosen from; returns the undo. */
export function followHearing(): () => void {
  const save = (): void => void saveHearingNow();
  window.addEventListener('pagehide', save);
  window.addEventListener('blur', save);
  const unsubscribe = useLibrary.subscribe((now, before) => {
    const { trackId } = useHearing.getState();
    if (trackId !== null && now.hits[trackId] !== before.hits[trackId])
      void attempt('Reading what was heard', () => openHearing(trackId));
  });
  return () => {
    window.removeEventListener('pagehide', save);
    window.removeEventListener('blur', save);
    unsubscribe();
  };
}
