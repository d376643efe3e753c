import { studio } from '#renderer/bridge';
import type { Hit, Instrument, Role } from '#shared/model';
import type { HitBook, MarksChange } from '#shared/protocol';
import { refreshChoice, useBrowse } from './browse';
import { forgetHits, hitsOf } from './browse-hits';
import { bookHasChanged, takeBook, useHitBook } from './hit-book';
import { useKitDraft } from './kit-draft';
import { notify, sentenceOf } from './notices';

/** What was done to hits, and how to take it back. */
interface MarkStep {
  readonly label: string;
  readonly apply: () => Promise<void>;
  readonly revert: () => Promise<void>;
  /** Steps of the kit that were there before: what came later is taken back first. */
  readonly kitSteps: number;
}

let done: readonly MarkStep[] = [];
let undone: readonly MarkStep[] = [];

async function run(label: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    notify({ tone: 'bad', text: `${label} did not work: ${sentenceOf(error)}` });
    bookHasChanged();
    return false;
  }
}

async function take(step: Omit<MarkStep, 'kitSteps'>): Promise<void> {
  const kitSteps = useKitDraft.getState().undo.length;
  if (!(await run(step.label, step.apply))) return;
  done = [...done, { ...step, kitSteps }];
  undone = [];
}

/** Takes back what was last done to hits, unless the kit was changed since; answers whether there was something. */
export function undoMarks(): boolean {
  const last = done.at(-1);
  if (!last || useKitDraft.getState().undo.length > last.kitSteps) return false;
  done = done.slice(0, -1);
  undone = [...undone, last];
  void run(`Undo: ${last.label}`, last.revert);
  return true;
}

export function redoMarks(): boolean {
  const next = undone.at(-1);
  if (!next || useKitDraft.getState().undo.length > next.kitSteps) return false;
  undone = undone.slice(0, -1);
  done = [...done, next];
  void run(`Redo: ${next.label}`, next.apply);
  return true;
}

const chosenIds = (): readonly string[] => [...useBrowse.getState().chosen];

const hitsWord = (count: number): string => (count === 1 ? '1 hit' : `${count} hits`);

/** The book with other marks, before the studio has confirmed them. */
function markBook(ids: readonly string[], { favourite, add, remove }: MarksChange): void {
  const { book, rowOf } = useHitBook.getState();
  if (!book) return;
  const favourites = book.favourite.slice();
  const tags: Record<string, readonly string[]> = { ...book.tags };
  for (const id of ids) {
    const row = rowOf.get(id);
    if (row !== undefined && favourite !== null) favourites[row] = favourite ? 1 : 0;
    const kept = (tags[id] ?? []).filter(tag => !remove.includes(tag));
    tags[id] = [...new Set([...kept, ...add])].sort();
  }
  takeBook({ ...book, favourite: favourites, tags });
}

async function mark(ids: readonly string[], change: MarksChange): Promise<void> {
  markBook(ids, change);
  await studio.markHits.mutate({ hitIds: [...ids], change });
}

const plain = (change: Partial<MarksChange>): MarksChange => ({
  favourite: null,
  add: [],
  remove: [],
  ...change,
});

/** Makes all chosen hits favourites, or none of them where all are. */
export async function toggleFavourites(ids = chosenIds()): Promise<void> {
  const { book, rowOf } = useHitBook.getState();
  if (!book || ids.length === 0) return;
  const isOn = (id: string): boolean => book.favourite[rowOf.get(id) ?? -1] === 1;
  const wanted = !ids.every(isOn);
  const changed = ids.filter(id => isOn(id) !== wanted);
  await take({
    label: wanted ? `Favour ${hitsWord(changed.length)}` : `No favourite: ${hitsWord(changed.length)}`,
    apply: () => mark(changed, plain({ favourite: wanted })),
    revert: () => mark(changed, plain({ favourite: !wanted })),
  });
}

const hasTag = ({ tags }: HitBook, id: string, tag: string): boolean => tags[id]?.includes(tag) ?? false;

export async function setTag(tag: string, isGiven: boolean, ids = chosenIds()): Promise<void> {
  const { book } = useHitBook.getState();
  if (!book) return;
  const changed = ids.filter(id => hasTag(book, id, tag) !== isGiven);
  if (changed.length === 0) return;
  const give = plain({ add: [tag] });
  const remove = plain({ remove: [tag] });
  await take({
    label: `${isGiven ? 'Tag' : 'Untag'} ${hitsWord(changed.length)} “${tag}”`,
    apply: () => mark(changed, isGiven ? give : remove),
    revert: () => mark(changed, isGiven ? remove : give),
  });
}

type Said = Hit['override'];

/** What becomes of what the user said: undefined leaves it, null gives it back to the machine. */
interface SaidChange {
  readonly role?: Role | null;
  readonly instrument?: Instrument | null;
}

/** Sets the user's own role or instrument of all chosen hits, or gives it back to the machine. */
export async function overrideChosen(change: SaidChange, ids = chosenIds()): Promise<void> {
  if (ids.length === 0) return;
  const before = new Map((await hitsOf(ids)).map(hit => [hit.id as string, hit.override]));
  const say = async (wanted: ReadonlyMap<string, Said>): Promise<void> => {
    const groups = Map.groupBy(wanted.keys(), id => JSON.stringify(wanted.get(id) ?? null));
    for (const group of groups.values()) {
      const said = wanted.get(group[0] ?? '') ?? null;
      await studio.overrideHits.mutate({
        hitIds: group,
        change: said && { role: said.role ?? null, instrument: said.instrument ?? null },
      });
    }
    forgetHits();
    bookHasChanged();
    refreshChoice();
  };
  const after = new Map(
    [...before].map(([id, said]): [string, Said] => {
      const role = change.role === undefined ? said?.role : (change.role ?? undefined);
      const instrument =
        change.instrument === undefined ? said?.instrument : (change.instrument ?? undefined);
      return [
        id,
        role === undefined && instrument === undefined
          ? null
          : { ...(role === undefined ? {} : { role }), ...(instrument === undefined ? {} : { instrument }) },
      ];
    }),
  );
  await take({
    label: `What ${hitsWord(ids.length)} ${ids.length === 1 ? 'is' : 'are'}`,
    apply: () => say(after),
    revert: () => say(before),
  });
}
