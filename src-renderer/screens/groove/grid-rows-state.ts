import { useMemo, useState } from 'react';
import type { Pattern } from '#shared/model';
import type { Lane } from '#renderer/state';
import { type GridRows, gridRows } from './grid-rows';

/** Every note where it is seen; what an edit leaves alone stays the same object. */
export function useGridRows(pattern: Pattern, lanes: readonly Lane[]): GridRows {
  const [next] = useState(rowsMaker);
  return useMemo(() => next(pattern, lanes), [next, pattern, lanes]);
}

/** Remembers the rows it made last, and makes the next ones from them. */
function rowsMaker(): (pattern: Pattern, lanes: readonly Lane[]) => GridRows {
  let former: GridRows | null = null;
  return (pattern, lanes) => {
    former = gridRows(pattern, lanes, former);
    return former;
  };
}
