import type { KitDocument } from './document';

/** Longest name of a file before its extension: every archive and every system holds it. */
const MOST = 64;

/** Plain letters and digits: samplers of all systems find such files, and archives keep their names as they are. */
export const plainFileName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 ._+-]+/g, '-')
    .replace(/^[\s.-]+/, '')
    .slice(0, MOST)
    .replace(/[\s.-]+$/, '');

/** A name for the file of each sound: its pad's, with the layer and the take where there are several. */
export function soundNames({ pads }: KitDocument): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const pad of pads)
    for (const [layerIndex, { takes }] of pad.layers.entries())
      for (const [takeIndex, { sound }] of takes.entries()) {
        if (names.has(sound)) continue;
        const layer = pad.layers.length > 1 ? ` v${layerIndex + 1}` : '';
        const take = takes.length > 1 ? ` t${takeIndex + 1}` : '';
        const wanted = `${plainFileName(pad.name) || 'Pad'}${layer}${take}`;
        let name = wanted;
        for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted} (${number})`;
        taken.add(name.toLowerCase());
        names.set(sound, name);
      }
  return names;
}
