import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Hit, HitId, Pad } from '#shared/model';
import { layerSpan, withSplit } from '#shared/edit';
import { editPad, endKitGesture, strikePad, useStruckPad } from '#renderer/state';
import { classNames, count, roleToken, SliceWave } from '#renderer/ui';
import { useHitDrop } from './use-hit-drop';

interface LayerStripProps {
  readonly pad: Pad;
  readonly hits: ReadonlyMap<HitId, Hit>;
  readonly selected: number;
  /** Where something else is worked on. */
  readonly isLow: boolean;
  readonly onSelect: (layer: number) => void;
}

/** The velocity layers of a pad side by side, each as wide as its velocities; borders are dragged, or moved with the arrow keys. */
export function LayerStrip({ pad, hits, selected, isLow, onSelect }: LayerStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  const plain = pad.hits[pad.chosen] ?? pad.hits[0];
  const layers =
    pad.layers.length > 0 ? pad.layers : plain === undefined ? [] : [{ upTo: 127, hits: [plain] }];
  const move = (at: number, upTo: number, isGesture: boolean): void =>
    editPad(`Border of layers of ${pad.name}`, pad.id, one => withSplit(one, at, upTo), isGesture);
  return (
    <div className="flex flex-col gap-1">
      <div
        ref={strip}
        role="group"
        aria-label={`Layers of ${pad.name}`}
        className={classNames(
          'relative flex overflow-hidden rounded-r2 bg-bg-0',
          isLow ? 'h-10' : 'h-16 tall:h-24',
        )}
      >
        {layers.map((layer, at) => (
          <Layer
            key={layer.hits.join(' ')}
            pad={pad}
            at={at}
            layer={layer}
            hits={hits}
            share={(layer.upTo - (layers[at - 1]?.upTo ?? 0)) / 127}
            isSelected={at === selected}
            onSelect={() => onSelect(at)}
          />
        ))}
        {layers.length === 0 ? <EmptyStrip pad={pad} /> : null}
        {pad.layers.slice(0, -1).map((layer, at) => (
          <Border
            key={layer.hits.join(' ')}
            pad={pad}
            at={at}
            upTo={layer.upTo}
            width={() => strip.current?.clientWidth ?? 1}
            onMove={move}
          />
        ))}
      </div>
      <div aria-hidden="true" className="relative h-4 text-ink-3">
        <span className="absolute left-0">1</span>
        {layers.slice(0, -1).map(({ upTo }) => {
          const place = upTo / 127;
          return place > 0.06 && place < 0.88 ? (
            <span key={upTo} className="absolute -translate-x-1/2" style={{ left: `${place * 100}%` }}>
              {upTo + 1}
            </span>
          ) : null;
        })}
        <span className="absolute right-0">127</span>
      </div>
    </div>
  );
}

interface LayerProps {
  readonly pad: Pad;
  readonly at: number;
  readonly layer: Pad['layers'][number];
  readonly hits: ReadonlyMap<HitId, Hit>;
  readonly share: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Layer({ pad, at, layer, hits, share, isSelected, onSelect }: LayerProps) {
  const struck = useStruckPad(state => (state.padId === pad.id ? state.hit : null));
  const drop = useHitDrop({ padId: pad.id, layer: at });
  const { from, to } = pad.layers.length > 0 ? layerSpan(pad, at) : { from: 1, to: 127 };
  const isStruck = struck !== null && layer.hits.includes(struck);
  const shown = isStruck ? struck : layer.hits[0];
  const hit = shown === undefined ? undefined : hits.get(shown);
  return (
    <div className="min-w-0" style={{ width: `${share * 100}%` }} {...drop.target}>
      <AriaButton
        aria-label={`Velocities ${from} to ${to}, ${count(layer.hits.length, 'take')}`}
        aria-pressed={isSelected}
        onPress={() => {
          onSelect();
          strikePad(pad, Math.round((from + to) / 2) / 127);
        }}
        className={classNames(
          'focus-ring block size-full border-r border-bg-1 px-1 -outline-offset-2',
          isSelected || drop.isOver ? 'bg-bg-3' : 'bg-bg-2 data-[hovered]:bg-bg-3',
          isStruck && 'shadow-[inset_0_-2px_0_var(--ink-1)]',
        )}
      >
        <span className="block size-full" style={{ opacity: 0.55 + 0.45 * (to / 127) }}>
          <SliceWave audio={hit?.audio} token={roleToken(pad.role)} />
        </span>
      </AriaButton>
    </div>
  );
}

function EmptyStrip({ pad }: { readonly pad: Pad }) {
  const drop = useHitDrop({ padId: pad.id, layer: null });
  return (
    <div
      {...drop.target}
      className={classNames(
        'grid size-full place-items-center border border-dashed border-edge text-ink-3',
        drop.isOver && 'bg-bg-2 text-ink-1',
      )}
    >
      Empty: drag a hit here
    </div>
  );
}

interface BorderProps {
  readonly pad: Pad;
  readonly at: number;
  readonly upTo: number;
  readonly width: () => number;
  readonly onMove: (at: number, upTo: number, isGesture: boolean) => void;
}

function Border({ pad, at, upTo, width, onMove }: BorderProps) {
  const held = useRef<{ readonly x: number; readonly from: number } | null>(null);
  const least = layerSpan(pad, at).from;
  const most = (pad.layers[at + 1]?.upTo ?? 127) - 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const by: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
    const step = by[event.key];
    if (step === undefined) return;
    onMove(at, upTo + step * (event.shiftKey ? 10 : 1), true);
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, from: upTo };
    endKitGesture();
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      data-keys="layers"
      aria-label={`Border above layer ${at + 1}`}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={upTo}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={event => {
        if (held.current)
          onMove(at, held.current.from + ((event.clientX - held.current.x) / width()) * 127, true);
      }}
      onPointerUp={() => {
        held.current = null;
        endKitGesture();
      }}
      className="focus-ring absolute inset-y-0 z-10 w-2.5 -translate-x-1/2 cursor-ew-resize after:absolute after:inset-y-0 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:bg-edge hover:after:bg-ink-1"
      style={{ left: `${(upTo / 127) * 100}%` }}
    />
  );
}
