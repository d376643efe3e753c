import type { Writers } from '#main/library';

/** Every hit that a kit or a groove plays. */
export async function playedHits(at: Writers): Promise<ReadonlySet<string>> {
  const played = new Set<string>();
  for (const kit of await at.kits.all())
    for (const pad of kit.pads) for (const id of pad.hits) played.add(id);
  for (const { pattern } of await at.patterns.all())
    for (const note of pattern.notes) if (note.hit !== null) played.add(note.hit);
  return played;
}
