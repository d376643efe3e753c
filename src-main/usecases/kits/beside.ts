import { readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** How far up from its own folder a kit may reach for its samples: programs in a folder beside their samples do. */
const MOST_UP = 2;

/**
 * Finds files that a kit names relative to itself, whatever case its maker wrote them in. null for what is not there, lies elsewhere by
 * an absolute path, or further up than kits reach. Synchronous, because texts are read by pure code that asks as it goes.
 */
export function besideKit(kitPath: string): (relative: string) => string | null {
  const base = dirname(kitPath);
  const listed = new Map<string, ReadonlyMap<string, string>>();
  const namesIn = (folder: string): ReadonlyMap<string, string> => {
    const known = listed.get(folder);
    if (known) return known;
    let names: readonly string[] = [];
    try {
      names = readdirSync(folder);
    } catch {
      // No folder: nothing is in it.
    }
    const folded = new Map(names.map(name => [name.normalize('NFC').toLowerCase(), name]));
    listed.set(folder, folded);
    return folded;
  };
  return relative => {
    const plain = relative.replaceAll('\\', '/');
    if (isAbsolute(plain) || /^[a-z]:/i.test(plain)) return null;
    let up = 0;
    let path = base;
    for (const part of plain.split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (++up > MOST_UP) return null;
        path = dirname(path);
        continue;
      }
      const found = namesIn(path).get(part.normalize('NFC').toLowerCase());
      if (found === undefined) return null;
      path = join(path, found);
    }
    return isFile(path) ? path : null;
  };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
