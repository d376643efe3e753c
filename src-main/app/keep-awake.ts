import { powerSaveBlocker } from 'electron';

/** Keeps the machine from sleeping (the screen may go dark) until the answered undo is called. */
export function keepAwake(): () => void {
  const id = powerSaveBlocker.start('prevent-app-suspension');
  return () => powerSaveBlocker.stop(id);
}
