import { Check as Tick, CircleX, Minus, TriangleAlert } from 'lucide-react';
import type { Check } from '#shared/dataset';

const ICONS = { passed: Tick, warned: TriangleAlert, failed: CircleX, skipped: Minus } as const;
const INKS = { passed: 'text-ok', warned: 'text-warn', failed: 'text-bad', skipped: 'text-ink-3' } as const;
const SAID = {
  passed: 'passed',
  warned: 'worth a look',
  failed: 'failed',
  skipped: 'nothing to look at',
} as const;

/** One check: its name, what was found, and of what failed the first examples. */
export function CheckLine(props: { readonly check: Check; readonly hasExamples?: boolean }) {
  const { check, hasExamples = false } = props;
  const { state, title, found, wanted, examples } = check;
  const Icon = ICONS[state];
  const isFaulty = state === 'failed' || state === 'warned';
  return (
    <li className="flex gap-2.5" data-check={check.name} data-check-state={state}>
      <Icon size={14} strokeWidth={1.6} aria-hidden="true" className={`mt-px ${INKS[state]}`} />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          {title}
          <span className="sr-only">, {SAID[state]}</span>
        </p>
        <p className={`type-label ${isFaulty ? INKS[state] : 'text-ink-3'}`}>
          {found}
          {isFaulty && wanted !== '' ? `, wants ${wanted}` : ''}
        </p>
        {hasExamples && examples.length > 0 ? (
          <ul className="mt-0.5 type-label text-ink-2 select-text">
            {examples.map(example => (
              <li key={example} className="break-words">
                {example}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}
