import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type LogLevel = 'info' | 'warning' | 'error';

export interface Log {
  /** One event with its facts. Never throws: a full disk must not stop the work that is logged. */
  write(level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>): void;
}

interface LogOptions {
  readonly folder: string;
  /** The process that writes: "app", "worker". One file each, so that lines of two processes never mix. */
  readonly name: string;
  readonly now?: () => Date;
  /** Size at which a new file is begun. */
  readonly maxBytes?: number;
  /** Older files that are kept beside the current one. */
  readonly keep?: number;
}

/** Log of JSON lines `{time, level, event, ...facts}` in `<folder>/<name>.log`, older ones in `<name>.1.log` and on. */
export function createLog({
  folder,
  name,
  now = () => new Date(),
  maxBytes = 2_000_000,
  keep = 3,
}: LogOptions): Log {
  const file = (age: number): string => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  let bytes = -1;
  const rotate = (): void => {
    rmSync(file(keep), { force: true });
    for (let age = keep - 1; age >= 0; age--) {
      if (statSync(file(age), { throwIfNoEntry: false })) renameSync(file(age), file(age + 1));
    }
    bytes = 0;
  };
  return {
    write(level, event, facts = {}) {
      try {
        if (bytes < 0) {
          mkdirSync(folder, { recursive: true });
          bytes = statSync(file(0), { throwIfNoEntry: false })?.size ?? 0;
        }
        const line = `${JSON.stringify({ time: now().toISOString(), level, event, ...facts }, plainErrors)}\n`;
        const size = Buffer.byteLength(line);
        if (bytes > 0 && bytes + size > maxBytes) rotate();
        appendFileSync(file(0), line);
        bytes += size;
      } catch {
        bytes = -1;
      }
    },
  };
}

/** JSON.stringify writes an Error as {}. */
const plainErrors = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
