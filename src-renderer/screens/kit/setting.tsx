/** A row of an inspector: what, and the field that sets it. */
export function Setting({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 items-center justify-between gap-2">
      <span className="truncate text-ink-3">{name}</span>
      {children}
    </div>
  );
}
