import { useEffect, useState } from 'react';
import { fetchPeaks } from '#renderer/bridge';

/** The bleed curve of a stem, once it is there: 0..1 per `BLEED_FRAMES` frames. */
export function useBleed(sha256: string | undefined): Float32Array | null {
  const [held, setHeld] = useState<{ readonly sha256: string; readonly curve: Float32Array } | null>(null);
  useEffect(() => {
    if (sha256 === undefined) return undefined;
    const stop = new AbortController();
    fetchPeaks(sha256, stop.signal).then(
      curve => setHeld({ sha256, curve }),
      () => undefined,
    );
    return () => stop.abort();
  }, [sha256]);
  return held && held.sha256 === sha256 ? held.curve : null;
}
