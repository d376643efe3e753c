/** Written into the built page by Vite (`html.cspNonce`) wherever a nonce belongs; replaced at every load. */
export const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * Only our own files, no inline script, no eval. `blob:` workers are Tone.js's clock, which Chromium runs under this
 * same policy. React Aria and Vite put the nonce on the style elements that they make.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** For every answer. Opener and embedder policy make the page cross-origin isolated: SharedArrayBuffer, exact clocks. */
export const BASE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

export const pageHeaders = (nonce: string): Record<string, string> => ({
  ...BASE_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy(nonce),
  'cache-control': 'no-store',
});
