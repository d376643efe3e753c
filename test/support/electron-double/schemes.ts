import { onlyKnown, strict } from './strict.ts';
import { report } from './report.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
/** Chromium shows `app://bundle/x` as `https://bundle.app.double.test/x`: a secure origin whose requests we answer. */
const SUFFIX = '.double.test';
export const WEB_PATTERN = `https://*${SUFFIX}/*`;

export function toWeb(url: string): string {
  const [, scheme = '', host = '', path = '/'] = /^([a-z]+):\/\/([^/]*)(\/.*)?$/.exec(url) ?? [];
  return handlers.has(scheme) ? `https://${host}.${scheme}${SUFFIX}${path}` : url;
}

export function fromWeb(url: string): string {
  const { hostname, pathname, search, hash } = new URL(url);
  if (!hostname.endsWith(SUFFIX)) return url;
  const [host = '', scheme = ''] = hostname.slice(0, -SUFFIX.length).split('.');
  return `${scheme}://${host}${pathname}${search}${hash}`;
}

/** What the program answers to a request of a page. */
export async function answer(request: Request): Promise<Response> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  if (!handler) throw new Error(`electron double: no handler for ${request.url}`);
  return handler(request);
}

const PRIVILEGES = ['standard', 'secure', 'supportFetchAPI', 'stream', 'codeCache'];

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: object }[]): void {
    for (const { privileges } of schemes) onlyKnown('a scheme', privileges, PRIVILEGES);
    report.schemes.push(...schemes);
  },
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`);
    handlers.set(scheme, handler);
  },
});
