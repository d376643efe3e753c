import { ArrowDown, ArrowUp, Layers, Play, X } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Hit, HitId, Kit, Pad, TakeOrder } from '#shared/model';
import {
  layerSpan,
  withLayerAt,
  withoutLayer,
  withoutLayers,
  withoutTake,
  withSplit,
  withTakeAt,
} from '#shared/edit';
import {
  changePad,
  chosenHits,
  editPad,
  hitName,
  listenShaped,
  makeLayers,
  removeFromPad,
  sendToLayer,
  sendToPad,
  shapeOf,
  takesLike,
  useStruckPad,
} from '#renderer/state';
import {
  Button,
  classNames,
  count,
  IconButton,
  MenuButton,
  NumberField,
  Picker,
  SliceWave,
} from '#renderer/ui';
import { Setting } from './setting';
import { useHitDrop } from './use-hit-drop';

const ORDERS: readonly { readonly value: TakeOrder; readonly name: string }[] = [
  { value: 'cycle', name: 'in turn' },
  { value: 'random', name: 'at random' },
  { value: 'first', name: 'the first' },
];

interface TakesEditorProps {
  readonly kit: Kit;
  readonly pad: Pad;
  readonly hits: ReadonlyMap<HitId, Hit>;
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  readonly current: HitId | null;
  readonly onCurrent: (hit: HitId) => void;
  readonly candidate: Hit | null;
}

