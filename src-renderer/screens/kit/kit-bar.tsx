import { Dices } from 'lucide-react';
import { useState } from 'react';
import type { Hit, Kit } from '#shared/model';
import {
  addPad,
  chosenHits,
  compareKits,
  duplicateKit,
  keepKitSide,
  keysOf,
  MOST_SEED,
  newKit,
  openKitById,
  openKitExport,
  openKitImport,
  removeKit,
  renameKit,
  setShuffleSource,
  shuffleBySeed,
  shuffleUnlocked,
  switchKitSides,
  useKitDraft,
  useKitMatch,
  useLibrary,
  useShuffle,
} from '#renderer/state';
import {
  Button,
  count,
  Dialog,
  IconButton,
  Keys,
  MenuButton,
  type MenuPart,
  NumberField,
  PanelHead,
  Segments,
  signed,
  TextField,
} from '#renderer/ui';

/** The head of the kit: what it is called, what is done with all of it, and what it is compared with. */
export function KitBar({ kit, candidate }: { readonly kit: Kit; readonly candidate: Hit | null }) {
  const [isRenaming, setRenaming] = useState(false);
  return (
    <>
      <PanelHead title={kit.name} aside={count(kit.pads.length, 'pad')}>
        <Button small onPress={() => void shuffleUnlocked()}>
          <Dices size={14} strokeWidth={1.4} aria-hidden="true" />
          Shuffle unlocked
        </Button>
      </PanelHead>
      <Sides>
        <MenuButton
          name="Kit"
          label="What to do with the kit"
          parts={() => partsOf(kit, candidate, setRenaming)}
        />
      </Sides>
      {isRenaming ? (
        <Dialog
          title="Rename the kit"
          isOpen
          onClose={() => setRenaming(false)}
          className="w-100"
          footer={
            <Button look="primary" onPress={() => setRenaming(false)}>
              Done
            </Button>
          }
        >
          <div className="p-5">
            <TextField
              label="Name of the kit"
              value={kit.name}
              className="w-full"
              onCommit={name => renameKit(kit, name)}
            />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

const MOST_KITS = 12;

function partsOf(kit: Kit, candidate: Hit | null, setRenaming: (is: boolean) => void): readonly MenuPart[] {
  const { kits } = useLibrary.getState();
  const { source } = useShuffle.getState();
  return [
    {
      name: 'Kits',
      choices: kits.slice(0, MOST_KITS).map(one => ({
        id: one.id,
        name: one.name,
        isOn: one.id === kit.id,
        run: () => openKitById(one.id),
      })),
    },
    {
      name: 'This kit',
      choices: [
        { id: 'new', name: 'New kit', run: () => void newKit() },
        { id: 'import', name: 'Import a kit', run: () => void openKitImport() },
        { id: 'export', name: 'Export', run: () => void openKitExport() },
        { id: 'duplicate', name: 'Duplicate', run: () => void duplicateKit(kit) },
        { id: 'rename', name: 'Rename', run: () => setRenaming(true) },
        { id: 'delete', name: 'Delete', run: () => removeKit(kit) },
      ],
    },
    {
      name: 'Pads',
      choices: [
        { id: 'add', name: 'Add an empty pad', run: () => addPad([]) },
        {
          id: 'add-hit',
          name: 'Add a pad for the chosen hits',
          isDisabled: candidate === null,
          run: () => void chosenHits().then(addPad),
        },
      ],
    },
    {
      name: 'Shuffle draws from',
      choices: [
        {
          id: 'library',
          name: 'The whole library',
          isOn: source === 'library',
          run: () => setShuffleSource('library'),
        },
        { id: 'own', name: 'This kit’s hits', isOn: source === 'kit', run: () => setShuffleSource('kit') },
      ],
    },
  ];
}

/** Two states of the kit to compare, and the seed that was shuffled by. */
function Sides({ children }: { readonly children: React.ReactNode }) {
  const compared = useKitDraft(state => state.compared);
  const decibels = useKitMatch(state => state.decibels);
  const seed = useShuffle(state => state.seed);
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
      {compared ? (
        <>
          <Segments
            label="Side of the kit"
            small
            value={compared.side}
            choices={[
              { value: 'A', name: 'A' },
              { value: 'B', name: 'B' },
            ]}
            onChange={side => {
              if (side !== compared.side) switchKitSides();
            }}
          />
          <span className="truncate text-ink-3" title="What makes B as loud as A">
            B {signed(decibels, 1)} dB
          </span>
          <Button small look="ghost" onPress={keepKitSide}>
            Keep {compared.side}
          </Button>
        </>
      ) : (
        <Button small look="line" onPress={compareKits}>
          Compare A/B <Keys keys={keysOf('kit-sides')} />
        </Button>
      )}
      <span className="flex-1" />
      {seed === null ? null : (
        <>
          <NumberField
            label="Seed of the shuffle"
            small
            prefix="Seed"
            value={seed}
            minimum={0}
            maximum={MOST_SEED}
            className="w-24"
            onCommit={wanted => void shuffleBySeed(wanted)}
          />
          <IconButton
            small
            label="Shuffle again"
            keys={keysOf('shuffle-pads')}
            onPress={() => void shuffleUnlocked()}
          >
            <Dices size={14} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
        </>
      )}
      {children}
    </div>
  );
}
