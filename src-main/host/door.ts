import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the door looks at: the parts of a request that say who asks. */
export interface Knock {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

export type Verdict =
  | { readonly kind: 'enter' }
  /** The token was right: set the cookie and go on without the token in the address. */
  | { readonly kind: 'welcome'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly status: 401 | 403 | 421; readonly reason: string };

const refuse = (status: 401 | 403 | 421, reason: string): Verdict => ({ kind: 'refuse', status, reason });

const secret = (): string => randomBytes(32).toString('base64url');

/** In constant time, so that an answer's delay tells nothing about the secret. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/**
 * Lets in the one browser that was given the address with the token: other users of this machine, and pages of other
 * sites in the same browser, stay out. The token works once; after it, a cookie that no script can read.
 */
export class Door {
  /** Cookies know no port, so the name tells two studios on one machine apart. */
  readonly #cookieName: string;
  readonly #hosts: readonly string[];
  readonly #session = secret();
  #token: string | null = secret();

  constructor(port: number) {
    this.#cookieName = `backbeat-${port}`;
    this.#hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  }

  /** The address to open, token included. */
  get address(): string {
    return `http://${this.#hosts[0]}/?token=${this.#token ?? ''}`;
  }

  /** Judges a plain request. */
  judge(knock: Knock): Verdict {
    const atHost = this.#judgeHost(knock);
    if (atHost) return atHost;
    const token = new URL(knock.target, 'http://127.0.0.1').searchParams.get('token');
    if (knock.method === 'GET' && token !== null && this.#token !== null && isSame(token, this.#token)) {
      this.#token = null;
      return { kind: 'welcome', cookie: this.#cookie() };
    }
    if (!this.#hasCookie(knock)) {
      return refuse(
        401,
        'Open the address that Backbeat printed. It works once; start Backbeat again for a new one.',
      );
    }
    if (knock.method !== 'GET' && knock.method !== 'HEAD' && !this.#isOwnOrigin(knock)) {
      return refuse(403, 'This request comes from another site.');
    }
    return token === null ? { kind: 'enter' } : { kind: 'welcome', cookie: this.#cookie() };
  }

  /** Judges a WebSocket's request: browsers send those across origins without asking, so the origin must be ours. */
  judgeSocket(knock: Knock): Verdict {
    const atHost = this.#judgeHost(knock);
    if (atHost) return atHost;
    if (!this.#isOwnOrigin(knock)) return refuse(403, 'This connection comes from another site.');
    return this.#hasCookie(knock)
      ? { kind: 'enter' }
      : refuse(401, 'Open the address that Backbeat printed.');
  }

  #cookie(): string {
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** A foreign name that resolves to this machine (DNS rebinding) is refused. */
  #judgeHost({ host }: Knock): Verdict | null {
    return host !== undefined && this.#hosts.includes(host) ? null : refuse(421, 'Unknown host name.');
  }

  #isOwnOrigin({ origin, host }: Knock): boolean {
    return origin === `http://${host ?? ''}`;
  }

  #hasCookie({ cookie }: Knock): boolean {
    const pairs = (cookie ?? '').split(';').map(pair => pair.trim());
    const value = pairs
      .find(pair => pair.startsWith(`${this.#cookieName}=`))
      ?.slice(this.#cookieName.length + 1);
    return value !== undefined && isSame(value, this.#session);
  }
}
