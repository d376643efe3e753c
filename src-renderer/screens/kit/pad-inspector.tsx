import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { answersOf } from '#shared/mix';
import type { Hit, HitId, Kit, Pad } from '#shared/model';
import { hitName, keysOf, sendToPad, togglePadLock } from '#renderer/state';
import { Button, IconButton, Keys, Segments } from '#renderer/ui';
import { ChokeGroups } from './choke-groups';
import { HitEditor } from './hit-editor';
import { LayerStrip } from './layer-strip';
import { PadSettings } from './pad-settings';
import { TakesEditor } from './takes-editor';

const PAGES = [
  { value: 'takes', name: 'Takes' },
  { value: 'hit', name: 'Hit' },
  { value: 'pad', name: 'Pad' },
] as const;
export type PadPage = (typeof PAGES)[number]['value'];

interface PadInspectorProps {
  readonly kit: Kit;
  readonly pad: Pad;
  readonly hits: ReadonlyMap<HitId, Hit>;
  /** The hit of the list that would be sent to the pad. */
  readonly candidate: Hit | null;
  readonly page: PadPage;
  readonly onPage: (page: PadPage) => void;
}

/** One pad: its layers and takes, how the kit plays its hits, and what the pad is. */
export function PadInspector({ kit, pad, hits, candidate, page, onPage }: PadInspectorProps) {
  const [layer, setLayer] = useState(0);
  const [chosen, setChosen] = useState<HitId | null>(null);
  const [hasChokes, setHasChokes] = useState(false);
  const shownLayer = Math.min(layer, Math.max(0, pad.layers.length - 1));
  const inLayer = pad.layers[shownLayer]?.hits ?? answersOf(pad);
  const current = chosen !== null && inLayer.includes(chosen) ? chosen : (inLayer[0] ?? null);
  const hit = current === null ? undefined : hits.get(current);
  return (
    <section aria-label="Pad" data-panel="" className="flex min-h-0 flex-1 flex-col border-t border-line">
      <div className="flex h-9 shrink-0 items-center gap-2 px-3">
        <h2 className="truncate type-title">{pad.name}</h2>
        <span className="truncate text-ink-3">note {pad.note}</span>
        <span className="flex-1" />
        <Segments label="Page of the pad" small value={page} choices={PAGES} onChange={onPage} />
        <IconButton
          small
          label={pad.locked ? 'Unlock the pad' : 'Lock the pad'}
          keys={keysOf('lock-pad')}
          on={pad.locked}
          onPress={() => togglePadLock(pad)}
        >
          {pad.locked ? (
            <Lock size={14} strokeWidth={1.6} aria-hidden="true" />
          ) : (
            <LockOpen size={14} strokeWidth={1.4} aria-hidden="true" />
          )}
        </IconButton>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-3 pb-3">
        {page === 'pad' || (page === 'hit' && pad.layers.length === 0) ? null : (
          <LayerStrip
            pad={pad}
            hits={hits}
            selected={shownLayer}
            isLow={page === 'hit'}
            onSelect={at => {
              setLayer(at);
              setChosen(null);
            }}
          />
        )}
        {page === 'takes' ? (
          <TakesEditor
            kit={kit}
            pad={pad}
            hits={hits}
            layer={shownLayer}
            onLayer={setLayer}
            current={current}
            onCurrent={setChosen}
            candidate={candidate}
          />
        ) : null}
        {page === 'hit' ? (
          hit ? (
            <HitEditor key={hit.id} kit={kit} pad={pad} hit={hit} />
          ) : (
            <p className="text-ink-3">No hit on this pad yet.</p>
          )
        ) : null}
        {page === 'pad' ? <PadSettings kit={kit} pad={pad} onChokeGroups={() => setHasChokes(true)} /> : null}
      </div>
      <div className="flex shrink-0 items-center gap-2 border-t border-line p-2.5">
        <span className="min-w-0 flex-1 truncate text-ink-3">
          {pad.locked ? `${pad.name} is locked` : candidate ? hitName(candidate) : 'Choose a hit in the list'}
        </span>
        <Button
          look="primary"
          isDisabled={!candidate || pad.locked}
          onPress={() => candidate && sendToPad([candidate], pad.id)}
        >
          Send to {pad.name} <Keys keys={keysOf('send-to-pad')} isInverse />
        </Button>
      </div>
      {hasChokes ? (
        <ChokeGroups kit={kit} first={pad.choke} isOpen onClose={() => setHasChokes(false)} />
      ) : null}
    </section>
  );
}
