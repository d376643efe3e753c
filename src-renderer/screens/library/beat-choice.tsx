import { studio } from '#renderer/bridge';
import { attempt, notify, useLibrary } from '#renderer/state';
import { Picker } from '#renderer/ui';
import type { Track } from '#shared/model';

const BY_DRUMS = 'drums';

/** What finds the beat of a track: its drums, or a model that was imported for it. Not there while there is no such model. */
export function BeatChoice({ track }: { readonly track: Track }) {
  const models = useLibrary(state => state.models);
  const own = (models ?? []).filter(({ task, source }) => task === 'beat' && source === 'imported');
  if (own.length === 0) return null;
  const choose = (next: string): void => {
    void attempt('Finding the beat again', async () => {
      const { hearing } = await studio.trackHearing.query({ trackId: track.id });
      const beats = next === BY_DRUMS ? null : next;
      if (beats === hearing.beats) return;
      await studio.setTrackHearing.mutate({ trackId: track.id, hearing: { ...hearing, beats } });
      notify({ tone: 'info', text: `The beat of ${track.name} is being found again.` });
    });
  };
  return (
    <Picker
      label={`Beats of ${track.name} by`}
      prefix="Beats by"
      value={null}
      placeholder="…"
      choices={[{ value: BY_DRUMS, name: 'Drums' }, ...own.map(({ id, name }) => ({ value: id, name }))]}
      onChange={choose}
      className="w-36"
    />
  );
}
