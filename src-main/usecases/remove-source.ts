import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { playedHits } from './played-hits';

/** Takes an imported folder or kit off the list. The hits that kits and grooves play stay, and what is known of where they are from. */
export async function removeSource(library: Library, sourceId: string): Promise<void> {
  await library.write(async at => {
    if (!(await at.sources.one(sourceId))) throw new Failed({ code: 'notFound', path: `folder ${sourceId}` });
    await at.sources.remove(sourceId);
    await at.sources.dropHits(sourceId, await playedHits(at));
    await at.artefacts.holdOnly(`source:${sourceId}`, await at.sources.audioOf(sourceId));
  });
}
