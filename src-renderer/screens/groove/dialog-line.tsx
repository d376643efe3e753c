import type { ReactNode } from 'react';

/** A line of a dialog: what it is about, and what sets it. */
export function DialogLine({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-7 items-center gap-2">
      <span className="w-32 shrink-0 text-ink-2">{name}</span>
      {children}
    </div>
  );
}
