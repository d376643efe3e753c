import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  dialog,
  type BrowserWindow,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  shell,
} from 'electron';
import { z } from 'zod';
import { type ChooseKind, ChooseKindSchema, type JobFile, JobFileSchema } from '#shared/protocol';
import { CHANNELS } from '#main/preload';
import { isOwnUrl } from './own-origin';

const AUDIO_EXTENSIONS = [
  'wav',
  'wave',
  'aif',
  'aiff',
  'aifc',
  'flac',
  'mp3',
  'ogg',
  'oga',
  'opus',
  'm4a',
  'aac',
  'mp4',
];
/** Shown under the pointer while a file is dragged out; Electron refuses to start a drag without one. */
const DRAG_ICON = join(import.meta.dirname, '../../assets/drag-icon.png');

/** True for a message of the top frame of our own page in `window`; anything else is not answered. */
export function isFromOwnPage(
  event: Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  window: BrowserWindow,
): boolean {
  const { sender, senderFrame } = event;
  return (
    !window.isDestroyed() &&
    sender === window.webContents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnUrl(senderFrame.url)
  );
}

/** Dialogs, drag-out and the file manager: what the window wants of the operating system beside RPC. `current` is the studio's window. */
export function answerWindow(
  current: () => BrowserWindow | null,
  jobFilePath: (file: JobFile) => Promise<string | null>,
  keptForDrag: (path: string) => Promise<string>,
): void {
  ipcMain.handle(CHANNELS.chooseFiles, async (event, kind: unknown) => {
    const window = current();
    if (!window || !isFromOwnPage(event, window)) throw new Error('not from the studio');
    return chooseFiles(window, ChooseKindSchema.parse(kind));
  });
  ipcMain.handle(CHANNELS.reveal, async (event, file: unknown) => {
    const window = current();
    if (!window || !isFromOwnPage(event, window)) throw new Error('not from the studio');
    const path = await jobFilePath(JobFileSchema.parse(file));
    if (path === null || !existsSync(path)) return false;
    shell.showItemInFolder(path);
    return true;
  });
  ipcMain.on(CHANNELS.startDrag, (event, files: unknown) => {
    const window = current();
    const parsed = z.array(JobFileSchema).min(1).safeParse(files);
    if (window && isFromOwnPage(event, window) && parsed.success)
      void startDrag(window, parsed.data, jobFilePath, keptForDrag);
  });
}

async function chooseFiles(window: BrowserWindow, kind: ChooseKind): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(
    window,
    {
      songs: {
        title: 'Import songs',
        properties: ['openFile' as const, 'multiSelections' as const],
        filters: [{ name: 'Audio', extensions: AUDIO_EXTENSIONS }],
      },
      'song-folder': { title: 'Import a folder of songs', properties: ['openDirectory' as const] },
      model: {
        title: 'Import a model',
        properties: ['openFile' as const],
        filters: [{ name: 'ONNX model', extensions: ['onnx'] }],
      },
      'export-folder': {
        title: 'Export to',
        properties: ['openDirectory' as const, 'createDirectory' as const],
      },
    }[kind],
  );
  return canceled ? [] : filePaths;
}

async function startDrag(
  window: BrowserWindow,
  files: readonly JobFile[],
  jobFilePath: (file: JobFile) => Promise<string | null>,
  keptForDrag: (path: string) => Promise<string>,
): Promise<void> {
  const found = (await Promise.all(files.map(jobFilePath))).flatMap(path =>
    path !== null && existsSync(path) ? [path] : [],
  );
  const paths = await Promise.all(found.map(keptForDrag));
  const [file] = paths;
  if (file !== undefined && !window.isDestroyed()) {
    window.webContents.startDrag({ file, files: paths, icon: DRAG_ICON });
  }
}
