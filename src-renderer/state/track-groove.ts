import { studio } from '#renderer/bridge';
import type { Track } from '#shared/model';
import type { WantedBars } from '#shared/protocol';
import { refreshLibrary, useLibrary } from './library';
import { attempt, notify } from './notices';
import { openPattern } from './open';
import { openScreen, useView } from './view';

/** Drums to pattern: what is played in a track, open in the groove editor with its feel. */
export async function drumsToPattern(track: Track, bars: WantedBars): Promise<void> {
  await attempt('Drums to pattern', async () => {
    const { id, name, pattern } = await studio.grooveOfTrack.mutate({ trackId: track.id, bars });
    await refreshLibrary(['patterns']);
    openPattern(id);
    openScreen('groove');
    const whole = { name: 'Take the whole track', run: () => void drumsToPattern(track, 'whole') };
    notify({
      tone: 'ok',
      text: `${name}: ${pattern.notes.length} notes, each where it was heard.`,
      action: bars === 'typical' ? whole : undefined,
    });
  });
}

/** The same for the selected track. */
export function drumsOfSelectedTrack(bars: WantedBars): void {
  const { trackId } = useView.getState();
  const track = useLibrary.getState().tracks.find(one => one.id === trackId);
  if (track) void drumsToPattern(track, bars);
  else notify({ tone: 'info', text: 'Choose a track in the library first.' });
}
