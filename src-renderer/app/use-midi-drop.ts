import { useEffect } from 'react';
import { isKitName, isMidiName } from '#renderer/bridge';
import { openKitImport, openMidiImport } from '#renderer/state';

/**
 * MIDI files and kits may be dropped anywhere; what else is dropped is left to whoever takes it. Without this a browser would leave the studio
 * for a file that misses.
 */
export function useMidiDrop(): void {
  useEffect(() => {
    const allow = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const take = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      const open = [openMidiImport, openKitImport][
        [isMidiName, isKitName].findIndex(isOne => files.every(file => isOne(file.name)))
      ];
      if (!open) return;
      event.stopPropagation();
      void open(files);
    };
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', take, true);
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', take, true);
    };
  }, []);
}
