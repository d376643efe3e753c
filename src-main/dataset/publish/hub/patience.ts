import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server is waited for, and in which steps. */
export interface Patience {
  /** Of all waits for a connection that fails again and again, s. */
  readonly connection: number;
  /** Of all waits for a server that says it is busy or broken, s: rate limits are counted by the hour. */
  readonly busy: number;
  /** No byte of a request moves for so long: its connection is taken for dead, s. */
  readonly silence: number;
  wait(seconds: number, signal: AbortSignal): Promise<void>;
}

export const PATIENCE: Patience = {
  connection: 60,
  busy: 3600,
  silence: 120,
  wait: (seconds, signal) => sleep(seconds * 1000, undefined, { signal }),
};

const FIRST_SECONDS = 1;
const MOST_SECONDS = 60;

/** The next wait after `waited` of them: twice as long each time, or as long as the server asks for; null when there has been enough. */
export function nextWait(waits: readonly number[], limit: number, asked: number | null): number | null {
  const seconds = asked ?? Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** waits.length);
  const all = waits.reduce((sum, each) => sum + each, 0);
  return all + seconds <= limit ? seconds : null;
}

/** What `Retry-After` asks for, s: a number of seconds or a date; null without one. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
