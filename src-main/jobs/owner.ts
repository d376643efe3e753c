import { readFileSync } from 'node:fs';
import type { Owner } from '#main/library';

/** Milliseconds without a sign of life after which an owner counts as gone, where the system cannot say. */
const SILENCE_MILLISECONDS = 30_000;

/** When a process began, in clock ticks since the machine did; null when there is none of that pid or it has ended. */
function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, a name in brackets, may hold anything; after it come state (3rd) ... start time (22nd).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

const hasProc = process.platform === 'linux';

/** This process, told from a later one of the same pid. */
export function thisOwner(): Owner {
  const started = hasProc ? startOf(process.pid) : null;
  return { pid: process.pid, started: started ?? `t${Math.round(performance.timeOrigin)}` };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Judges whether the process behind a job still lives. On Linux the system says so for certain; elsewhere a pid may
 * have been given to another process, so an owner must also have shown a sign of life while this judge was watching.
 */
export class OwnerJudge {
  readonly #seen = new Map<string, { readonly sign: number; readonly since: number }>();

  isAlive({ pid, started }: Owner, sign: number, now = performance.now()): boolean {
    if (!exists(pid)) return false;
    if (hasProc) return startOf(pid) === started;
    const key = ownerKey({ pid, started });
    const before = this.#seen.get(key);
    if (before?.sign !== sign) this.#seen.set(key, { sign, since: now });
    return before === undefined || before.sign !== sign || now - before.since < SILENCE_MILLISECONDS;
  }
}

export const ownerKey = ({ pid, started }: Owner): string => `${pid}-${started}`;
