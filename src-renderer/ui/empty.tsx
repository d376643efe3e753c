import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** One sentence that says what is ready and what to do. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function Empty({ icon: Icon, title, children, actions }: EmptyProps) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-6">
      <div className="flex max-w-110 flex-col items-center gap-2 text-center">
        <Icon size={24} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
        <h2 className="type-title">{title}</h2>
        <p className="text-ink-3">{children}</p>
        {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}

/** Nothing for 200 ms, then quiet bars: what is there soon needs no sign of waiting. */
export function Loading({ label }: { readonly label: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={label} className="flex flex-1 flex-col gap-2.5 p-3">
      {isLate
        ? ['w-1/3', 'w-11/12', 'w-2/3'].map(width => (
            <span key={width} className={`block h-2.5 rounded-r1 bg-bg-2 ${width}`} />
          ))
        : null}
    </div>
  );
}
