import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type MessageTone = 'bad' | 'warn' | 'info' | 'ok';

const TONES: Readonly<Record<MessageTone, { readonly wash: string; readonly ink: string }>> = {
  bad: { wash: 'bg-bad-wash', ink: 'text-bad' },
  warn: { wash: 'bg-warn-wash', ink: 'text-warn' },
  info: { wash: 'bg-info-wash', ink: 'text-info' },
  ok: { wash: 'bg-ok-wash', ink: 'text-ok' },
};

interface MessageProps {
  readonly tone: MessageTone;
  readonly children: ReactNode;
  /** What can be done about it, in place. */
  readonly actions?: ReactNode;
}

/** What happened, why in numbers, what was kept, what to do. */
export function Message({ tone, children, actions }: MessageProps) {
  const Icon = tone === 'info' ? Info : tone === 'ok' ? CircleCheck : TriangleAlert;
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames('flex gap-2 rounded-r3 px-3 py-2 text-ink-1', TONES[tone].wash)}
    >
      <Icon size={16} strokeWidth={1.4} aria-hidden="true" className={TONES[tone].ink} />
      <div className="min-w-0 flex-1 break-words select-text">
        {children}
        {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
