import { layersOfTakes, takeOf, withFirstLayer, withLayerOnTop, withoutTake, withTakes } from '#shared/edit';
import {
  type Hit,
  type HitId,
  type HitShape,
  INSTRUMENT_FACTS,
  type Instrument,
  type Kit,
  type Pad,
  PLAIN_PAD,
  PLAIN_SHAPE,
} from '#shared/model';
import { isPlainShape } from '#shared/mix';
import { hitName, instrumentOf, roleOf } from './hits';
import { commitKit, changePad, editPad, selectPad, useKitDraft } from './kit-draft';
import { addKitHits } from './library';
import { notify } from './notices';

/** The pad, when its hits may be changed; a locked one says so. */
function openPad(padId: string): { readonly kit: Kit; readonly pad: Pad } | null {
  const { kit } = useKitDraft.getState();
  const pad = kit?.pads.find(({ id }) => id === padId);
  if (!kit || !pad) return null;
  if (pad.locked) {
    notify({ tone: 'warn', text: `${pad.name} is locked. Unlock it to change its hits.` });
    return null;
  }
  return { kit, pad };
}

const spoken = (hits: readonly Hit[]): string => {
  const [first] = hits;
  return hits.length === 1 && first ? hitName(first) : `${hits.length} hits`;
};

/** Lets hits sound on a pad, whatever its layers were: one alone, several as velocity layers. The hits it had stay behind them. */
export function sendToPad(hits: readonly Hit[], padId: string): void {
  const open = openPad(padId);
  const [first] = hits;
  if (!open || !first) return;
  const { kit, pad } = open;
  if (hits.length > 1) {
    makeLayers(padId, hits);
    return;
  }
  addKitHits(kit.id, hits);
  const at = pad.hits.indexOf(first.id);
  const label = `Send ${hitName(first)} to ${pad.name}`;
  editPad(label, padId, one => ({
    ...one,
    layers: [],
    ...(at >= 0 ? { chosen: at } : { hits: [first.id, ...one.hits], chosen: 0 }),
  }));
}

/** Hits as more takes of a layer, as a layer on top, or as the takes of the first of all. */
export function sendToLayer(hits: readonly Hit[], padId: string, layer: number | 'top'): void {
  const open = openPad(padId);
  if (!open || hits.length === 0) return;
  const { kit, pad } = open;
  addKitHits(kit.id, hits);
  const ids = hits.map(({ id }) => id);
  const label = `Send ${spoken(hits)} to a layer of ${pad.name}`;
  editPad(label, padId, one =>
    layer === 'top' ? withLayerOnTop(one, ids) : withTakes(withFirstLayer(one), layer, ids),
  );
}

/** Velocity layers of takes of one instrument, brought to one level so that velocity says how loud a stroke is; one undo step. */
export function makeLayers(padId: string, hits: readonly Hit[], count?: number): void {
  const open = openPad(padId);
  if (!open) return;
  const { kit, pad } = open;
  if (hits.length < 2) {
    notify({ tone: 'info', text: 'Layers need two takes at least: choose more hits in the list.' });
    return;
  }
  addKitHits(kit.id, hits);
  const { layers, gains } = layersOfTakes(hits.map(takeOf), count);
  const ids = layers.flatMap(layer => layer.hits);
  const shaped = { ...kit.shapes };
  for (const [id, gainDecibels] of gains) setShape(shaped, id, { ...shapeOf(kit, id), gainDecibels });
  const made = {
    ...pad,
    layers: [...layers].map(layer => ({ ...layer, hits: [...layer.hits] })),
    hits: [...new Set([...ids, ...pad.hits])],
    chosen: 0,
  };
  const pads = kit.pads.map(one => (one.id === padId ? made : one));
  commitKit(`Make layers of ${hits.length} takes on ${pad.name}`, { ...kit, pads, shapes: shaped });
}

/** Takes a hit off a pad, its layers included. */
export function removeFromPad(hit: Hit, padId: string): void {
  const open = openPad(padId);
  if (!open) return;
  editPad(`Take ${hitName(hit)} off ${open.pad.name}`, padId, pad => {
    const free = pad.layers.reduce((one, _, at) => withoutTake(one, at, hit.id), pad);
    const chosen = pad.hits[pad.chosen];
    const hits = free.hits.filter(id => id !== hit.id);
    return { ...free, hits, chosen: Math.max(0, chosen === undefined ? 0 : hits.indexOf(chosen)) };
  });
}

