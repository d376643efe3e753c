import { useEffect } from 'react';
import { studio } from '#renderer/bridge';
import { attempt, useLibrary } from '#renderer/state';
import { Picker } from '#renderer/ui';
import { type Track, USUAL_SEPARATOR } from '#shared/model';
import { useTrackHearing } from './use-track-hearing';

/** With what a track's drums are taken out; another choice separates it again and hears it anew. */
export function SeparatorChoice({ track }: { readonly track: Track }) {
  const hearing = useTrackHearing(track);
  const models = useLibrary(state => state.models);
  useEffect(() => {
    if (!models)
      void attempt('Reading the models', async () =>
        useLibrary.setState({ models: await studio.models.query() }),
      );
  }, [models]);
  const separator = hearing?.separator ?? USUAL_SEPARATOR;
  const choices = (models ?? [])
    .filter(({ task, failure }) => task === 'separation' && failure === null)
    .map(({ id, name }) => ({ value: id, name }));
  const isGone = models !== null && !choices.some(({ value }) => value === separator);
  return (
    <Picker
      label={`Separator of ${track.name}`}
      value={hearing ? separator : null}
      placeholder={isGone ? 'a model that was removed' : '\u2026'}
      choices={choices}
      onChange={next => {
        if (!hearing || next === separator) return;
        void attempt('Separating again', () =>
          studio.setTrackHearing.mutate({ trackId: track.id, hearing: { ...hearing, separator: next } }),
        );
      }}
      className="w-44"
    />
  );
}
