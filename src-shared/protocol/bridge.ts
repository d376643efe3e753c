import { z } from 'zod';

/** What `chooseFiles` asks the operating system's dialog for. */
export const CHOOSE_KINDS = ['songs', 'song-folder', 'export-folder', 'model'] as const;
export const ChooseKindSchema = z.enum(CHOOSE_KINDS);
export type ChooseKind = z.infer<typeof ChooseKindSchema>;

/** A file that a job made, named so that the window need not know (and cannot invent) a path. */
export const JobFileSchema = z.object({ jobId: z.string().min(1), name: z.string().min(1) });
export type JobFile = z.infer<typeof JobFileSchema>;

/**
 * What the preload script exposes as `window.studioPort`: frozen, and all that a window in Electron has beyond a
 * browser's. In a browser it is absent: RPC goes over the WebSocket at `/rpc` and files through `POST /upload`.
 */
export interface StudioPort {
  /** Sends one RPC message (bytes of `codec`, or a text frame of tRPC's own) to the main process. */
  post(message: Uint8Array | string): void;
  /** Calls `listener` with every RPC message from the main process; there is one listener, the last one set. */
  onMessage(listener: (message: Uint8Array | string) => void): void;
  /** Path of a dropped or chosen `File`; empty when the file has none (made by a script). */
  pathOf(file: object): string;
  /** Opens the system's dialog; empty when the user cancelled it. */
  chooseFiles(kind: ChooseKind): Promise<readonly string[]>;
  /** Begins a drag of exported files out of the window; call it in `dragstart` after `preventDefault()`. */
  startDrag(files: readonly JobFile[]): void;
  /** Shows a file that a job made in the system's file manager; false when it is no longer there. */
  reveal(file: JobFile): Promise<boolean>;
}
