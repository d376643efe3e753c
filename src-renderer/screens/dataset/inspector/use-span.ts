import { useState } from 'react';
import { type Span, wholeSpan } from './span';

/** What is in sight of the sample `id`; another sample is seen whole. */
export function useSpan(id: string, seconds: number): readonly [Span, (span: Span) => void] {
  const [held, setHeld] = useState<{ readonly id: string; readonly span: Span } | null>(null);
  const span = held?.id === id ? held.span : wholeSpan(seconds);
  return [span, next => setHeld({ id, span: next })];
}
