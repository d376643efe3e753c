import { Lock, LockOpen } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Kit, Pad } from '#shared/model';
import { selectPad, strikePad, togglePadLock, useStruckPad } from '#renderer/state';
import { classNames, count, RoleGlyph, roleToken, Segments, Tip } from '#renderer/ui';
import { useHitDrop } from './use-hit-drop';

const ACROSS = 4;
const BANK = 16;
/** A struck pad is ringed for this long. */
const LIT_MS = 90;
/** The computer's keys as a pad machine's: four rows of four, the lowest row lowest. */
const PAD_KEYS = [
  'KeyZ',
  'KeyX',
  'KeyC',
  'KeyV',
  'KeyA',
  'KeyS',
  'KeyD',
  'KeyF',
  'KeyQ',
  'KeyW',
  'KeyE',
  'KeyR',
  'Digit1',
  'Digit2',
  'Digit3',
  'Digit4',
] as const;
/** Velocities of keys: alone, with Shift and with Alt. */
const KEY_VELOCITY = 96;
const HARD_VELOCITY = 127;
const SOFT_VELOCITY = 40;
/** Velocity of a click at a pad's lower edge; at its upper edge it is 127. */
const SOFTEST_CLICK = 30;

/**
 * Pads in banks of 16, from the lowest row up. A click strikes the harder the higher it is; the keys z x c v, a s d f, q w e r and 1 2 3 4 strike
 * too, harder with Shift and softer with Alt.
 */
