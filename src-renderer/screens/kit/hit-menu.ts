import { ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import {
  changeSearch,
  chooseHits,
  type CommandId,
  keysOf,
  makeKitOfChosen,
  overrideChosen,
  runCommand,
  setView,
  toggleFavourites,
  useBrowse,
  useHitBook,
  useNearest,
} from '#renderer/state';
import type { MenuPart } from '#renderer/ui';

const ROLE_KEYS = ['hit-role-1', 'hit-role-2', 'hit-role-3', 'hit-role-4', 'hit-role-5'] as const;

/** What can be done with the chosen hits. */
export function hitMenu(onTag: () => void): readonly MenuPart[] {
  const { currentId, chosen } = useBrowse.getState();
  const { book, rowOf } = useHitBook.getState();
  const isMany = chosen.size > 1;
  const isFavourite = [...chosen].every(id => book?.favourite[rowOf.get(id) ?? -1] === 1);
  const command = (id: CommandId, name: string) => ({
    id,
    name,
    keys: keysOf(id),
    run: () => void runCommand(id),
  });
  return [
    {
      name: 'Use',
      choices: [
        command('send-to-pad', 'Send to the pad'),
        {
          id: 'make-kit',
          name: isMany ? `Make a kit of ${chosen.size} hits` : 'Make a kit of it',
          keys: keysOf('make-kit'),
          run: () => void makeKitOfChosen(),
        },
      ],
    },
    {
      name: 'Find',
      choices: [
        {
          id: 'similar',
          name: 'Sort all by likeness to it',
          keys: keysOf('hit-similar'),
          isDisabled: currentId === null,
          run: () => changeSearch('like', { likeId: currentId, text: '' }),
        },
        {
          id: 'neighbours',
          name: 'Choose its neighbours too',
          keys: keysOf('hit-neighbours'),
          run: chooseNeighbours,
        },
        {
          id: 'about',
          name: 'Why it is what it is',
          run: () => setView({ kitBelow: 'about', isBelowOpen: true, kitMiddle: 'map' }),
        },
      ],
    },
    {
      name: 'Mark',
      choices: [
        {
          id: 'favourite',
          name: isFavourite ? 'No favourite' : 'Favourite',
          keys: keysOf('hit-favourite'),
          run: () => void toggleFavourites(),
        },
        { id: 'tags', name: 'Tags', keys: keysOf('hit-tags'), run: onTag },
      ],
    },
    {
      name: 'Role',
      choices: [
        ...ROLES_IN_ORDER.map((role, at) => ({
          id: role,
          name: ROLE_NAMES[role],
          keys: keysOf(ROLE_KEYS[at] ?? 'hit-role-0'),
          run: () => void overrideChosen({ role }),
        })),
        {
          id: 'machine',
          name: 'Back to the machine’s role',
          keys: keysOf('hit-role-0'),
          run: () => void overrideChosen({ role: null }),
        },
      ],
    },
  ];
}

/** How many neighbours are chosen at once. */
const NEIGHBOURS = 12;

/** The same as a lasso around them, by the keyboard. */
export function chooseNeighbours(): void {
  const { ofId, ids } = useNearest.getState();
  if (ofId !== null) chooseHits([ofId, ...ids.slice(0, NEIGHBOURS)], true);
}