export const shapeOf = (kit: Kit, hit: HitId): HitShape => kit.shapes[hit] ?? PLAIN_SHAPE;

function setShape(shapes: Record<HitId, HitShape>, hit: HitId, shape: HitShape): void {
  if (isPlainShape(shape)) delete shapes[hit];
  else shapes[hit] = shape;
}

/** How the kit plays hits, as one undo step; the hits themselves stay as they are. */
export function changeShapes(
  label: string,
  hits: readonly HitId[],
  change: (shape: HitShape) => HitShape,
  isGesture = false,
): void {
  const { kit } = useKitDraft.getState();
  if (!kit) return;
  const shapes = { ...kit.shapes };
  for (const hit of hits) setShape(shapes, hit, change(shapeOf(kit, hit)));
  commitKit(label, { ...kit, shapes }, isGesture);
}

/** A note number that no pad has: the instrument's own if it is free, else the next one above it. */
function freeNote(kit: Kit, instrument: Instrument): number {
  const taken = new Set(kit.pads.map(({ note }) => note));
  const first = INSTRUMENT_FACTS[instrument].note;
  return (
    Array.from({ length: 128 }, (_, above) => (first + above) % 128).find(note => !taken.has(note)) ?? first
  );
}

/** A pad more, for `hits` or empty. */
export function addPad(hits: readonly Hit[], instrument: Instrument = 'perc'): void {
  const { kit } = useKitDraft.getState();
  if (!kit) return;
  const [first] = hits;
  const kind = first ? instrumentOf(first) : instrument;
  const { name, role, choke } = INSTRUMENT_FACTS[kind];
  const alike = kit.pads.filter(pad => pad.instrument === kind).length;
  const pad: Pad = {
    ...PLAIN_PAD,
    id: crypto.randomUUID(),
    name: alike === 0 ? name : `${name} ${alike + 1}`,
    role: first ? roleOf(first) : role,
    instrument: kind,
    note: freeNote(kit, kind),
    hits: hits.map(({ id }) => id),
    choke,
  };
  addKitHits(kit.id, hits);
  commitKit(`Add pad ${pad.name}`, { ...kit, pads: [...kit.pads, pad] });
  selectPad(pad.id);
}

/** Takes a pad out of the kit; a groove that plays it goes on with the pad that stands in for it, or without. */
export function removePad(padId: string): void {
  const { kit } = useKitDraft.getState();
  const at = kit?.pads.findIndex(({ id }) => id === padId) ?? -1;
  const pad = kit?.pads[at];
  if (!kit || !pad) return;
  const pads = kit.pads.filter(({ id }) => id !== padId);
  commitKit(`Remove pad ${pad.name}`, { ...kit, pads });
  const next = pads[Math.min(at, pads.length - 1)];
  if (next) selectPad(next.id);
}

/** Pads change places; grooves find them by what they are, so they sound on. */
export function movePad(padId: string, to: number): void {
  const { kit } = useKitDraft.getState();
  const from = kit?.pads.findIndex(({ id }) => id === padId) ?? -1;
  const pad = kit?.pads[from];
  if (!kit || !pad || from === to || to < 0 || to >= kit.pads.length) return;
  commitKit(`Move pad ${pad.name}`, { ...kit, pads: kit.pads.toSpliced(from, 1).toSpliced(to, 0, pad) });
}

/** Which pads silence each other: the pads of a group are those in `padIds` from now on. */
export function setChokeGroup(group: string, padIds: ReadonlySet<string>): void {
  const { kit } = useKitDraft.getState();
  if (!kit) return;
  const pads = kit.pads.map(pad => {
    if (padIds.has(pad.id)) return pad.choke === group ? pad : { ...pad, choke: group };
    return pad.choke === group ? { ...pad, choke: null } : pad;
  });
  if (pads.every((pad, at) => pad === kit.pads[at])) return;
  commitKit(`Choke group ${group === 'hat' ? 'H' : group}`, { ...kit, pads });
}

export const togglePadLock = ({ id, name, locked }: Pad): void =>
  changePad(`${locked ? 'Unlock' : 'Lock'} ${name}`, id, { locked: !locked });
