import { ProgressBar } from 'react-aria-components';
import { classNames } from './class-names';

type ProgressLook = 'run' | 'wait' | 'ok' | 'bad';

const FILLS: Readonly<Record<ProgressLook, string>> = {
  run: 'bg-ink-1',
  wait: 'bg-ink-3',
  ok: 'bg-ok',
  bad: 'bg-bad',
};

/** A bar of 4 px. */
export function Progress(props: {
  readonly label: string;
  /** 0..1. */
  readonly fraction: number;
  readonly look?: ProgressLook;
}) {
  const { label, fraction, look = 'run' } = props;
  return (
    <ProgressBar aria-label={label} value={fraction * 100} className="block">
      <span className="block h-1 overflow-hidden rounded-r1 bg-bg-3">
        <span
          className={classNames('block h-full rounded-r1 transition-[width] duration-(--dur)', FILLS[look])}
          style={{ width: `${Math.min(1, Math.max(0, fraction)) * 100}%` }}
        />
      </span>
    </ProgressBar>
  );
}
