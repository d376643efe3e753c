import { CountedBlob } from './counted-blob';
import { nextWait, type Patience, retryAfter } from './patience';

export interface PatientFetchOptions {
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** Bytes of a body that are on their way more (or, when it begins anew, less) than before. */
  readonly onBytes: (bytes: number) => void;
  /** Waiting now, s; 0 when it goes on. */
  readonly onWait: (seconds: number) => void;
}

/** Answers that may be others a while later. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * `fetch` that begins again what a broken connection, a busy server or a rate limit kept from its end. Every request of the hub may be sent twice:
 * a file is known by its hash, and a commit of what is there already changes nothing.
 */
export function patientFetch(options: PatientFetchOptions): typeof fetch {
  const { signal, patience, onWait } = options;
  return async (input, init) => {
    const signals = [signal, ...(init?.signal ? [init.signal] : [])];
    const waits: number[] = [];
    for (;;) {
      const outcome = await sentOnce(input, init, AbortSignal.any(signals), options);
      const busy = outcome instanceof Response && PASSING.has(outcome.status) ? outcome : null;
      if (outcome instanceof Response && !busy) return outcome;
      const asked = busy ? retryAfter(busy.headers.get('Retry-After'), Date.now()) : null;
      const seconds = nextWait(waits, busy ? patience.busy : patience.connection, asked);
      if (seconds === null) {
        if (outcome instanceof Response) return outcome;
        throw outcome;
      }
      await busy?.body?.cancel();
      onWait(seconds);
      await patience.wait(seconds, AbortSignal.any(signals));
      onWait(0);
      waits.push(seconds);
    }
  };
}

/** The answer, or the error of a connection. Throws what is neither. */
async function sentOnce(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  signal: AbortSignal,
  { patience, onBytes }: PatientFetchOptions,
): Promise<Response | TypeError> {
  const dead = new AbortController();
  let timer = setTimeout(() => dead.abort(SILENT), patience.silence * 1000);
  let sent = 0;
  const moved = (bytes: number): void => {
    sent += bytes;
    onBytes(bytes);
    clearTimeout(timer);
    timer = setTimeout(() => dead.abort(SILENT), patience.silence * 1000);
  };
  // Small bodies are texts of the protocol, no files.
  const body = init?.body instanceof Blob ? new CountedBlob(init.body, moved) : init?.body;
  try {
    return await fetch(input, {
      ...init,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, dead.signal]),
    });
  } catch (error) {
    onBytes(-sent);
    signal.throwIfAborted();
    if (dead.signal.aborted) return SILENT;
    if (error instanceof TypeError) return error;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const SILENT = new TypeError('fetch failed', {
  cause: Object.assign(new Error('it does not answer'), { code: 'ETIMEDOUT' }),
});
