import { studio } from '#renderer/bridge';
import { openedEngine, TempoClick } from '#renderer/playback';
import { type TappedTempo, tapTempo } from '#shared/analysis';
import { type Meter, NO_CORRECTION, type TempoCorrection, TempoMap, type Track } from '#shared/model';
import { create } from 'zustand';
import { useLibrary } from './library';
import { attempt } from './notices';
import { trackPosition, trackSecondsAt, useTrackPlay } from './tracks';
import { useView } from './view';

export const LOWEST_BPM = 20;
export const HIGHEST_BPM = 400;

/** One step of correcting a tempo, as its undo names it. */
interface TempoStep {
  readonly trackId: string;
  readonly label: string;
  readonly before: TempoCorrection | null;
  readonly after: TempoCorrection | null;
}

interface TempoState {
  readonly done: readonly TempoStep[];
  readonly undone: readonly TempoStep[];
  /** What is being tapped; null when the hand rests. */
  readonly tapped: (TappedTempo | { readonly count: number }) | null;
  readonly isClicking: boolean;
}

export const useTempoTools = create<TempoState>(() => ({
  done: [],
  undone: [],
  tapped: null,
  isClicking: false,
}));

const MOST_STEPS = 100;

/** Newest wins: a track as the library will show it once the studio has answered. */
const correctionOf = (trackId: string): TempoCorrection | null =>
  pending.get(trackId) ??
  useLibrary.getState().tracks.find(({ id }) => id === trackId)?.tempoCorrection ??
  null;
const pending = new Map<string, TempoCorrection | null>();

async function send(trackId: string, correction: TempoCorrection | null): Promise<void> {
  pending.set(trackId, correction);
  await attempt('Setting the tempo', () => studio.correctTempo.mutate({ trackId, correction }));
  if (pending.get(trackId) === correction) {
    await attempt('Reading the library', async () =>
      useLibrary.setState({ tracks: await studio.tracks.query() }),
    );
    if (pending.get(trackId) === correction) pending.delete(trackId);
  }
}

/** Adds to what is said of a track's tempo, as one step that can be undone; null takes all of it back. */
export function correctTempo(
  { id }: Pick<Track, 'id'>,
  label: string,
  change: Partial<TempoCorrection> | null,
): void {
  const before = pending.has(id) ? (pending.get(id) ?? null) : correctionOf(id);
  const after = change && { ...NO_CORRECTION, ...before, ...change };
  const step: TempoStep = { trackId: id, label, before, after };
  useTempoTools.setState(({ done }) => ({ done: [...done, step].slice(-MOST_STEPS), undone: [] }));
  void send(id, after);
}

const ofTrack = (steps: readonly TempoStep[], trackId: string): TempoStep | undefined =>
  steps.findLast(step => step.trackId === trackId);

/** The step that undo would take back; undefined where there is none. */
export const useTempoUndo = (trackId: string): string | undefined =>
  useTempoTools(({ done }) => ofTrack(done, trackId)?.label);

/** Answers whether there was a step to take back. */
export function undoTempo(trackId: string): boolean {
  const { done, undone } = useTempoTools.getState();
  const step = ofTrack(done, trackId);
  if (!step) return false;
  useTempoTools.setState({ done: done.filter(other => other !== step), undone: [...undone, step] });
  void send(trackId, step.before);
  return true;
}

export function redoTempo(trackId: string): boolean {
  const { done, undone } = useTempoTools.getState();
  const step = ofTrack(undone, trackId);
  if (!step) return false;
  useTempoTools.setState({ done: [...done, step], undone: undone.filter(other => other !== step) });
  void send(trackId, step.after);
  return true;
}

const bpmWords = (bpm: number): string => `${Number(bpm.toFixed(2))} BPM`;

/** The tempo as typed: just this, steady unless the recording is to be followed. */
export const typeTempo = (track: Track, bpm: number): void =>
  correctTempo(track, `Type ${bpmWords(bpm)}`, { bpm, bpmIs: 'exact' });

/** Another way to count the same recording. */
export const countAt = (track: Track, bpm: number, label: string): void => {
  if (bpm >= LOWEST_BPM && bpm <= HIGHEST_BPM) correctTempo(track, label, { bpm, bpmIs: 'near' });
};

export const chooseMeter = (track: Track, meter: Meter): void =>
  correctTempo(track, `Meter ${meter.numerator}/${meter.denominator}`, { meter });

export const moveGrid = (track: Track, shiftMs: number): void =>
  correctTempo(track, `Beats ${shiftMs < 0 ? 'earlier' : 'later'}`, { shiftMs });

export const chooseGrid = (track: Track, grid: 'steady' | 'follow'): void =>
  correctTempo(track, grid === 'steady' ? 'Steady tempo' : 'Follow the recording', { grid });

/** An onset this near is what the user means. */
const ONSET_REACH_SECONDS = 0.08;

/** Bar 1 begins at the playhead, or at the stroke beside it. */
export function setBarOne(track: Track): void {
  const at = trackPosition();
  const hits = useLibrary.getState().hits[track.id] ?? [];
  const nearest = hits
    .map(hit => hit.onsetFrame / hit.sampleRate)
    .reduce((best, time) => (Math.abs(time - at) < Math.abs(best - at) ? time : best), Infinity);
  const barOneAt = Math.abs(nearest - at) <= ONSET_REACH_SECONDS ? nearest : at;
  correctTempo(track, 'Bar 1 here', { barOneAt, shiftMs: 0 });
}

/** A pause this long ends the count. */
const TAP_PAUSE_MS = 1600;
const MOST_TAPS = 32;
let taps: number[] = [];
let tapEnd: ReturnType<typeof setTimeout> | undefined;

/** One tap; the tempo is taken when the hand rests. */
export function tapBeat(track: Track, milliseconds: number): void {
  taps = [...taps, milliseconds / 1000].slice(-MOST_TAPS);
  const found = tapTempo(taps);
  useTempoTools.setState({ tapped: found ?? { count: taps.length } });
  clearTimeout(tapEnd);
  tapEnd = setTimeout(() => {
    taps = [];
    useTempoTools.setState({ tapped: null });
    if (found) countAt(track, Math.round(found.bpm * 100) / 100, `Tap ${bpmWords(found.bpm)}`);
  }, TAP_PAUSE_MS);
}

const click = new TempoClick();

export const toggleClick = (): void =>
  useTempoTools.setState(({ isClicking }) => ({ isClicking: !isClicking }));

/** Sounds a click at the beats of the track that plays, while it is asked for; returns the undo. */
export function followClick(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const beat = (): void => {
    const engine = openedEngine();
    const { trackId } = useView.getState();
    const tempo = useLibrary.getState().tracks.find(({ id }) => id === trackId)?.tempo;
    if (engine && tempo) click.schedule(engine, new TempoMap(tempo), trackSecondsAt);
  };
  const change = (): void => {
    const isWanted = useTempoTools.getState().isClicking && useTrackPlay.getState().isPlaying;
    clearInterval(timer);
    timer = isWanted ? setInterval(beat, 40) : undefined;
    if (!isWanted) click.stop();
  };
  const undo = [useTempoTools.subscribe(change), useTrackPlay.subscribe(change)];
  return () => {
    for (const stop of undo) stop();
    clearInterval(timer);
  };
}
