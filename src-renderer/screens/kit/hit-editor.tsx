import { Play, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useCallback, useRef } from 'react';
import { answersOf, isPlainShape } from '#shared/mix';
import { type Hit, type HitShape, type Kit, type Pad, PLAIN_SHAPE } from '#shared/model';
import { gainOfDecibels } from '#shared/units';
import { changeShapes, endKitGesture, hitName, listenShaped, shapeOf } from '#renderer/state';
import {
  Button,
  Canvas,
  CheckBox,
  colour,
  columnsOfSamples,
  drawColumns,
  IconButton,
  loudest,
  NumberField,
  roleToken,
  useSliceAudio,
} from '#renderer/ui';
import { Dial } from './dial';
import { Setting } from './setting';

interface HitEditorProps {
  readonly kit: Kit;
  readonly pad: Pad;
  readonly hit: Hit;
}

/** A cut end gets a fade of this unless it has one, so that it does not click. */
const CUT_FADE_SECONDS = 0.003;

/** How the kit plays one of its hits: by handles on its wave, by numbers and by keys. The hit itself stays as it is. */
export function HitEditor({ kit, pad, hit }: HitEditorProps) {
  const shape = shapeOf(kit, hit.id);
  const seconds = hit.frames / hit.sampleRate;
  const name = hitName(hit);
  const set = (what: string, changed: Partial<HitShape>, isGesture = false): void =>
    changeShapes(`${what} of ${name}`, [hit.id], one => ({ ...one, ...changed }), isGesture);
  const setTrim = (edge: 'trimStart' | 'trimEnd', value: number): void => {
    const other = edge === 'trimStart' ? shape.trimEnd : shape.trimStart;
    const wanted = Math.min(Math.max(0, value), Math.max(0, seconds - other - 0.001));
    const fade = edge === 'trimStart' ? 'fadeIn' : 'fadeOut';
    const isFirstCut = shape[edge] === 0 && shape[fade] === 0 && wanted > 0;
    set('Trim', { [edge]: wanted, ...(isFirstCut ? { [fade]: CUT_FADE_SECONDS } : {}) }, true);
  };
  const setFade = (edge: 'fadeIn' | 'fadeOut', value: number): void =>
    set('Fade', { [edge]: Math.min(Math.max(0, value), seconds - shape.trimStart - shape.trimEnd) }, true);
  const takes = answersOf(pad);
  const milliseconds = (value: number): number => Math.round(value * 10_000) / 10;
  return (
    <div className="flex flex-col gap-2" data-keys="hit-editor">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate type-strong" title={name}>
          {name}
        </span>
        <IconButton small label="Listen as shaped" onPress={() => listenShaped(hit, shape)}>
          <Play size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
        <IconButton
          small
          label="As it was cut"
          isDisabled={isPlainShape(shape)}
          onPress={() => set('Reset the shape', PLAIN_SHAPE)}
        >
          <RotateCcw size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      </div>
      <ShapeView hit={hit} pad={pad} shape={shape} seconds={seconds} onTrim={setTrim} onFade={setFade} />
      <div className="grid grid-cols-2 gap-x-3 gap-y-1.5">
        <Dial
          isNarrow
          kind="hitGain"
          name="Gain"
          label="Gain of the hit"
          value={shape.gainDecibels}
          onCommit={gainDecibels => set('Gain', { gainDecibels }, true)}
        />
        <Dial
          isNarrow
          kind="tune"
          name="Tune"
          label="Tune of the hit"
          value={shape.semitones}
          onCommit={semitones => set('Tune', { semitones }, true)}
        />
        {(
          [
            ['trimStart', 'Start', 'Cut from the start', setTrim],
            ['trimEnd', 'End', 'Cut from the end', setTrim],
            ['fadeIn', 'Fade in', 'Fade in of the hit', setFade],
            ['fadeOut', 'Fade out', 'Fade out of the hit', setFade],
          ] as const
        ).map(([key, short, label, change]) => (
          <Setting key={key} name={short}>
            <NumberField
              label={label}
              small
              value={milliseconds(shape[key])}
              minimum={0}
              maximum={Math.max(1, milliseconds(seconds))}
              digits={1}
              unit="ms"
              className="w-21"
              onCommit={value => change(key as never, value / 1000)}
            />
          </Setting>
        ))}
      </div>
      <div className="flex items-center gap-2">
        <CheckBox isChosen={shape.reversed} onChange={reversed => set('Reverse', { reversed })}>
          Reversed
        </CheckBox>
        <span className="flex-1" />
        <Button
          small
          look="line"
          isDisabled={takes.length < 2}
          onPress={() =>
            changeShapes(`Shape of ${name} for all takes of ${pad.name}`, takes, own => ({
              ...shape,
              // Takes were brought to one level by their own gains.
              gainDecibels: own.gainDecibels,
            }))
          }
        >
          Apply to all takes
        </Button>
      </div>
    </div>
  );
}

interface ShapeViewProps {
  readonly hit: Hit;
  readonly pad: Pad;
  readonly shape: HitShape;
  readonly seconds: number;
  readonly onTrim: (edge: 'trimStart' | 'trimEnd', seconds: number) => void;
  readonly onFade: (edge: 'fadeIn' | 'fadeOut', seconds: number) => void;
}

