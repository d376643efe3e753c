import type { ReactNode } from 'react';

interface PanelHeadProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** The head of a panel: 36 high, its title, a note, and what acts on the panel. */
export function PanelHead({ title, aside, children }: PanelHeadProps) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3 whitespace-nowrap">
      <h2 className="truncate type-title">{title}</h2>
      {aside === undefined ? null : <span className="truncate text-ink-3">{aside}</span>}
      <span className="flex-1" />
      {children}
    </div>
  );
}

/** A row of an inspector: what, and its value with its unit. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-5.5 items-baseline justify-between gap-3">
      <dt className="shrink-0 text-ink-3">{name}</dt>
      <dd className="min-w-0 truncate text-right">{children}</dd>
    </div>
  );
}
