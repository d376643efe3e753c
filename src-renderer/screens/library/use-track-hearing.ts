import { useEffect, useState } from 'react';
import { studio } from '#renderer/bridge';
import { attempt } from '#renderer/state';
import type { Track, TrackHearing } from '#shared/model';

/** How a track is to be heard; asked again whenever the track has changed. */
export function useTrackHearing(track: Track): TrackHearing | null {
  const [heard, setHeard] = useState<{ readonly id: string; readonly hearing: TrackHearing } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void attempt('Reading the track', async () => {
      const { hearing } = await studio.trackHearing.query({ trackId: track.id });
      if (isCurrent) setHeard({ id: track.id, hearing });
    });
    return () => {
      isCurrent = false;
    };
  }, [track]);
  return heard?.id === track.id ? heard.hearing : null;
}
