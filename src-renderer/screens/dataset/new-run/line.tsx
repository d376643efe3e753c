import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { NumberField } from '#renderer/ui';

/** One setting of a run: what, and its value. */
export function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-7.5 items-center gap-3">
      <span className="shrink-0 text-ink-2">{name}</span>
      <span className="flex min-w-0 flex-1 items-center justify-end gap-2">{children}</span>
    </div>
  );
}

/** A setting that is a whole number from 1. */
export function CountLine(props: {
  readonly name: string;
  /** Of what, for who does not see the line. */
  readonly label: string;
  readonly value: number;
  readonly maximum: number;
  readonly onCommit: (value: number) => void;
  readonly isDisabled?: boolean;
}) {
  const { name, onCommit, ...rest } = props;
  return (
    <Line name={name}>
      <NumberField {...rest} minimum={1} className="w-18" onCommit={value => onCommit(Math.round(value))} />
    </Line>
  );
}

/** A value that opens where it is chosen. */
export function ValueButton(props: {
  readonly label: string;
  readonly value: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
}) {
  const { label, value, onPress, isDisabled = false } = props;
  return (
    <Button
      aria-label={`${label}: ${value}`}
      aria-haspopup="dialog"
      onPress={onPress}
      isDisabled={isDisabled}
      className="focus-ring -mr-1.5 h-7 min-w-0 truncate rounded-r2 px-1.5 text-right font-medium data-[disabled]:text-ink-off data-[hovered]:bg-bg-2"
    >
      {value}
    </Button>
  );
}
