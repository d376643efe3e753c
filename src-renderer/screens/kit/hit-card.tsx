import { Button as AriaButton } from 'react-aria-components';
import type { HitBook } from '#shared/protocol';
import { classNames, confidence, RoleGlyph, SliceWave } from '#renderer/ui';
import { instrumentOfRow, roleOfRow } from './row-words';

interface HitCardProps {
  readonly book: HitBook;
  readonly row: number;
  /** 0..1. */
  readonly likeness: number;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
  readonly onHover: () => void;
  /** What it is, and what sets it apart. */
  readonly note?: string;
  readonly className?: string;
}

/** A hit that is near to another: its picture, its name, how near. */
export function HitCard(props: HitCardProps) {
  const { book, row, likeness, isCurrent, onPress, onHover, note, className } = props;
  const role = roleOfRow(book, row);
  const name = book.names[row] ?? '';
  return (
    <AriaButton
      onPress={onPress}
      onHoverStart={onHover}
      className={classNames(
        'focus-ring flex min-w-0 flex-col justify-between rounded-r3 border bg-bg-2 px-2 pt-1.5 pb-1 text-left -outline-offset-2 data-[hovered]:bg-bg-3',
        isCurrent ? 'border-ink-1' : 'border-transparent',
        className,
      )}
    >
      <SliceWave audio={book.audio[row]} token="--wave" seconds={0.5} className="h-7 w-full" />
      <span className="flex w-full min-w-0 items-center gap-1.5">
        {role ? <RoleGlyph role={role} size={8} /> : null}
        <span className="truncate font-medium">{name}</span>
      </span>
      <span className="flex w-full gap-2 truncate type-label font-normal text-ink-3">
        <span>
          <span className="sr-only">, {instrumentOfRow(book, row).toLowerCase()}, likeness </span>
          {confidence(likeness)}
        </span>
        {note ? <span className="truncate">{note}</span> : null}
      </span>
    </AriaButton>
  );
}
