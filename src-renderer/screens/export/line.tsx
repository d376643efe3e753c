import type { ReactNode } from 'react';

interface LineProps {
  readonly name: string;
  /** What follows from the choice, in words. */
  readonly about?: string;
  readonly children: ReactNode;
}

/** One setting: its name, how it is set, what that means. */
export function Line({ name, about = '', children }: LineProps) {
  return (
    <div className="mb-1.5 flex items-center gap-3">
      <span className="w-14 shrink-0 text-ink-3">{name}</span>
      {children}
      <span className="min-w-0 truncate text-ink-3" title={about}>
        {about}
      </span>
    </div>
  );
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <h3 className="mt-5 mb-3 border-t border-line pt-5 type-title first:mt-0 first:border-t-0 first:pt-0">
        {title}
      </h3>
      {children}
    </>
  );
}
