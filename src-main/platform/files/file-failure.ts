import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

/** Carries an expected failure out of a stream or a writer, where no `Result` can be answered. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

const systemCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
    ? error.code
    : null;

const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its symbolic links go in a circle',
  EIO: 'the disk reports a read error',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
};

const UNWRITABLE: Readonly<Record<string, string>> = {
  ...UNREADABLE,
  EROFS: 'the disk is read-only',
  EEXIST: 'something of that name is already there',
  ENOENT: 'the folder does not exist',
  EIO: 'the disk reports a write error',
  EFBIG: 'the file would be larger than the disk allows',
};

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * The failure that `error` stands for: a `Failed`'s own, or the system's reason why `path` could not be read (or,
 * with `writing`, written). Anything else is a bug and is thrown again.
 */
export function failureOfError(
  error: unknown,
  path: string,
  writing: { readonly neededBytes: number } | null = null,
): Failure {
  if (error instanceof Failed) return error.failure;
  const code = systemCode(error);
  if (code === null) throw error;
  if (FULL.has(code)) {
    const free = freeBytesNow(path);
    return {
      code: 'diskFull',
      path,
      neededBytes: Math.max(writing?.neededBytes ?? 0, free + 1),
      freeBytes: free,
    };
  }
  if (writing !== null || code === 'EROFS')
    return { code: 'notWritable', path, reason: UNWRITABLE[code] ?? code };
  if (code === 'ENOENT') return { code: 'notFound', path };
  return { code: 'unreadable', path, reason: UNREADABLE[code] ?? code };
}

/** Runs `work`; what `failureOfError` knows becomes a failed `Result`, all else is thrown on. */
export async function attempt<Value>(
  path: string,
  work: () => Promise<Value>,
  writing: { readonly neededBytes: number } | null = null,
): Promise<Result<Value, Failure>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail(failureOfError(error, path, writing));
  }
}

/** Free space for this user on the disk of `path` or of the nearest folder above it that exists; 0 if none answers. */
export function freeBytesNow(path: string): number {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const disk = statfsSync(folder);
      return disk.bavail * disk.bsize;
    } catch {
      if (dirname(folder) === folder) return 0;
    }
  }
}
