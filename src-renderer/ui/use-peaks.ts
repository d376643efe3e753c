import { useEffect, useState } from 'react';
import { fetchPeaks } from '#renderer/bridge';

const KEPT = 200;
const known = new Map<string, Promise<Float32Array>>();

function peaksOf(sha256: string): Promise<Float32Array> {
  const found = known.get(sha256);
  if (found) return found;
  const fetched = fetchPeaks(sha256);
  known.set(sha256, fetched);
  fetched.catch(() => known.delete(sha256));
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return fetched;
}

/** Rows that fly past while scrolling ask for nothing. */
const SETTLE_MS = 80;

/** The overview of a stem, once it is there. */
export function usePeaks(sha256: string | undefined): Float32Array | null {
  const [held, setHeld] = useState<{ readonly sha256: string; readonly peaks: Float32Array } | null>(null);
  useEffect(() => {
    if (sha256 === undefined) return undefined;
    let isWanted = true;
    const show = async (wanted: string): Promise<void> => {
      const peaks = await peaksOf(wanted).catch(() => null);
      if (isWanted && peaks) setHeld({ sha256: wanted, peaks });
    };
    const timer = setTimeout(
      () => {
        void show(sha256);
      },
      known.has(sha256) ? 0 : SETTLE_MS,
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [sha256]);
  return held && held.sha256 === sha256 ? held.peaks : null;
}
