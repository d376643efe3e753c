import { AudioLines, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ROLES_IN_ORDER } from '#shared/model';
import type { HitBook } from '#shared/protocol';
import {
  browseBack,
  browseForward,
  changeSearch,
  chooseHits,
  makeKitOfChosen,
  openScreen,
  overrideChosen,
  placedCount,
  readHitBook,
  runCommand,
  setView,
  soundCurrent,
  toggleFavourites,
  useBrowse,
  useCommands,
  useHitBook,
  useView,
} from '#renderer/state';
import { Button, Empty, Loading, MenuAt } from '#renderer/ui';
import { BelowPanel } from './below-panel';
import { chooseNeighbours, hitMenu } from './hit-menu';
import { HitPanel } from './hit-panel';
import { ImportSamples } from './import-samples';
import { MapNote, NoMap } from './map-note';
import { SimilarityMap } from './map/similarity-map';
import { MiddleToolbar } from './middle-toolbar';
import { NeighboursView } from './neighbours-view';
import { aboutRow } from './row-words';
import { TagDialog } from './tag-dialog';

/** The library's hits: a list, and a map of how they sound. */
export function HitBrowser() {
  const { status, book, reason } = useHitBook();
  useEffect(() => {
    if (useHitBook.getState().status === 'unread') void readHitBook();
  }, []);
  if (book && book.ids.length > 0) return <Browser book={book} />;
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      {status === 'failed' ? (
        <Empty
          icon={TriangleAlert}
          title="The hits could not be read"
          actions={
            <Button look="primary" onPress={() => void readHitBook()}>
              Read them again
            </Button>
          }
        >
          {reason}. Nothing is lost: they are in the library.
        </Empty>
      ) : book ? (
        <Empty
          icon={AudioLines}
          title="No hits yet"
          actions={
            <>
              <Button look="primary" onPress={() => openScreen('library')}>
                Open Library
              </Button>
              <ImportSamples isSmall={false} />
            </>
          }
        >
          Drop a song in the library, or add a folder of samples. Every hit is listed here and has its place
          on the map.
        </Empty>
      ) : (
        <Loading label="Reading the hits" />
      )}
    </div>
  );
}

function Browser({ book }: { readonly book: HitBook }) {
  const input = useRef<HTMLInputElement>(null);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [isTagging, setTagging] = useState(false);
  const [isLassoing, setLassoing] = useState(false);
  const kitMiddle = useView(state => state.kitMiddle);
  const isHitListOpen = useView(state => state.isHitListOpen);
  const send = (): void => void runCommand('send-to-pad');
  const tag = (): void => {
    if (useBrowse.getState().chosen.size > 0) setTagging(true);
  };
  const openMenu = (_: string, x: number, y: number): void => setMenu({ x, y });
  const setRole = (at: number | null) => (): void =>
    void overrideChosen({ role: at === null ? null : (ROLES_IN_ORDER[at] ?? null) });
  useCommands({
    play: soundCurrent,
    'find-hits': () => {
      // At once: what is typed next belongs in the field.
      if (!isHitListOpen) flushSync(() => setView({ isHitListOpen: true }));
      input.current?.focus();
      input.current?.select();
    },
    'browse-back': browseBack,
    'browse-forward': browseForward,
    'hits-all': () => {
      const { shown } = useBrowse.getState();
      chooseHits(Array.from(shown.rows, row => book.ids[row] ?? ''));
    },
    'hits-none': () => {
      const { currentId } = useBrowse.getState();
      chooseHits(currentId === null ? [] : [currentId]);
    },
    'hit-favourite': () => void toggleFavourites(),
    'hit-tags': tag,
    'hit-similar': () => {
      const { currentId } = useBrowse.getState();
      if (currentId !== null) changeSearch('like', { likeId: currentId, text: '' });
    },
    'hit-neighbours': chooseNeighbours,
    'make-kit': () => void makeKitOfChosen(),
    'kit-middle': () => setView({ kitMiddle: useView.getState().kitMiddle === 'map' ? 'neighbours' : 'map' }),
    'hit-role-1': setRole(0),
    'hit-role-2': setRole(1),
    'hit-role-3': setRole(2),
    'hit-role-4': setRole(3),
    'hit-role-5': setRole(4),
    'hit-role-0': setRole(null),
  });
  // The side buttons of a mouse go back and forward, as they do elsewhere.
  const onSideButton = (event: React.PointerEvent): void => {
    if (event.button === 3) browseBack();
    else if (event.button === 4) browseForward();
    else return;
    event.preventDefault();
  };
  return (
    <div data-keys="browse" onPointerUp={onSideButton} className="flex min-h-0 min-w-0 flex-1">
      {isHitListOpen ? (
        <HitPanel book={book} input={input} isWide={false} onMenu={openMenu} onTag={tag} onSend={send} />
      ) : null}
      <div className="flex min-w-0 flex-1 flex-col">
        <section aria-label="Sounds" data-panel="" className="flex min-h-0 flex-1 flex-col">
          <MiddleToolbar isLassoing={isLassoing} onLassoing={setLassoing} />
          {kitMiddle === 'map' ? (
            <MapOrWhy book={book} isLassoing={isLassoing} onSend={send} onMenu={openMenu} />
          ) : (
            <NeighboursView book={book} />
          )}
        </section>
        {kitMiddle === 'map' ? <BelowPanel book={book} /> : null}
      </div>
      <Announcer book={book} />
      {menu ? (
        <MenuAt label="Hits" x={menu.x} y={menu.y} parts={() => hitMenu(tag)} onClose={() => setMenu(null)} />
      ) : null}
      {isTagging ? <TagDialog onClose={() => setTagging(false)} /> : null}
    </div>
  );
}

function MapOrWhy(props: React.ComponentProps<typeof SimilarityMap>) {
  const { book } = props;
  const placed = useMemo(() => placedCount(book), [book]);
  if (placed === 0) return <NoMap count={book.ids.length} />;
  return (
    <div className="relative flex min-h-0 flex-1">
      <SimilarityMap {...props} />
      <MapNote missing={book.ids.length - placed} />
    </div>
  );
}

/** Says aloud what walking over the map comes to; the list says its rows itself. */
function Announcer({ book }: { readonly book: HitBook }) {
  const currentId = useBrowse(state => state.currentId);
  const row = useHitBook(state => state.rowOf.get(currentId ?? ''));
  return (
    <p role="status" className="sr-only">
      {row === undefined ? '' : aboutRow(book, row)}
    </p>
  );
}
