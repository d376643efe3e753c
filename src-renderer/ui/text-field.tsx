import { useId, useState } from 'react';
import { classNames } from './class-names';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Words before the text inside the field. */
  readonly prefix?: string;
  /** Shown while nothing is in it. */
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly className?: string;
  /** Takes what was typed, or says why it cannot. */
  readonly onCommit: (text: string) => string | null;
}

/** A short text that is taken with Enter or on leaving; one that cannot be is kept in the field, with the reason. */
export function TextField(props: TextFieldProps) {
  const { label, value, prefix, placeholder, isDisabled = false, className, onCommit } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const reasonId = useId();
  const commit = (): void => {
    if (draft === null) return;
    const refusal = draft.trim() === value ? null : onCommit(draft.trim());
    setReason(refusal);
    if (refusal === null) setDraft(null);
  };
  return (
    <span className={classNames('relative inline-flex shrink-0', className)}>
      <span
        className={classNames(
          'flex h-7 w-full min-w-0 items-center gap-1.5 rounded-r2 border bg-bg-0 px-2 whitespace-nowrap',
          'focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus',
          reason ? 'border-bad' : 'border-line-2 hover:border-edge',
        )}
      >
        {prefix ? <span className="text-ink-3">{prefix}</span> : null}
        <input
          aria-label={label}
          aria-invalid={reason !== null}
          {...(reason ? { 'aria-describedby': reasonId } : {})}
          disabled={isDisabled}
          placeholder={placeholder}
          value={draft ?? value}
          onFocus={event => event.currentTarget.select()}
          onChange={event => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              commit();
              event.stopPropagation();
            } else if (event.key === 'Escape' && draft !== null) {
              setDraft(null);
              setReason(null);
              event.stopPropagation();
            }
          }}
          className="w-0 min-w-0 flex-1 bg-transparent font-medium text-ink-1 outline-none placeholder:text-ink-3 disabled:text-ink-off"
        />
      </span>
      {reason ? (
        <span
          id={reasonId}
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 rounded-r2 bg-bg-2 px-2 py-1 type-label whitespace-nowrap text-bad shadow-float"
        >
          {reason}
        </span>
      ) : null}
    </span>
  );
}
