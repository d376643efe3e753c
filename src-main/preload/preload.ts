import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { StudioPort } from '#shared/protocol';
import { CHANNELS } from './channels';

type Listener = Parameters<StudioPort['onMessage']>[0];

let listener: Listener = () => undefined;
ipcRenderer.on(CHANNELS.rpc, (_event, message: Uint8Array | string) => listener(message));

const studioPort: StudioPort = {
  post: message => ipcRenderer.send(CHANNELS.rpc, message),
  onMessage: next => {
    listener = next;
  },
  pathOf: file => webUtils.getPathForFile(file as File),
  chooseFiles: kind => ipcRenderer.invoke(CHANNELS.chooseFiles, kind) as Promise<readonly string[]>,
  startDrag: files => ipcRenderer.send(CHANNELS.startDrag, files),
  reveal: file => ipcRenderer.invoke(CHANNELS.reveal, file) as Promise<boolean>,
};

contextBridge.exposeInMainWorld('studioPort', studioPort);
