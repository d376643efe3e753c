import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { classNames } from './class-names';
import { parseNumber } from './parse-number';
import { plain, signed } from './words';

interface NumberFieldProps {
  readonly label: string;
  /** null shows `mixed`. */
  readonly value: number | null;
  readonly minimum: number;
  readonly maximum: number;
  /** One press of an arrow, and the unit of a drag; Shift is a tenth on a drag and ten on an arrow. */
  readonly step?: number;
  readonly digits?: number;
  readonly unit?: string;
  /** Words before the number inside the field. */
  readonly prefix?: string;
  readonly mixed?: string;
  /** Shown after the number: the range of several values. */
  readonly aside?: string | undefined;
  readonly hasSign?: boolean;
  readonly small?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
  /** `relative` is true for "+5" and "-5" where the field shows several values or asks for it. */
  readonly onCommit: (value: number, relative: boolean) => void;
  /** Typed "+5" moves by 5 instead of setting. */
  readonly canMove?: boolean;
}

/** Near the window's lower edge, where a message below would be cut off. */
const isLow = (element: HTMLElement | null): boolean =>
  element !== null && element.getBoundingClientRect().bottom > window.innerHeight - 60;

/** A number that can be typed, stepped with the arrow keys and dragged up and down. */
export function NumberField(props: NumberFieldProps) {
  const {
    label,
    value,
    minimum,
    maximum,
    step = 1,
    digits = 0,
    unit,
    prefix,
    mixed = 'Mixed',
    aside,
  } = props;
  const { hasSign = false, small = false, isDisabled = false, canMove = false, className, onCommit } = props;
  const shown = value === null ? mixed : hasSign ? signed(value, digits) : plain(value, digits);
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<{ readonly reason: string; readonly isLow: boolean } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const drag = useRef<{ readonly y: number; readonly from: number; moved: boolean } | null>(null);
  const reasonId = useId();

  useEffect(() => setRefusal(null), [value]);

  const limited = (wanted: number): number => Math.min(maximum, Math.max(minimum, wanted));

  const commit = (): void => {
    if (draft === null) return;
    const wanted = parseNumber(draft);
    const isMove = canMove && /^\s*[+\-\u2212]/.test(draft);
    if (wanted === null || (!isMove && (wanted < minimum || wanted > maximum))) {
      const reason = `${plain(minimum, digits)} to ${plain(maximum, digits)}${unit ? ` ${unit}` : ''}`;
      setRefusal({ reason, isLow: isLow(input.current) });
      return;
    }
    setDraft(null);
    setRefusal(null);
    if (draft !== shown) onCommit(wanted, isMove);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') {
      commit();
      input.current?.select();
      event.stopPropagation();
    } else if (event.key === 'Escape' && draft !== null) {
      setDraft(null);
      setRefusal(null);
      event.stopPropagation();
    } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && value !== null) {
      const size = step * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
      setDraft(null);
      onCommit(limited(value + size), false);
      event.preventDefault();
    }
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (isDisabled || value === null || document.activeElement === input.current) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { y: event.clientY, from: value, moved: false };
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent): void => {
    const held = drag.current;
    if (!held) return;
    const distance = held.y - event.clientY;
    if (!held.moved && Math.abs(distance) < 4) return;
    held.moved = true;
    const wanted = held.from + Math.round(distance / 3) * step * (event.shiftKey ? 0.1 : 1);
    onCommit(limited(Number(wanted.toFixed(digits))), false);
  };
  const onPointerUp = (): void => {
    if (drag.current && !drag.current.moved) {
      input.current?.focus();
      input.current?.select();
    }
    drag.current = null;
  };

  return (
    <span
      className={classNames('relative inline-flex', !className?.includes('flex-1') && 'shrink-0', className)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
    >
      <span
        className={classNames(
          'flex w-full min-w-0 items-center gap-1.5 rounded-r2 border bg-bg-0 px-2 whitespace-nowrap',
          'focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus',
          small ? 'h-6 text-[11px]/4' : 'h-7',
          refusal ? 'border-bad' : 'border-line-2 hover:border-edge',
        )}
      >
        {prefix ? <span className="text-ink-3">{prefix}</span> : null}
        <input
          ref={input}
          aria-label={label}
          aria-invalid={refusal !== null}
          {...(refusal ? { 'aria-describedby': reasonId } : {})}
          inputMode="decimal"
          disabled={isDisabled}
          value={draft ?? shown}
          onFocus={event => {
            event.currentTarget.select();
          }}
          onChange={event => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
          className="w-0 min-w-0 flex-1 bg-transparent font-medium text-ink-1 outline-none disabled:text-ink-off"
        />
        {aside ? <span className="text-ink-3">{aside}</span> : null}
        {unit ? <span className="text-ink-3">{unit}</span> : null}
      </span>
      {refusal ? (
        <span
          id={reasonId}
          role="alert"
          className={classNames(
            'absolute left-0 z-20 rounded-r2 bg-bg-2 px-2 py-1 type-label whitespace-nowrap text-bad shadow-float',
            refusal.isLow ? 'bottom-full mb-1' : 'top-full mt-1',
          )}
        >
          {refusal.reason}
        </span>
      ) : null}
    </span>
  );
}
