import type { StudioPort } from '#shared/protocol';

declare global {
  interface Window {
    /** Present in Electron only; see the preload script. */
    readonly studioPort?: StudioPort;
  }
}

/** The bridge to Electron's main process; undefined in a browser. */
export const studioPort = (): StudioPort | undefined =>
  typeof window === 'undefined' ? undefined : window.studioPort;
