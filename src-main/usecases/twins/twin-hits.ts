import type { Library } from '#main/library';
import type { HitBook, TwinGroup } from '#shared/protocol';

/** Hits that sound the same, as the last search found, and hits of the very same audio; groups of more hits first. */
export async function twinHits(library: Library, book: HitBook): Promise<TwinGroup[]> {
  const leaders = new Map((await library.twins.all()).map(twin => [twin.audio, twin]));
  const groups = new Map<string, { readonly first: string[]; readonly others: string[]; likeness: number }>();
  for (const [row, audio] of book.audio.entries()) {
    const twin = leaders.get(audio);
    const leader = twin?.leader ?? audio;
    const group = groups.get(leader) ?? { first: [], others: [], likeness: twin?.likeness ?? 1 };
    groups.set(leader, group);
    (audio === leader ? group.first : group.others).push(book.ids[row] ?? '');
  }
  return [...groups.values()]
    .map(({ first, others, likeness }) => ({
      ids: [...first, ...others],
      likeness: others.length > 0 ? likeness : 1,
    }))
    .filter(({ ids }) => ids.length > 1)
    .sort((left, right) => right.ids.length - left.ids.length);
}
