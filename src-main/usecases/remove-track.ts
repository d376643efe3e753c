import type { Library } from '#main/library';

/** Takes a track off the list and lets go of its stems; its hits stay, so that kits and grooves go on sounding. */
export async function removeTrack(library: Library, trackId: string): Promise<void> {
  await library.write(async at => {
    const hits = await at.hits.ofTrack(trackId);
    await at.tracks.remove(trackId);
    await at.artefacts.holdOnly(
      `track:${trackId}`,
      hits.map(hit => hit.audio),
    );
  });
}
