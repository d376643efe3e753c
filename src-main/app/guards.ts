import { app, type Session, shell, type WebContents } from 'electron';
import { isLinkedUrl, isOwnUrl } from './own-origin';

/** What our own page may ask for: a microphone to tap a groove into, MIDI devices, to copy a file's path. */
const ALLOWED_PERMISSIONS = new Set(['media', 'midi', 'clipboard-sanitized-write']);

export const mayUse = (permission: string, url: string): boolean =>
  ALLOWED_PERMISSIONS.has(permission) && isOwnUrl(url);

/** Every permission is denied but those of `mayUse`, both when a page asks and when Chromium checks by itself. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(mayUse(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
}

/** No page but ours is ever shown, in whatever contents; a link to an allowed site opens in the user's browser. */
export function guardNavigation(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

function guardContents(contents: WebContents): void {
  const stayHere = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  contents.on('will-frame-navigate', stayHere);
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isLinkedUrl(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
