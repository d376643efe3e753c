import { useState } from 'react';
import { studio } from '#renderer/bridge';
import { attempt, notify, useLibrary } from '#renderer/state';
import { Picker } from '#renderer/ui';
import type { Track } from '#shared/model';
import { useTrackHearing } from './use-track-hearing';

const BY_DRUMS = 'drums';

/** What finds the beat of a track: its drums, or a model that was imported for it. Not there while there is no such model. */
export function BeatChoice({ track }: { readonly track: Track }) {
  const hearing = useTrackHearing(track);
  const models = useLibrary(state => state.models);
  // What was just chosen, until the studio tells it of the track.
  const [asked, setAsked] = useState<{ readonly of: Track; readonly by: string } | null>(null);
  const own = (models ?? []).flatMap(({ task, source, sha256, name }) =>
    task === 'beat' && source === 'imported' && sha256 !== null ? [{ value: sha256, name }] : [],
  );
  const chosen = hearing?.beats ?? null;
  if (own.length === 0 && chosen === null) return null;
  const isGone = chosen !== null && models !== null && !own.some(({ value }) => value === chosen);
  const shown = asked?.of === track ? asked.by : (chosen ?? BY_DRUMS);
  const choose = (next: string): void => {
    if (!hearing || next === shown) return;
    const beats = next === BY_DRUMS ? null : next;
    setAsked({ of: track, by: next });
    void attempt('Finding the beat again', async () => {
      await studio.setTrackHearing.mutate({ trackId: track.id, hearing: { ...hearing, beats } });
      notify({ tone: 'info', text: `The beat of ${track.name} is being found again.` });
    });
  };
  return (
    <Picker
      label={`Beats of ${track.name} by`}
      prefix="Beats by"
      value={hearing ? shown : null}
      placeholder={isGone ? 'a model that was removed' : '…'}
      choices={[{ value: BY_DRUMS, name: 'Drums' }, ...own]}
      onChange={choose}
      className="w-36"
    />
  );
}
