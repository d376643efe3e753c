import { randomUUID } from 'node:crypto';

/** What the hub's own programs read the token from. */
export const TOKEN_VARIABLE = 'HF_TOKEN';
export const ENDPOINT_VARIABLE = 'HF_ENDPOINT';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Access tokens of uploads that this process was asked for: in memory alone. A job's parameters lie in the library, so they hold a handle; in
 * another process, or after a restart, it opens nothing, and the token has to be given again.
 */
export class HubTokens {
  readonly #kept = new Map<string, string>();
  readonly #environment: Environment;

  constructor(environment: Environment = process.env) {
    this.#environment = environment;
  }

  /** Keeps a token; what it answers tells nothing of it. */
  keep(token: string): string {
    const handle = randomUUID();
    this.#kept.set(handle, token);
    return handle;
  }

  /** The token behind the handle, else that of the environment; null where there is none. */
  of(handle: string | null): string | null {
    const given = handle === null ? undefined : this.#kept.get(handle);
    return (given ?? this.#environment[TOKEN_VARIABLE]?.trim()) || null;
  }

  /** Where the hub is: that of the environment, else `usual`. */
  endpoint(usual: string): string {
    return (this.#environment[ENDPOINT_VARIABLE]?.trim() || usual).replace(/\/+$/, '');
  }
}
