import type { ReactElement } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import { Keys } from './keys';

interface TipProps {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly children: ReactElement;
}

/** A tooltip: the name of a thing and the key that does the same. */
export function Tip({ text, keys, children }: TipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      {children}
      <Tooltip
        offset={6}
        className="flex max-w-80 items-center gap-2 rounded-r3 bg-bg-2 px-2.5 py-1.5 type-label text-ink-1 shadow-float"
      >
        {text}
        {keys ? <Keys keys={keys} /> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
