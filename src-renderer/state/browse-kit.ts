import { studio } from '#renderer/bridge';
import { hitsOf } from './browse-hits';
import { useBrowse } from './browse';
import { useHitBook } from './hit-book';
import { useKitDraft } from './kit-draft';
import { refreshLibrary, useLibrary } from './library';
import { attempt, notify } from './notices';
import { openKitById } from './open';

/** A lasso around half the library is no kit: pads take some dozens of hits each. */
const MOST_HITS = 2000;

/** The first name of its kind that no kit has. */
function freeName(wanted: string): string {
  const names = new Set(useLibrary.getState().kits.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!names.has(name)) return name;
  }
}

const counted = (value: number, one: string): string => `${value} ${one}${value === 1 ? '' : 's'}`;

/** Makes a kit of what is chosen, the best of it where that is much, and opens it. */
export async function makeKitOfChosen(): Promise<void> {
  const { chosen, shown } = useBrowse.getState();
  const { book } = useHitBook.getState();
  if (!book || chosen.size === 0) return;
  // In the order of the list, so that what matches best is taken first.
  const ids = Array.from(shown.rows, row => book.ids[row] ?? '').filter(id => chosen.has(id));
  const hitIds = (ids.length > 0 ? ids : [...chosen]).slice(0, MOST_HITS);
  const kit = await attempt('Making the kit', () =>
    studio.makeKit.mutate({ kitId: `kit-${crypto.randomUUID()}`, name: freeName('New kit'), hitIds }),
  );
  if (!kit) return;
  await refreshLibrary(['kits']);
  openKitById(kit.id);
  const former = useKitDraft.getState().kit;
  notify({
    tone: 'ok',
    text: `${kit.name} is made of ${counted(hitIds.length, 'hit')} on ${counted(kit.pads.length, 'pad')}.`,
    ...(former && former.id !== kit.id
      ? { action: { name: `Back to ${former.name}`, run: () => openKitById(former.id) } }
      : {}),
  });
}

/** The chosen hits, best first, as the list has them. */
export async function chosenHits(): Promise<Awaited<ReturnType<typeof hitsOf>>> {
  const { chosen, shown } = useBrowse.getState();
  const { book } = useHitBook.getState();
  const ids = Array.from(shown.rows, row => book?.ids[row] ?? '').filter(id => chosen.has(id));
  return hitsOf(ids.slice(0, MOST_HITS));
}
