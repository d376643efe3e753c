import type { TempoCorrection } from '#shared/model';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';

/** What the user says of a track's tempo, in place of what was said before; null takes all of it back. */
export async function correctTempo(
  library: Library,
  trackId: string,
  correction: TempoCorrection | null,
): Promise<void> {
  await library.write(async at => {
    if (!(await at.tracks.one(trackId))) throw new Failed({ code: 'notFound', path: `track ${trackId}` });
    await at.tracks.correctTempo(trackId, correction);
  });
}