function ShapeView({ hit, pad, shape, seconds, onTrim, onFade }: ShapeViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const audio = useSliceAudio(hit.audio);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      context.fillStyle = colour('--wave');
      context.fillRect(0, Math.floor(height / 2), width, 1);
      if (!audio) return;
      const columns = columnsOfSamples(audio.channels, 0, audio.channels[0]?.length ?? 0, Math.floor(width));
      const half = (height / 2 - 2) / Math.max(0.01, loudest(columns));
      const from = (shape.trimStart / seconds) * width;
      const to = width - (shape.trimEnd / seconds) * width;
      context.globalAlpha = 0.35;
      drawColumns(context, columns, { left: 0, middle: height / 2, half });
      context.globalAlpha = 1;
      const gain = gainOfDecibels(shape.gainDecibels);
      const rise = (shape.fadeIn / seconds) * width;
      const fall = (shape.fadeOut / seconds) * width;
      const ramp = (distance: number, length: number): number =>
        0.5 - 0.5 * Math.cos(Math.PI * (length > 0 ? Math.min(1, distance / length) : 1));
      const envelope = (x: number): number => ramp(x - from, rise) * ramp(to - x, fall);
      const shaped = columns.map((value, index) => {
        const x = index >> 1;
        if (x < from || x > to) return 0;
        return value * envelope(x) * gain;
      });
      context.save();
      context.beginPath();
      context.rect(0, 0, width, height);
      context.clip();
      context.fillStyle = colour(roleToken(pad.role));
      drawColumns(context, shaped, { left: 0, middle: height / 2, half });
      context.restore();
      context.strokeStyle = colour('--ink-1');
      context.lineWidth = 1;
      context.beginPath();
      for (let x = Math.ceil(from); x <= to; x++) {
        const y = height - 2 - envelope(x) * (height - 4);
        if (x === Math.ceil(from)) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.stroke();
    },
    [audio, shape, seconds, pad.role],
  );
  const width = (): number => box.current?.clientWidth ?? 1;
  const left = shape.trimStart / seconds;
  const right = 1 - shape.trimEnd / seconds;
  const handle = (props: Omit<HandleProps, 'most' | 'width' | 'seconds'>) => (
    <Handle {...props} most={seconds} seconds={seconds} width={width} />
  );
  return (
    <div ref={box} className="relative h-20 rounded-r2 bg-bg-0">
      <Canvas draw={draw} />
      {handle({
        label: 'Start',
        place: left,
        value: shape.trimStart,
        direction: 1,
        edge: 'bottom',
        onChange: value => onTrim('trimStart', value),
      })}
      {handle({
        label: 'End',
        place: right,
        value: shape.trimEnd,
        direction: -1,
        edge: 'bottom',
        onChange: value => onTrim('trimEnd', value),
      })}
      {handle({
        label: 'Fade in',
        place: left + shape.fadeIn / seconds,
        value: shape.fadeIn,
        direction: 1,
        edge: 'top',
        onChange: value => onFade('fadeIn', value),
      })}
      {handle({
        label: 'Fade out',
        place: right - shape.fadeOut / seconds,
        value: shape.fadeOut,
        direction: -1,
        edge: 'top',
        onChange: value => onFade('fadeOut', value),
      })}
      {shape.reversed ? (
        <span className="pointer-events-none absolute right-1.5 bottom-1 type-label text-ink-2">
          reversed
        </span>
      ) : null}
    </div>
  );
}

interface HandleProps {
  readonly label: string;
  /** 0..1 along the wave. */
  readonly place: number;
  /** Seconds. */
  readonly value: number;
  readonly most: number;
  /** 1 grows to the right, -1 to the left. */
  readonly direction: 1 | -1;
  /** Where its grip is: trims below, fades above, so that both can be taken where they meet. */
  readonly edge: 'top' | 'bottom';
  readonly seconds: number;
  readonly width: () => number;
  readonly onChange: (seconds: number) => void;
}

const STEP_SECONDS = 0.001;

function Handle({ label, place, value, most, direction, edge, seconds, width, onChange }: HandleProps) {
  const held = useRef<{ readonly x: number; readonly from: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 };
    const way = by[event.key];
    if (way === undefined && event.key !== 'Home') return;
    const step = STEP_SECONDS * (event.shiftKey ? 10 : 1) * (way ?? 0);
    const isAlong = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    onChange(event.key === 'Home' ? 0 : value + step * (isAlong ? direction : 1));
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, from: value };
    endKitGesture();
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(most * 1000)}
      aria-valuenow={Math.round(value * 1000)}
      aria-valuetext={`${(value * 1000).toFixed(1)} ms`}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onChange(0)}
      onPointerDown={onPointerDown}
      onPointerMove={event => {
        const from = held.current;
        if (from) onChange(from.from + (direction * (event.clientX - from.x) * seconds) / width());
      }}
      onPointerUp={() => {
        held.current = null;
        endKitGesture();
      }}
      style={{ left: `${Math.min(1, Math.max(0, place)) * 100}%` }}
      className={
        edge === 'top'
          ? 'focus-ring absolute top-0 z-10 size-3 -translate-x-1/2 cursor-ew-resize rounded-full border-2 border-bg-0 bg-ink-1'
          : 'focus-ring absolute inset-y-0 z-0 w-2.5 -translate-x-1/2 cursor-ew-resize after:absolute after:inset-y-0 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:bg-ink-2'
      }
    />
  );
}
