import type { Failure } from '#shared/protocol';

export const EXIT = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** A command line that cannot be meant: exit code 2, before any work. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command that came to nothing for a reason the user can act on: exit code 1. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}