/** What strokes sound with: the takes of the chosen layer, or where there are no layers the hits of the pad to choose one of. */
export function TakesEditor(props: TakesEditorProps) {
  const { pad, candidate } = props;
  const has = pad.layers.length > 0;
  return (
    <div className="flex flex-col gap-2">
      {has ? <LayerTakes {...props} /> : <PadHits {...props} />}
      <div className="flex flex-wrap items-center gap-1.5">
        <MakeLayers {...props} />
        <Button
          small
          look="line"
          isDisabled={!candidate || pad.locked || pad.hits.length === 0}
          onPress={() => candidate && sendToLayer([candidate], pad.id, 'top')}
        >
          Add layer on top
        </Button>
        {has ? (
          <Button
            small
            look="ghost"
            isDisabled={pad.locked}
            onPress={() => editPad(`One hit on ${pad.name}`, pad.id, withoutLayers)}
          >
            One hit
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function MakeLayers({ kit, pad, hits }: TakesEditorProps) {
  const own = pad.hits.flatMap(id => hits.get(id) ?? []);
  const first = own[0];
  return (
    <MenuButton
      name="Make layers"
      label={`Make layers on ${pad.name}`}
      isDisabled={pad.locked}
      parts={() => [
        {
          name: 'Takes',
          choices: [
            {
              id: 'pad',
              name: `Of the pad’s ${count(own.length, 'hit')}`,
              isDisabled: own.length < 2,
              run: () => makeLayers(pad.id, own),
            },
            {
              id: 'chosen',
              name: 'Of the hits chosen in the list',
              run: () => void chosenHits().then(chosen => makeLayers(pad.id, chosen)),
            },
            {
              id: 'alike',
              name: 'Of takes like this one in its song',
              isDisabled: first === undefined,
              run: () => {
                if (first) void takesLike(kit, first).then(takes => makeLayers(pad.id, takes));
              },
            },
          ],
        },
        {
          name: 'In how many layers',
          choices: [2, 3, 4, 5].map(layers => ({
            id: `in-${layers}`,
            name: `The pad’s hits in ${layers} layers`,
            isDisabled: own.length < layers,
            run: () => makeLayers(pad.id, own, layers),
          })),
        },
      ]}
    />
  );
}

function LayerTakes({
  kit,
  pad,
  hits,
  layer: chosen,
  onLayer,
  current,
  onCurrent,
  candidate,
}: TakesEditorProps) {
  const at = Math.min(chosen, pad.layers.length - 1);
  const layer = pad.layers[at];
  const drop = useHitDrop({ padId: pad.id, layer: at });
  const struck = useStruckPad(state => (state.padId === pad.id ? state.hit : null));
  if (!layer) return null;
  const { from, to } = layerSpan(pad, at);
  const isTop = at === pad.layers.length - 1;
  const edit = (what: string, change: (one: Pad) => Pad): void =>
    editPad(`${what} of ${pad.name}`, pad.id, change);
  return (
    <>
      <div className="flex items-center gap-1.5">
        <Layers size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
        <span className="type-strong">Layer {at + 1}</span>
        <span className="text-ink-3">from {from} to</span>
        <NumberField
          label={`Layer ${at + 1} answers up to`}
          small
          value={to}
          minimum={isTop ? 127 : from}
          maximum={isTop ? 127 : (pad.layers[at + 1]?.upTo ?? 127) - 1}
          isDisabled={isTop}
          className="w-13"
          onCommit={value =>
            editPad(
              `Velocities of layer ${at + 1} of ${pad.name}`,
              pad.id,
              one => withSplit(one, at, value),
              true,
            )
          }
        />
        <span className="flex-1" />
        <IconButton
          small
          label="Its takes a layer louder"
          isDisabled={pad.locked || isTop}
          onPress={() => {
            edit('Order of layers', one => withLayerAt(one, at, at + 1));
            onLayer(at + 1);
          }}
        >
          <ArrowUp size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <IconButton
          small
          label="Its takes a layer softer"
          isDisabled={pad.locked || at === 0}
          onPress={() => {
            edit('Order of layers', one => withLayerAt(one, at, at - 1));
            onLayer(at - 1);
          }}
        >
          <ArrowDown size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <IconButton
          small
          label={`Remove layer ${at + 1}`}
          isDisabled={pad.locked}
          onPress={() => edit('Remove a layer', one => withoutLayer(one, at))}
        >
          <X size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </div>
      <div
        {...drop.target}
        role="group"
        aria-label={`Takes of layer ${at + 1}`}
        className={classNames('flex flex-col gap-1 rounded-r2', drop.isOver && 'outline-2 outline-ink-1')}
      >
        {layer.hits.map((id, place) => {
          const hit = hits.get(id);
          return (
            <TakeRow
              key={id}
              hit={hit}
              number={place + 1}
              isCurrent={id === current}
              isStruck={id === struck}
              onChoose={() => {
                onCurrent(id);
                if (hit) listenShaped(hit, shapeOf(kit, id));
              }}
            >
              <IconButton
                small
                label={`Take ${place + 1} earlier`}
                isDisabled={pad.locked || place === 0}
                onPress={() =>
                  edit('Order of takes', one => withTakeAt(one, id, at, { layer: at, place: place - 1 }))
                }
              >
                <ArrowUp size={12} strokeWidth={1.4} aria-hidden="true" />
              </IconButton>
              <IconButton
                small
                label={`Remove take ${place + 1}`}
                isDisabled={pad.locked}
                onPress={() => edit('Remove a take', one => withoutTake(one, at, id))}
              >
                <X size={12} strokeWidth={1.4} aria-hidden="true" />
              </IconButton>
            </TakeRow>
          );
        })}
      </div>
      <Setting name={layer.hits.length > 1 ? `Round robin of ${layer.hits.length}` : 'Takes'}>
        <span className="flex items-center gap-1.5">
          <Button
            small
            look="line"
            isDisabled={!candidate || pad.locked}
            onPress={() => candidate && sendToLayer([candidate], pad.id, at)}
          >
            Add take
          </Button>
          <Picker
            label="How takes follow each other"
            value={pad.takes}
            choices={ORDERS}
            onChange={takes => changePad(`Takes of ${pad.name}`, pad.id, { takes })}
            className="w-26"
          />
        </span>
      </Setting>
    </>
  );
}

function PadHits({ kit, pad, hits, current, onCurrent }: TakesEditorProps) {
  if (pad.hits.length === 0)
    return <p className="text-ink-3">No hit yet: choose one in the list and send it here, or drag it.</p>;
  return (
    <div role="group" aria-label={`Hits of ${pad.name}`} className="flex flex-col gap-1">
      {pad.hits.map((id, index) => {
        const hit = hits.get(id);
        return (
          <TakeRow
            key={id}
            hit={hit}
            number={index + 1}
            isCurrent={id === current}
            isStruck={index === pad.chosen}
            onChoose={() => {
              onCurrent(id);
              if (!hit) return;
              listenShaped(hit, shapeOf(kit, id));
              if (!pad.locked && index !== pad.chosen) sendToPad([hit], pad.id);
            }}
          >
            <IconButton
              small
              label={`Take hit ${index + 1} off the pad`}
              isDisabled={pad.locked || !hit}
              onPress={() => hit && removeFromPad(hit, pad.id)}
            >
              <X size={12} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
          </TakeRow>
        );
      })}
    </div>
  );
}

interface TakeRowProps {
  readonly hit: Hit | undefined;
  readonly number: number;
  readonly isCurrent: boolean;
  /** Sounded last, or sounds always. */
  readonly isStruck: boolean;
  readonly onChoose: () => void;
  readonly children?: React.ReactNode;
}

function TakeRow({ hit, number, isCurrent, isStruck, onChoose, children }: TakeRowProps) {
  return (
    <div
      className={classNames(
        'flex h-7 items-center gap-1 rounded-r2 pr-0.5',
        isCurrent ? 'bg-bg-3 shadow-[inset_2px_0_0_var(--ink-1)]' : 'bg-bg-2',
      )}
    >
      <AriaButton
        aria-pressed={isCurrent}
        isDisabled={!hit}
        onPress={onChoose}
        className="focus-ring flex h-full min-w-0 flex-1 items-center gap-2 rounded-r2 px-2 text-left"
      >
        <span className="w-4 text-ink-3">
          {isStruck ? (
            <>
              <Play size={9} fill="currentColor" aria-hidden="true" />
              <span className="sr-only">sounds</span>
            </>
          ) : (
            number
          )}
        </span>
        <span className="h-5 w-14 shrink-0">
          <SliceWave audio={hit?.audio} token="--wave" />
        </span>
        <span className="truncate">{hit ? hitName(hit) : 'missing'}</span>
      </AriaButton>
      {children}
    </div>
  );
}
