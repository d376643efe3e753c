import { Lock, LockOpen } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Hit, HitId, Kit, Pad } from '#shared/model';
import { changePad, selectPad } from '#renderer/state';
import { classNames, RoleGlyph, roleToken, SliceWave, Tip } from '#renderer/ui';

const ACROSS = 4;
/** A struck pad is ringed for this long. */
const LIT_MS = 90;
/** The computer's keys as a pad machine's: four rows of four, the lowest row lowest. */
const PAD_KEYS = ['z', 'x', 'c', 'v', 'a', 's', 'd', 'f', 'q', 'w', 'e', 'r', '1', '2', '3', '4'] as const;

interface PadsProps {
  readonly kit: Kit;
  readonly hits: ReadonlyMap<HitId, Hit>;
  readonly selectedId: string | null;
  readonly onStrike: (pad: Pad) => void;
}

/** Pads by role, four across. Click or the keys z x c v, a s d f, q w e r strike them. */
export function Pads({ kit, hits, selectedId, onStrike }: PadsProps) {
  const root = useRef<HTMLDivElement>(null);
  const [litId, setLitId] = useState<string | null>(null);
  useEffect(() => {
    if (litId === null) return undefined;
    const timer = setTimeout(() => setLitId(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [litId]);
  const strike = (pad: Pad): void => {
    selectPad(pad.id);
    setLitId(pad.id);
    onStrike(pad);
  };
  const focusPad = (index: number): void => {
    const pad = kit.pads[Math.min(kit.pads.length - 1, Math.max(0, index))];
    if (!pad) return;
    selectPad(pad.id);
    root.current?.querySelector<HTMLElement>(`[data-pad="${CSS.escape(pad.id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = kit.pads.findIndex(pad => pad.id === selectedId);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + ACROSS,
      ArrowUp: at - ACROSS,
      Home: 0,
      End: kit.pads.length - 1,
    };
    const to = moves[event.key];
    const struck = PAD_KEYS.indexOf(event.key.toLowerCase() as (typeof PAD_KEYS)[number]);
    if (to !== undefined) focusPad(to);
    else if (struck >= 0 && kit.pads[struck]) strike(kit.pads[struck]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={root}
      role="group"
      aria-label="Pads"
      data-keys="pads"
      onKeyDown={onKeyDown}
      className="grid auto-rows-[104px] grid-cols-4 content-start gap-2"
    >
      {kit.pads.map((pad, index) => (
        <PadTile
          key={pad.id}
          pad={pad}
          hit={hits.get(pad.hits[pad.chosen] ?? pad.hits[0] ?? ('' as HitId))}
          padKey={PAD_KEYS[index]}
          isSelected={pad.id === selectedId}
          isLit={pad.id === litId}
          isStop={pad.id === selectedId || (selectedId === null && index === 0)}
          onStrike={() => strike(pad)}
        />
      ))}
    </div>
  );
}

interface PadTileProps {
  readonly pad: Pad;
  readonly hit: Hit | undefined;
  readonly padKey: string | undefined;
  readonly isSelected: boolean;
  readonly isLit: boolean;
  /** The one pad that Tab reaches; arrows reach the others. */
  readonly isStop: boolean;
  readonly onStrike: () => void;
}

function PadTile({ pad, hit, padKey, isSelected, isLit, isStop, onStrike }: PadTileProps) {
  return (
    <div className="relative">
      <AriaButton
        data-pad={pad.id}
        aria-pressed={isSelected}
        excludeFromTabOrder={!isStop}
        onPressStart={onStrike}
        className={classNames(
          'focus-ring flex h-full min-h-25 w-full flex-col rounded-r3 bg-bg-2 px-2.5 pt-2 pb-2 text-left data-[hovered]:bg-bg-3',
          'relative overflow-hidden',
          (isSelected || isLit) && 'shadow-[0_0_0_2px_var(--ink-1)]',
          isLit && 'bg-bg-3',
        )}
      >
        <span
          className="absolute inset-x-0 bottom-0 h-0.5"
          style={{ backgroundColor: `var(${roleToken(pad.role)})` }}
        />
        <span className="flex h-5 items-center gap-1.5">
          <RoleGlyph role={pad.role} />
          {pad.choke === null ? null : (
            <span className="grid h-4 min-w-4 place-items-center rounded-[3px] border border-line-2 px-1 [font:600_10px/12px_var(--font-ui)] text-ink-2">
              {chokeLetter(pad.choke)}
            </span>
          )}
        </span>
        <span className="mt-1 block w-full truncate type-strong" title={pad.name}>
          {pad.name}
        </span>
        {hit ? (
          <SliceWave audio={hit.audio} token="--wave" className="mt-0.5 min-h-5 w-full flex-1" />
        ) : (
          <span className="mt-0.5 block min-h-5 flex-1 text-ink-3">empty</span>
        )}
        <span className="mt-0.5 flex w-full items-center text-ink-3">
          <span className="flex-1 [font:500_10px/12px_var(--font-ui)]">note {pad.note}</span>
          {pad.locked ? <span className="sr-only">locked</span> : null}
          {padKey ? <span className="[font:500_10px/12px_var(--font-ui)] uppercase">{padKey}</span> : null}
        </span>
      </AriaButton>
      <span className="absolute top-1 right-1">
        <Tip text={pad.locked ? `${pad.name} is locked` : `Lock ${pad.name}`}>
          <AriaButton
            aria-label={`Lock ${pad.name}`}
            aria-pressed={pad.locked}
            onPress={() =>
              changePad(`${pad.locked ? 'Unlock' : 'Lock'} ${pad.name}`, pad.id, { locked: !pad.locked })
            }
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

/** A choke group as one letter: "hat" is H, "A" is A. */
export const chokeLetter = (choke: string): string => choke.slice(0, 1).toUpperCase();
