import { SPLITS, type Split } from '../splits';
import { checkOf, grouped, Tally } from './check';
import type { Check } from './report';

/** What splits are judged by: one line a sample. */
export interface PartedSample {
  readonly id: string;
  readonly profile: string;
  readonly group: string;
  readonly midi: string;
  /** SHA-256 of its audio's samples; null without audio. */
  readonly pcm: string | null;
}

/** A split as splits.json lists it. */
export type PartedLists = Readonly<Record<Split, readonly string[]>>;

/** What must not be in two parts of one split. */
const APART = [
  ['split_profiles', 'No player in two splits', 'players', ({ profile }: PartedSample) => profile],
  ['split_performances', 'No performance in two splits', 'performances', ({ group }: PartedSample) => group],
  ['split_midi', 'No MIDI file twice in two splits', 'MIDI files', ({ midi }: PartedSample) => midi],
  ['split_audio', 'No recording twice in two splits', 'recordings', ({ pcm }: PartedSample) => pcm],
] as const;

/** Whether each named list keeps apart what must be, and names samples that are there. */
export function partedChecks(
  samples: readonly PartedSample[],
  splits: Readonly<Record<string, PartedLists | null>>,
): Check[] {
  const byId = new Map(samples.map(sample => [sample.id, sample]));
  const lists = Object.entries(splits).flatMap(([name, list]) => (list ? [{ name, list }] : []));
  return [listsCheck(byId, lists), ...APART.map(each => apartCheck(byId, lists, each))];
}

function listsCheck(
  byId: ReadonlyMap<string, PartedSample>,
  lists: readonly { readonly name: string; readonly list: PartedLists }[],
): Check {
  const tally = new Tally({
    name: 'split_lists',
    title: 'Splits name samples that are there, once',
    group: 'splits',
  });
  for (const { name, list } of lists) {
    const seen = new Set<string>();
    for (const split of SPLITS)
      for (const id of list[split]) {
        tally.see(byId.has(id) && !seen.has(id), () =>
          seen.has(id) ? `${name}: ${id} is named twice` : `${name}: there is no ${id}`,
        );
        seen.add(id);
      }
  }
  return tally.check('entries');
}

function apartCheck(
  byId: ReadonlyMap<string, PartedSample>,
  lists: readonly { readonly name: string; readonly list: PartedLists }[],
  [name, title, what, keyOf]: (typeof APART)[number],
): Check {
  const facts = { name, title, group: 'splits' } as const;
  const leaks: string[] = [];
  let leaked = 0;
  let looked = 0;
  for (const { name: listName, list } of lists) {
    const home = new Map<string, Split>();
    const leaking = new Set<string>();
    for (const split of SPLITS)
      for (const id of list[split]) {
        const sample = byId.get(id);
        const key = sample ? keyOf(sample) : null;
        if (key === null) continue;
        const first = home.get(key);
        if (first === undefined) home.set(key, split);
        else if (first !== split && !leaking.has(key)) {
          leaking.add(key);
          leaks.push(`${listName}: ${key} is in ${first} and ${split}`);
        }
      }
    leaked += leaking.size;
    looked += home.size;
  }
  if (looked === 0) return checkOf(facts, 'skipped', `no ${what}`, '0 leaks');
  return checkOf(
    facts,
    leaked === 0 ? 'passed' : 'failed',
    `${leaked} leaks of ${grouped(looked)} ${what} in ${lists.length} lists`,
    '0 leaks',
    leaks,
  );
}
