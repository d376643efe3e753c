import { studio } from '#renderer/bridge';
import type { TempoCorrection, Track } from '#shared/model';
import { attempt } from './notices';

/** In place of what was said of the track's tempo before; null takes all of it back. */
export const correctTempo = (track: Track, correction: TempoCorrection | null): Promise<void | undefined> =>
  attempt('Setting the tempo', () => studio.correctTempo.mutate({ trackId: track.id, correction }));
