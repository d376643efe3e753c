// Writes soundfonts anew: `node scripts/make-soundfonts.mjs`. The test of the fonts compares what this makes with what is committed.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = new URL('..', import.meta.url);
const { module } = await runnerImport(fileURLToPath(new URL('scripts/soundfonts/make-soundfonts.ts', root)), {
  root: fileURLToPath(root),
  configFile: false,
});
await module.makeSoundfonts(fileURLToPath(new URL('soundfonts', root)));
