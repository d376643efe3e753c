import { create } from 'zustand';
import { z } from 'zod';
import { studio } from '#renderer/bridge';
import { bedStems } from '#renderer/playback';
import { songUnderSetting } from '#shared/protocol';
import type { Track } from '#shared/model';
import { useDocument } from './document';
import { useLibrary } from './library';
import { attempt } from './notices';
import { useView } from './view';

/** Where the open pattern lies on the song that it was made from. */
interface SongUnderState {
  readonly patternId: string | null;
  /** The song's bar with which its first pass begins. */
  readonly bar: number;
}

export const useSongUnder = create<SongUnderState>(() => ({ patternId: null, bar: 1 }));

const KeptSchema = z.object({ bar: z.number().int() });

/** Takes up where a pattern was laid last, or taken from. */
export async function restoreSongUnder(patternId: string | null): Promise<void> {
  if (useSongUnder.getState().patternId === patternId) return;
  useSongUnder.setState({ patternId, bar: 1 });
  if (patternId === null) return;
  const settings = await studio.settings.query();
  const kept = KeptSchema.safeParse(settings[songUnderSetting(patternId)]);
  if (kept.success && useSongUnder.getState().patternId === patternId) useSongUnder.setState(kept.data);
}

export function setSongBar(bar: number): void {
  const { patternId } = useSongUnder.getState();
  useSongUnder.setState({ bar });
  if (patternId === null) return;
  void attempt('Keeping where the groove lies on the song', () =>
    studio.saveSetting.mutate({ name: songUnderSetting(patternId), value: { bar } }),
  );
}

const songOf = (tracks: readonly Track[], trackId: string | null): Track | null => {
  const track = tracks.find(({ id }) => id === trackId);
  return track?.tempo && bedStems(track.stems).length > 0 ? track : null;
};

/**
 * The song that the open pattern was made from, else the one that is selected, when it can play under it: with a tempo, and with
 * stems beside its drums.
 */
export const songOfPattern = (): Track | null =>
  songOf(useLibrary.getState().tracks, useDocument.getState().trackId ?? useView.getState().trackId);

export function useSongOfPattern(): Track | null {
  const selected = useView(state => state.trackId);
  const trackId = useDocument(state => state.trackId) ?? selected;
  return useLibrary(({ tracks }) => songOf(tracks, trackId));
}
