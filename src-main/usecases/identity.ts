import { hitId, type HitId } from '#shared/model';

/**
 * Names in the library follow from what a thing was made of: a song that is imported again, or an import that is
 * resumed, finds its track, its hits, its kit and its first groove instead of making them twice.
 */
const short = (sha256: string): string => sha256.slice(0, 16);

export const trackIdOf = (songSha256: string): string => `track-${short(songSha256)}`;
export const kitIdOf = (songSha256: string): string => `kit-${short(songSha256)}`;
/** What the names of all hits of a song begin with. */
export const hitPrefixOf = (songSha256: string): string => `hit-${short(songSha256)}-`;
export const hitIdOf = (songSha256: string, onsetFrame: number): HitId =>
  hitId(`${hitPrefixOf(songSha256)}${onsetFrame}`);
/** The track that a hit was heard in, by its name, which it keeps when it no longer belongs to it; null for hits that came with a kit. */
export const trackIdOfHit = (id: HitId): string | null => {
  const [, song] = /^hit-([0-9a-f]{16})-/.exec(id) ?? [];
  return song === undefined ? null : `track-${song}`;
};
/** Of an imported one-shot: equal audio is one hit, whichever files and folders it is in. */
export const sampleHitIdOf = (audioSha256: string): HitId => hitId(`sample-${short(audioSha256)}`);
/** Of an imported folder, by the hash of where it lies. */
export const sourceIdOf = (pathSha256: string): string => `folder-${short(pathSha256)}`;
export const patternIdOf = (songSha256: string, name: string): string =>
  `pattern-${short(songSha256)}-${name}`;
