import { Grid2x2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Hit, HitId, Kit, Pad, Role } from '#shared/model';
import { audition, prepareAudition } from '#renderer/playback';
import {
  attempt,
  changePad,
  hitName,
  loadHits,
  openKitById,
  openScreen,
  selectPad,
  sendToPad,
  useCommands,
  useKitDraft,
  useLibrary,
  useView,
} from '#renderer/state';
import { Button, count, Empty, Loading, PanelHead, Picker } from '#renderer/ui';
import { filterHits } from './filter-hits';
import { HitList } from './hit-list';
import { PadInspector } from './pad-inspector';
import { Pads } from './pads';

const OWN = 'kit';
/** How far down and up the list hits are fetched before they are asked for. */
const REACH = 6;
/** Of the kit's own hits, those that pads strike; the window keeps some hundreds. */
const MOST_PREPARED = 64;
const NO_HITS: readonly Hit[] = [];

export function KitScreen() {
  const kit = useKitDraft(state => state.kit);
  const status = useLibrary(state => state.status);
  const kits = useLibrary(state => state.kits);
  if (kit) return <KitBrowser key={kit.id} kit={kit} />;
  if (status === 'loading') return <Loading label="Reading the kits" />;
  const [first] = kits;
  return (
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
        ? `${count(kits.length, 'kit')} in the library.`
        : 'A kit is made from the hits of a song. Drop one in the library; its pads show here.'}
    </Empty>
  );
}

function KitBrowser({ kit }: { readonly kit: Kit }) {
  const kits = useLibrary(state => state.kits);
  const tracks = useLibrary(state => state.tracks);
  const kitHits = useLibrary(state => state.kitHits[kit.id]) ?? NO_HITS;
  const viewTrack = useView(state => state.trackId);
  const padId = useKitDraft(state => state.padId);
  const [source, setSource] = useState(() =>
    tracks.some(track => track.id === viewTrack) ? (viewTrack ?? OWN) : OWN,
  );
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set());
  const [text, setText] = useState('');
  const [hitId, setHitId] = useState<string | null>(null);
  const trackHits = useLibrary(state => (source === OWN ? undefined : state.hits[source]));
  useEffect(() => {
    if (source !== OWN && trackHits === undefined) void attempt('Reading the hits', () => loadHits(source));
  }, [source, trackHits]);

  const hits = source === OWN ? kitHits : (trackHits ?? NO_HITS);
  const shown = useMemo(() => filterHits(hits, roles, text), [hits, roles, text]);
  const byId = useMemo(
    () => new Map<HitId, Hit>([...hits, ...kitHits].map(hit => [hit.id, hit])),
    [hits, kitHits],
  );
  const selected = shown.findIndex(hit => hit.id === hitId);
  const candidate = shown[selected] ?? null;
  const pad = kit.pads.find(one => one.id === padId) ?? kit.pads[0];

  const listen = (hit: Hit | undefined): void => {
    if (hit) void attempt('Auditioning', () => audition(hit));
  };
  const strike = (struck: Pad): void =>
    listen(byId.get(struck.hits[struck.chosen] ?? struck.hits[0] ?? ('' as HitId)));
  const select = (index: number): void => {
    const hit = shown[index];
    setHitId(hit?.id ?? null);
    listen(hit);
    prepareAudition(shown.slice(Math.max(0, index - REACH), index + REACH + 1));
  };
  const send = (hit: Hit | null): void => {
    if (hit && pad) sendToPad(hit, pad, hitName(hit));
  };
  useEffect(() => prepareAudition(shown.slice(0, REACH)), [shown]);
  useEffect(() => prepareAudition(kitHits.slice(0, MOST_PREPARED)), [kitHits]);
  useCommands({
    play: () => (candidate ? listen(candidate) : pad && strike(pad)),
    'send-to-pad': () => send(candidate),
    'lock-pad': () => {
      if (pad) changePad(`${pad.locked ? 'Unlock' : 'Lock'} ${pad.name}`, pad.id, { locked: !pad.locked });
    },
  });
  useEffect(() => {
    if (padId === null && kit.pads[0]) selectPad(kit.pads[0].id);
  }, [padId, kit]);

  return (
    <>
      <HitList
        sources={[
          { value: OWN, name: 'This kit' },
          ...tracks.map(track => ({ value: track.id, name: track.name })),
        ]}
        source={source}
        onSource={setSource}
        hits={hits}
        shown={shown}
        roles={roles}
        onRoles={setRoles}
        text={text}
        onText={setText}
        selected={selected}
        onSelect={select}
        onSend={index => send(shown[index] ?? null)}
      />
      <section aria-label="Kit" data-panel="" className="flex min-w-0 flex-1 flex-col bg-bg-0">
        <PanelHead
          title={kit.name}
          aside={`${count(kit.pads.length, 'pad')}, ${(kit.sampleRate / 1000).toFixed(1)} kHz`}
        >
          {kits.length > 1 ? (
            <Picker
              label="Kit"
              value={kit.id}
              choices={kits.map(one => ({ value: one.id, name: one.name }))}
              onChange={openKitById}
              className="w-44"
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
    </>
  );
}
