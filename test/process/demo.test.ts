import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PatternSchema } from '#shared/model';
import { scratchFolder } from '#test/cli';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { makeDemo } from '../../scripts/demo/make-demo';

const DEMO = 'assets/demo';

function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(
    files
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !path.endsWith('LICENSE.txt'))
      .sort()
      .map(path => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

it('makes the demo that is committed, byte for byte', async () => {
  const folder = scratchFolder();
  await makeDemo(folder);
  expect(hashes(folder)).toEqual(hashes(DEMO));
}, 60_000);

it('holds grooves that the studio can open', () => {
  const grooves = z
    .array(z.object({ name: z.string(), pattern: PatternSchema }))
    .parse(JSON.parse(readFileSync(join(DEMO, 'grooves.json'), 'utf8')));
  expect(grooves.map(groove => groove.name)).toEqual(['Sunrise', 'Tide', 'Harbour', 'Lanterns']);
  for (const { pattern } of grooves) expect(pattern.notes.length).toBeGreaterThan(30);
});