export function Pads({ kit, selectedId }: { readonly kit: Kit; readonly selectedId: string | null }) {
  const root = useRef<HTMLDivElement>(null);
  const litId = useLitPad();
  const at = kit.pads.findIndex(pad => pad.id === selectedId);
  const [bank, setBank] = useState(0);
  const banks = Math.max(1, Math.ceil(kit.pads.length / BANK));
  const shownBank = Math.min(bank, banks - 1);
  useEffect(() => {
    if (at >= 0) setBank(Math.floor(at / BANK));
  }, [at]);
  const shown = kit.pads.slice(shownBank * BANK, (shownBank + 1) * BANK);

  const strike = (pad: Pad, velocity: number): void => {
    selectPad(pad.id);
    strikePad(pad, velocity / 127);
  };
  const focusPad = (index: number): void => {
    const pad = kit.pads[Math.min(kit.pads.length - 1, Math.max(0, index))];
    if (!pad) return;
    selectPad(pad.id);
    setBank(Math.floor(kit.pads.indexOf(pad) / BANK));
    requestAnimationFrame(() => {
      root.current?.querySelector<HTMLElement>(`[data-pad="${CSS.escape(pad.id)}"]`)?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - ACROSS,
      ArrowUp: at + ACROSS,
      Home: 0,
      End: kit.pads.length - 1,
      PageUp: at + BANK,
      PageDown: at - BANK,
    };
    const to = event.altKey ? undefined : moves[event.key];
    const struck = shown[PAD_KEYS.indexOf(event.code as (typeof PAD_KEYS)[number])];
    if (to !== undefined) focusPad(to);
    else if (struck && !event.repeat) {
      strike(struck, event.shiftKey ? HARD_VELOCITY : event.altKey ? SOFT_VELOCITY : KEY_VELOCITY);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex flex-col gap-2">
      {banks > 1 ? (
        <Segments
          label="Bank"
          small
          value={String(shownBank)}
          choices={Array.from({ length: banks }, (_, index) => ({
            value: String(index),
            name: `${index * BANK + 1} to ${Math.min(kit.pads.length, (index + 1) * BANK)}`,
          }))}
          onChange={value => setBank(Number(value))}
        />
      ) : null}
      <div
        ref={root}
        role="group"
        aria-label="Pads"
        data-keys="pads"
        onKeyDown={onKeyDown}
        className="grid auto-rows-[54px] grid-cols-4 gap-2 tall:auto-rows-[76px]"
      >
        {shown.map((pad, index) => (
          <PadTile
            key={pad.id}
            pad={pad}
            row={Math.ceil(shown.length / ACROSS) - Math.floor(index / ACROSS)}
            padKey={PAD_KEYS[index]?.slice(-1) ?? ''}
            isSelected={pad.id === selectedId}
            isLit={pad.id === litId}
            isStop={pad.id === selectedId || (at < 0 && index === 0)}
            onStrike={velocity => strike(pad, velocity)}
          />
        ))}
      </div>
    </div>
  );
}

/** The pad that was struck a moment ago, by whatever hand. */
function useLitPad(): string | null {
  const stroke = useStruckPad(state => state.stroke);
  const padId = useStruckPad(state => state.padId);
  const [litStroke, setLitStroke] = useState(stroke);
  useEffect(() => {
    const timer = setTimeout(() => setLitStroke(stroke), LIT_MS);
    return () => clearTimeout(timer);
  }, [stroke]);
  return stroke === litStroke ? null : padId;
}

interface PadTileProps {
  readonly pad: Pad;
  /** From the top, from 1. */
  readonly row: number;
  readonly padKey: string;
  readonly isSelected: boolean;
  readonly isLit: boolean;
  /** The one pad that Tab reaches; arrows reach the others. */
  readonly isStop: boolean;
  readonly onStrike: (velocity: number) => void;
}

function PadTile({ pad, row, padKey, isSelected, isLit, isStop, onStrike }: PadTileProps) {
  const tile = useRef<HTMLDivElement>(null);
  const drop = useHitDrop({ padId: pad.id, layer: null });
  return (
    <div ref={tile} className="relative min-w-0" style={{ gridRow: row }} {...drop.target}>
      <AriaButton
        data-pad={pad.id}
        aria-pressed={isSelected}
        excludeFromTabOrder={!isStop}
        onPressStart={({ pointerType, y }) => {
          const height = tile.current?.clientHeight ?? 1;
          const isPointer = pointerType === 'mouse' || pointerType === 'touch' || pointerType === 'pen';
          const share = 1 - Math.min(1, Math.max(0, y / height));
          onStrike(
            isPointer
              ? Math.round(SOFTEST_CLICK + (HARD_VELOCITY - SOFTEST_CLICK) * Math.min(1, share * 1.4))
              : KEY_VELOCITY,
          );
        }}
        className={classNames(
          'focus-ring flex size-full flex-col justify-between overflow-hidden rounded-r3 bg-bg-2 p-1.5 pb-2 text-left data-[hovered]:bg-bg-3 tall:p-2 tall:pb-2.5',
          'border-b-2 border-[var(--pad)]',
          (isSelected || isLit || drop.isOver) && 'shadow-[0_0_0_1.5px_var(--ink-1)]',
          (isLit || drop.isOver) && 'bg-bg-3',
        )}
        style={{ '--pad': `var(${roleToken(pad.role)})` } as React.CSSProperties}
      >
        <span className="flex h-4 items-center gap-1.5">
          <RoleGlyph role={pad.role} />
          {pad.choke === null ? null : (
            <span className="ml-auto grid h-3.5 min-w-3.5 place-items-center rounded-[3px] border border-line-2 px-0.5 [font:600_10px/12px_var(--font-ui)] text-ink-2">
              <span className="sr-only">choke group </span>
              {chokeLetter(pad.choke)}
            </span>
          )}
          <span className="w-4" />
        </span>
        <span className="block w-full truncate [font:600_11px/14px_var(--font-ui)]" title={pad.name}>
          {pad.name}
        </span>
        <span className="flex h-2.5 w-full items-end gap-0.5">
          <Layers pad={pad} />
          {pad.locked ? <span className="sr-only">, locked</span> : null}
          <span aria-hidden="true" className="ml-auto [font:500_10px/10px_var(--font-ui)] text-ink-3">
            {padKey}
          </span>
        </span>
      </AriaButton>
      <span className="absolute top-0.5 right-0.5 tall:top-1 tall:right-1">
        <Tip text={pad.locked ? `${pad.name} is locked` : `Lock ${pad.name}`}>
          <AriaButton
            aria-label={`Lock ${pad.name}`}
            aria-pressed={pad.locked}
            excludeFromTabOrder
            onPress={() => togglePadLock(pad)}
            className={classNames(
              'focus-ring grid size-6 place-items-center rounded-r2 data-[hovered]:text-ink-1',
              pad.locked ? 'text-ink-1' : 'text-edge',
            )}
          >
            {pad.locked ? (
              <Lock size={12} strokeWidth={1.6} aria-hidden="true" />
            ) : (
              <LockOpen size={12} strokeWidth={1.4} aria-hidden="true" />
            )}
          </AriaButton>
        </Tip>
      </span>
    </div>
  );
}

/** Of layers from the softest up, px. */
const BAR_HEIGHTS = [3, 5, 7, 9, 10] as const;

/** One bar for each layer, taller the louder; those with several takes have a brighter edge. */
function Layers({ pad }: { readonly pad: Pad }) {
  if (pad.hits.length === 0)
    return <span className="[font:500_11px/10px_var(--font-ui)] text-ink-3">empty</span>;
  const layers =
    pad.layers.length > 0
      ? pad.layers.map(({ upTo, hits }) => ({ upTo, takes: hits.length }))
      : [{ upTo: 127, takes: 1 }];
  return (
    <>
      <span className="sr-only">
        {pad.layers.length > 0 ? `, ${count(layers.length, 'velocity layer')}` : ', one hit'}
      </span>
      {layers.map(({ upTo, takes }, index) => (
        <span
          key={upTo}
          aria-hidden="true"
          className="w-2 rounded-[1px] bg-ink-2"
          style={{
            height: BAR_HEIGHTS[Math.min(index, BAR_HEIGHTS.length - 1)],
            boxShadow: takes > 1 ? 'inset 0 1px 0 var(--ink-1)' : undefined,
          }}
        />
      ))}
    </>
  );
}

/** A choke group as one letter: "hat" is H, "A" is A. */
const chokeLetter = (choke: string): string => choke.slice(0, 1).toUpperCase();
