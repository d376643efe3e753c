/** A scheme of our own: files need no file:// rights, and no other program or site can answer under it. */
export const SCHEME = 'app';
const HOST = 'bundle';
export const START_URL = `${SCHEME}://${HOST}/`;

export function isOwnUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null && parsed.protocol === `${SCHEME}:` && parsed.host === HOST && parsed.username === ''
  );
}

/** Sites that the studio links to: licence texts. Everything else stays closed. */
const LINKED_HOSTS = new Set(['creativecommons.org', 'opensource.org', 'spdx.org', 'www.gnu.org']);

export function isLinkedUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null && parsed.protocol === 'https:' && LINKED_HOSTS.has(parsed.host) && parsed.username === ''
  );
}
