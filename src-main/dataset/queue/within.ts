/** Waits for `work`, but no longer than that: a server that is away would keep it waiting. Whether it goes wrong is no matter. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([
    work.then(
      () => undefined,
      () => undefined,
    ),
    promise,
  ]);
  clearTimeout(timer);
}

/** What `work` answers; rejects with the signal's reason as soon as it aborts, whatever `work` waits for. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
