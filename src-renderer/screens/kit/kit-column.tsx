import { Grid2x2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Hit, HitId, Kit } from '#shared/model';
import { prepareAudition } from '#renderer/playback';
import {
  addPad,
  attempt,
  chosenHits,
  makeLayers,
  selectPad,
  sendToPad,
  shuffleUnlocked,
  switchKitSides,
  togglePadLock,
  useChosenHits,
  useCommands,
  useKitDraft,
  useLibrary,
} from '#renderer/state';
import { Button, Empty } from '#renderer/ui';
import { KitBar } from './kit-bar';
import { PadInspector, type PadPage } from './pad-inspector';
import { Pads } from './pads';

/** Of the kit's own hits, those that pads strike; the window keeps some hundreds. */
const MOST_PREPARED = 128;
const NO_HITS: readonly Hit[] = [];

/** The kit that is being made: its pads, and the chosen pad with its layers and hits. */
export function KitColumn({ kit }: { readonly kit: Kit }) {
  const kitHits = useLibrary(state => state.kitHits[kit.id]) ?? NO_HITS;
  const padId = useKitDraft(state => state.padId);
  const candidate = useChosenHits(state => state.candidate);
  const [page, setPage] = useState<PadPage>('takes');
  const byId = useMemo(() => new Map<HitId, Hit>(kitHits.map(hit => [hit.id, hit])), [kitHits]);
  const pad = kit.pads.find(one => one.id === padId) ?? kit.pads[0];

  useEffect(() => prepareAudition(kitHits.slice(0, MOST_PREPARED)), [kitHits]);
  useCommands({
    'send-to-pad': () => {
      if (candidate && pad) sendToPad([candidate], pad.id);
    },
    'make-layers': () => {
      if (pad) void attempt('Making layers', () => chosenHits().then(hits => makeLayers(pad.id, hits)));
    },
    'lock-pad': () => {
      if (pad) togglePadLock(pad);
    },
    'shuffle-pads': () => void shuffleUnlocked(),
    'kit-sides': switchKitSides,
  });
  useEffect(() => {
    if (padId === null && kit.pads[0]) selectPad(kit.pads[0].id);
  }, [padId, kit]);

  return (
    <div className="flex w-78 shrink-0 flex-col border-l border-line bg-bg-1 wide:w-86">
      <section aria-label="Kit" data-panel="" className="flex shrink-0 flex-col">
        <KitBar kit={kit} candidate={candidate} />
        <div className="p-3">
          {kit.pads.length === 0 ? (
            <Empty
              icon={Grid2x2}
              title="No pads"
              actions={
                <Button look="primary" onPress={() => addPad(candidate ? [candidate] : [])}>
                  Add a pad
                </Button>
              }
            >
              Add one, then send it hits of the list.
            </Empty>
          ) : (
            <Pads kit={kit} selectedId={padId} />
          )}
        </div>
      </section>
      {pad ? (
        <PadInspector
          key={pad.id}
          kit={kit}
          pad={pad}
          hits={byId}
          candidate={candidate}
          page={page}
          onPage={setPage}
        />
      ) : null}
    </div>
  );
}
