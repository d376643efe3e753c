import type { Library } from '#main/library';
import { hitPrefixOf } from './identity';

/** Takes a track off the list and lets go of its stems; its hits stay, so that kits and grooves go on sounding. */
export async function removeTrack(library: Library, trackId: string): Promise<void> {
  await library.write(async at => {
    const track = await at.tracks.one(trackId);
    const hits = [
      ...(await at.hits.ofTrack(trackId)),
      ...(track ? await at.hits.looseOf(hitPrefixOf(track.sha256)) : []),
    ];
    await at.tracks.remove(trackId);
    await at.artefacts.holdOnly(
      `track:${trackId}`,
      hits.map(hit => hit.audio),
    );
  });
}
