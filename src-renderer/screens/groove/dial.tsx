import type { ReactNode } from 'react';
import { classNames, Slider } from '#renderer/ui';

interface DialProps {
  readonly name: string;
  /** What a slider is set to, in words. */
  readonly value?: string;
  readonly children: ReactNode;
}

/** One setting of a generator: its name, what sets it, its value. */
export function Dial({ name, value, children }: DialProps) {
  return (
    <div className="flex min-h-6 items-center gap-2.5">
      <span className={classNames('shrink-0 text-ink-2', value === undefined ? 'w-22' : 'w-14')}>{name}</span>
      <span className="flex min-w-0 flex-1 [&>*]:flex-1">{children}</span>
      {value === undefined ? null : <b className="w-12 text-right font-medium">{value}</b>}
    </div>
  );
}

interface ShareDialProps {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly rest: number;
  readonly maximum?: number;
  readonly words?: string;
  readonly onChange: (value: number) => void;
}

/** A setting from 0 to 1, or to `maximum`, in percent unless it has other words. */
export function ShareDial({ name, label, value, rest, maximum = 1, words, onChange }: ShareDialProps) {
  return (
    <Dial name={name} value={words ?? `${Math.round(100 * value)} %`}>
      <Slider
        label={label}
        value={value}
        minimum={0}
        maximum={maximum}
        step={0.01}
        rest={rest}
        onChange={onChange}
      />
    </Dial>
  );
}
