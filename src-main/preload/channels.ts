/** IPC between the window and the main process: all of it, beside RPC's one channel. */
export const CHANNELS = {
  /** RPC messages, both ways. */
  rpc: 'rpc',
  /** invoke: a `ChooseKind`; answers paths. */
  chooseFiles: 'choose-files',
  /** send: a list of `JobFile`. */
  startDrag: 'start-drag',
  /** invoke: a `JobFile`; answers whether it is there. */
  reveal: 'reveal',
} as const;
