import { create } from 'zustand';
import { type ShuffleHit, shuffledPads } from '#shared/edit';
import { type Hit, hitId, INSTRUMENTS, type Kit, ROLES_IN_ORDER } from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { hitsOf } from './browse-hits';
import { readHitBook, useHitBook } from './hit-book';
import { commitKit, useKitDraft } from './kit-draft';
import { addKitHits } from './library';
import { attempt, notify } from './notices';

type ShuffleSource = 'library' | 'kit';

/** What was drawn last, and where from. */
export const useShuffle = create<{ readonly seed: number | null; readonly source: ShuffleSource }>(() => ({
  seed: null,
  source: 'library',
}));

export const setShuffleSource = (source: ShuffleSource): void => useShuffle.setState({ source });

/** Seeds that can be read and typed. */
export const MOST_SEED = 9999;
const LABEL = 'Shuffle';
/** Hits that a pad keeps behind the one that was drawn. */
const KEPT_BEHIND = 23;

export function shuffleUnlocked(): Promise<void> {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return shuffleBySeed(word % (MOST_SEED + 1));
}

/** New hits for all pads that are not locked, as one undo step. The same seed on the same kit draws the same. */
export async function shuffleBySeed(seed: number): Promise<void> {
  await attempt('Shuffling', async () => {
    if (!useHitBook.getState().book) await readHitBook();
    const { book } = useHitBook.getState();
    const { kit, undo } = useKitDraft.getState();
    if (!book || !kit) return;
    // One shuffle after the other draws from what was there before the first, so that a seed means the same each time.
    const last = undo.findLastIndex(({ label }) => !label.startsWith(LABEL));
    const base = undo[last + 1]?.kit ?? kit;
    const own = new Set<string>(kit.pads.flatMap(({ hits }) => hits));
    const { source } = useShuffle.getState();
    const candidates = candidatesOf(book).filter(({ id }) => source === 'library' || own.has(id));
    const drawn = shuffledPads(base, candidates, seed);
    if (drawn.size === 0) {
      const isLocked = base.pads.every(({ locked }) => locked);
      notify({
        tone: 'info',
        text: isLocked
          ? 'All pads are locked: unlock those that are to change.'
          : 'No other hits fit these pads. Import more songs or samples, or draw from the whole library.',
      });
      return;
    }
    const hits = await hitsOf([...drawn.values()]);
    // The library may have answered with the same kit meanwhile; what was edited meanwhile is not drawn over.
    const now = useKitDraft.getState();
    if (now.kit?.id !== kit.id || now.undo !== undo) return;
    addKitHits(kit.id, hits);
    const there = new Set<string>(hits.map(({ id }) => id));
    useShuffle.setState({ seed });
    commitKit(`${LABEL} ${drawn.size} pads, seed ${seed}`, shuffled(base, now.kit, drawn, there));
  });
}

function shuffled(
  base: Kit,
  kit: Kit,
  drawn: ReturnType<typeof shuffledPads>,
  there: ReadonlySet<string>,
): Kit {
  const pads = base.pads.map(pad => {
    const hit = drawn.get(pad.id);
    if (hit === undefined || !there.has(hit)) return pad;
    const behind = pad.hits.filter(id => id !== hit).slice(0, KEPT_BEHIND);
    return { ...pad, hits: [hit, ...behind], chosen: 0, layers: [] };
  });
  return { ...kit, pads };
}

const MOST_TAKES = 16;
/** Takes of one sound differ by less than this in each of its measures, in their units. */
const TAKE_DISTANCE = 0.6;

/** Hits of the same instrument from the same song or folder that sound like `hit`, it first: takes of one drum. */
export async function takesLike(kit: Kit, hit: Hit): Promise<readonly Hit[]> {
  if (!useHitBook.getState().book) await readHitBook();
  const { book, rowOf } = useHitBook.getState();
  const own = rowOf.get(hit.id);
  if (!book || own === undefined) return [hit];
  const candidates = candidatesOf(book);
  const sound = candidates[own]?.sound ?? [];
  // Takes are meant to differ in level; all else is to be alike.
  const distance = (other: ShuffleHit): number =>
    Math.max(
      ...sound.slice(0, -1).map((value, at) => {
        const difference = Math.abs(value - (other.sound?.[at] ?? NaN));
        return Number.isFinite(difference) ? difference : 0;
      }),
    );
  const alike = candidates
    .filter(
      (other, row) => book.place[row] === book.place[own] && other.instrument === candidates[own]?.instrument,
    )
    .map(other => ({ id: other.id, distance: distance(other) }))
    .filter(({ distance: far }) => far <= TAKE_DISTANCE)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_TAKES);
  const takes = await hitsOf(alike.map(({ id }) => id));
  addKitHits(kit.id, takes);
  return takes.some(({ id }) => id === hit.id) ? takes : [hit, ...takes];
}

/** Every hit of the book, its sound in octaves of brightness, length and pitch and in steps of 12 dB. */
function candidatesOf(book: HitBook): ShuffleHit[] {
  const octaves = (value: number | undefined): number =>
    value !== undefined && value > 0 ? Math.log2(value) : NaN;
  return book.ids.map(
    (id, row): ShuffleHit => ({
      id: hitId(id),
      role: ROLES_IN_ORDER[book.role[row] ?? 255] ?? null,
      instrument: INSTRUMENTS[book.instrument[row] ?? 255] ?? null,
      roleSure: book.overridden[row] ? 1 : (book.roleSure[row] ?? 0) / 255,
      instrumentSure: book.overridden[row] ? 1 : (book.instrumentSure[row] ?? 0) / 255,
      sound: [
        octaves(book.brightness[row]),
        octaves(book.decaySeconds[row]),
        octaves(book.pitch[row]),
        (book.loudness[row] ?? NaN) / 12,
      ],
    }),
  );
}
