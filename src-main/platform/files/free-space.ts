import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { freeBytesNow } from './file-failure';

/** Bytes kept free beside what a file needs, so that the library's database can still be written. */
const RESERVE_BYTES = 4_000_000;

/** Fails with `diskFull` before any work is done when `neededBytes` would not fit on the disk of `path`. */
export function checkSpace(path: string, neededBytes: number): Result<null, Failure> {
  const free = freeBytesNow(path);
  return neededBytes + RESERVE_BYTES <= free
    ? ok(null)
    : fail({ code: 'diskFull', path, neededBytes: neededBytes + RESERVE_BYTES, freeBytes: free });
}
