import { Grid2x2 } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { Hit, HitId, Kit, Pad } from '#shared/model';
import { audition, prepareAudition } from '#renderer/playback';
import {
  attempt,
  changePad,
  hitName,
  openKitById,
  selectPad,
  sendToPad,
  useChosenHits,
  useCommands,
  useKitDraft,
  useLibrary,
} from '#renderer/state';
import { count, Empty, PanelHead, Picker } from '#renderer/ui';
import { PadInspector } from './pad-inspector';
import { Pads } from './pads';

/** Of the kit's own hits, those that pads strike; the window keeps some hundreds. */
const MOST_PREPARED = 64;
const NO_HITS: readonly Hit[] = [];

/** The kit that is being made: its pads, and the chosen pad's settings. */
export function KitColumn({ kit }: { readonly kit: Kit }) {
  const kits = useLibrary(state => state.kits);
  const kitHits = useLibrary(state => state.kitHits[kit.id]) ?? NO_HITS;
  const padId = useKitDraft(state => state.padId);
  const candidate = useChosenHits(state => state.candidate);
  const byId = useMemo(() => new Map<HitId, Hit>(kitHits.map(hit => [hit.id, hit])), [kitHits]);
  const pad = kit.pads.find(one => one.id === padId) ?? kit.pads[0];

  const listen = (hit: Hit | undefined): void => {
    if (hit) void attempt('Auditioning', () => audition(hit));
  };
  const strike = (struck: Pad): void =>
    listen(byId.get(struck.hits[struck.chosen] ?? struck.hits[0] ?? ('' as HitId)));
  const send = (hit: Hit | null): void => {
    if (hit && pad) sendToPad(hit, pad, hitName(hit));
  };
  useEffect(() => prepareAudition(kitHits.slice(0, MOST_PREPARED)), [kitHits]);
  useCommands({
    'send-to-pad': () => send(candidate),
    'lock-pad': () => {
      if (pad) changePad(`${pad.locked ? 'Unlock' : 'Lock'} ${pad.name}`, pad.id, { locked: !pad.locked });
    },
  });
  useEffect(() => {
    if (padId === null && kit.pads[0]) selectPad(kit.pads[0].id);
  }, [padId, kit]);

  return (
    <div className="flex w-78 shrink-0 flex-col border-l border-line bg-bg-1 wide:w-86">
      <section aria-label="Kit" data-panel="" className="flex max-h-1/2 min-h-0 flex-col">
        <PanelHead title={kit.name} aside={count(kit.pads.length, 'pad')}>
          {kits.length > 1 ? (
            <Picker
              label="Kit"
              value={kit.id}
              choices={kits.map(one => ({ value: one.id, name: one.name }))}
              onChange={openKitById}
              className="w-28"
            />
          ) : null}
        </PanelHead>
        <div className="min-h-0 flex-1 overflow-y-auto p-3">
          {kit.pads.length === 0 ? (
            <Empty icon={Grid2x2} title="No pads">
              This kit has no pads: its song gave no hits that could fill one.
            </Empty>
          ) : (
            <Pads kit={kit} hits={byId} selectedId={padId} onStrike={strike} />
          )}
        </div>
      </section>
      {pad ? (
        <PadInspector
          pad={pad}
          hits={byId}
          candidate={candidate}
          onSend={() => send(candidate)}
          onChoose={id => send(byId.get(id) ?? null)}
          onListen={listen}
        />
      ) : null}
    </div>
  );
}
