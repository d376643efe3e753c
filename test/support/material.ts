import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of the real recordings and MIDI to measure on, or null where this machine has none. */
export const DATA = process.env['BACKBEAT_DATA'] ? resolve(process.env['BACKBEAT_DATA']) : null;

/** Files of a folder of the material, by name; empty without it. */
export function materialFiles(folder: string): string[] {
  const path = DATA && join(DATA, folder);
  if (!path || !existsSync(path)) return [];
  return readdirSync(path)
    .filter(name => !name.startsWith('.'))
    .sort()
    .map(name => join(path, name));
}

/** The bundled demo song, which stands in for real songs. */
export const DEMO_SONG = resolve('assets/demo/first-light.mp3');
