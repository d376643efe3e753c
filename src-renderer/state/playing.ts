import { create } from 'zustand';
import { PatternPlayer, type Score } from '#renderer/playback';
import { layerOf } from '#shared/compose';
import type { Pattern } from '#shared/model';
import { shownPattern, useDocument } from './document';
import { useKitDraft } from './kit-draft';
import { isSoloed } from './lanes';
import { useLibrary } from './library';
import { attempt } from './notices';
import { openKitOfPattern } from './score';
import { pauseTrack } from './tracks';
import { useView } from './view';

interface PlayingState {
  readonly isPlaying: boolean;
  /** Where the next play begins, in ticks. */
  readonly fromTicks: number;
}

export const usePlaying = create<PlayingState>(() => ({ isPlaying: false, fromTicks: 0 }));

const player = new PatternPlayer(() => {
  player.finish();
  usePlaying.setState({ isPlaying: false, fromTicks: 0 });
});

/** Position that sounds now or would sound first, in ticks of the pattern. */
export const patternPosition = (): number =>
  usePlaying.getState().isPlaying ? player.positionTicks() : usePlaying.getState().fromTicks;

/** The pattern as it is to be heard: the layer that is chosen, and of that the rows that are soloed if any are. */
export function audible(
  pattern: Pattern,
  { layer, soloed }: Pick<ReturnType<typeof useDocument.getState>, 'layer' | 'soloed'>,
): Pattern {
  const layered = layerOf(pattern, layer);
  return soloed.size === 0
    ? layered
    : { ...layered, notes: layered.notes.filter(note => isSoloed(note, soloed)) };
}

function currentScore(): Score | null {
  const state = useDocument.getState();
  const pattern = shownPattern(state);
  const kit = openKitOfPattern();
  if (!pattern || !kit) return null;
  const hits = useLibrary.getState().kitHits[kit.id] ?? [];
  const gainDecibels = state.preview ? 0 : (state.audition?.gainDecibels ?? 0);
  return { pattern: audible(pattern, state), kit, hits, gainDecibels };
}

export async function playPattern(): Promise<void> {
  const score = currentScore();
  if (!score) return;
  pauseTrack();
  usePlaying.setState({ isPlaying: true });
  player.setLoop(useView.getState().isLooping);
  await attempt('Playing', () => player.load(score));
  if (usePlaying.getState().isPlaying) player.play(usePlaying.getState().fromTicks);
}

/** Stops where it is: playing goes on from there. */
export function pausePattern(): void {
  const fromTicks = patternPosition();
  player.stop();
  usePlaying.setState({ isPlaying: false, fromTicks });
}

export function stopPattern(): void {
  player.stop();
  usePlaying.setState({ isPlaying: false, fromTicks: 0 });
}

export function seekPattern(ticks: number): void {
  usePlaying.setState({ fromTicks: Math.max(0, ticks) });
  if (usePlaying.getState().isPlaying) player.play(ticks);
}

/** Keeps what sounds in step with what is drawn while it plays; returns the undo. */
export function followWhilePlaying(): () => void {
  const reload = (): void => {
    if (!usePlaying.getState().isPlaying) return;
    const score = currentScore();
    if (score) void attempt('Playing', () => player.load(score));
  };
  const undo = [
    useDocument.subscribe((now, before) => {
      if (now.id !== before.id) stopPattern();
      else if (
        shownPattern(now) !== shownPattern(before) ||
        now.layer !== before.layer ||
        now.soloed !== before.soloed ||
        now.kitId !== before.kitId
      ) {
        reload();
      }
    }),
    useKitDraft.subscribe((now, before) => {
      if (now.kit !== before.kit) reload();
    }),
    useLibrary.subscribe((now, before) => {
      if (now.kitHits !== before.kitHits) reload();
    }),
    useView.subscribe((now, before) => {
      if (now.isLooping !== before.isLooping) player.setLoop(now.isLooping);
    }),
  ];
  return () => {
    for (const stop of undo) stop();
  };
}
