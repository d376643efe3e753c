import { Grid2x2 } from 'lucide-react';
import { openKitById, openScreen, useKitDraft, useLibrary } from '#renderer/state';
import { Button, count, Empty, Loading } from '#renderer/ui';
import { HitBrowser } from './hit-browser';
import { KitColumn } from './kit-column';

/** Hits to choose from on the left, the kit that is made of them on the right. */
export function KitScreen() {
  const kit = useKitDraft(state => state.kit);
  const status = useLibrary(state => state.status);
  if (status === 'loading' && !kit) return <Loading label="Reading the kits" />;
  return (
    <>
      <HitBrowser />
      {kit ? <KitColumn key={kit.id} kit={kit} /> : <NoKit />}
    </>
  );
}

function NoKit() {
  const [first, ...rest] = useLibrary(state => state.kits);
  return (
    <div className="flex w-78 shrink-0 flex-col border-l border-line bg-bg-1 wide:w-86">
      <Empty
        icon={Grid2x2}
        title={first ? 'No kit open' : 'No kit yet'}
        actions={
          first ? (
            <Button look="primary" onPress={() => openKitById(first.id)}>
              Open {first.name}
            </Button>
          ) : (
            <Button look="primary" onPress={() => openScreen('library')}>
              Open Library
            </Button>
          )
        }
      >
        {first
          ? `${count(rest.length + 1, 'kit')} in the library.`
          : 'A kit is made from the hits of a song. Drop one in the library; its pads show here.'}
      </Empty>
    </div>
  );
}
