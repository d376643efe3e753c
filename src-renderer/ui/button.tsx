import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  ProgressBar,
} from 'react-aria-components';
import { classNames } from './class-names';
import { Tip } from './tip';

export type ButtonLook = 'plain' | 'primary' | 'line' | 'ghost' | 'danger';

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  plain: 'border-transparent bg-bg-2 data-[hovered]:bg-bg-3 data-[pressed]:bg-bg-3 data-[disabled]:bg-bg-2',
  primary:
    'border-transparent bg-ink-1 font-semibold text-ink-inv data-[hovered]:opacity-90 data-[disabled]:bg-bg-2 data-[disabled]:text-ink-off',
  line: 'border-line-2 data-[hovered]:bg-bg-2 data-[pressed]:bg-bg-3',
  ghost: 'border-transparent text-ink-2 data-[hovered]:bg-bg-2 data-[pressed]:bg-bg-3',
  danger: 'border-line-2 text-bad data-[hovered]:bg-bad-wash',
};

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Button({ look = 'plain', small = false, wide = false, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={classNames(
        'focus-ring inline-flex shrink-0 items-center justify-center gap-1.5 rounded-r2 border font-medium whitespace-nowrap',
        'transition-colors duration-(--dur-fast) data-[pressed]:shadow-[inset_0_1px_3px_#0006] data-[disabled]:text-ink-off data-[pending]:opacity-60',
        small ? 'h-6 px-2 text-[11px]/4' : 'h-7 px-3 text-[12px]/4',
        wide && 'w-full',
        LOOKS[look],
      )}
    >
      {children}
      {rest.isPending ? <ProgressBar aria-label="working" isIndeterminate className="sr-only" /> : null}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** Its name for screen readers, and its tooltip. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly keys?: string | undefined;
  readonly on?: boolean;
  readonly filled?: boolean;
  readonly small?: boolean;
  readonly children: ReactNode;
}

export function IconButton({
  label,
  keys,
  on,
  filled = false,
  small = false,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(on === undefined ? {} : { 'aria-pressed': on })}
        className={classNames(
          'focus-ring inline-grid shrink-0 place-items-center rounded-r2 transition-colors duration-(--dur-fast)',
          small ? 'size-6' : 'size-7',
          filled
            ? 'bg-ink-1 text-ink-inv data-[hovered]:opacity-90 data-[disabled]:bg-bg-2 data-[disabled]:text-ink-off'
            : on
              ? 'bg-bg-2 text-ink-1 data-[hovered]:bg-bg-3'
              : 'text-ink-2 data-[hovered]:bg-bg-2 data-[disabled]:text-ink-off',
        )}
      >
        {children}
      </AriaButton>
    </Tip>
  );
}
