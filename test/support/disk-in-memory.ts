import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk in memory that can grow; null where this user may not mount one. */
export function mountDisk(
  megabytes: number,
): { readonly folder: string; readonly grow: (to: number) => void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-disk-'));
  const mount = (...options: readonly string[]): void => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', folder], { stdio: 'ignore' });
  };
  try {
    mount(`size=${megabytes}m`);
  } catch {
    rmdirSync(folder);
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  return { folder, grow: to => mount('remount', `size=${to}m`) };
}
