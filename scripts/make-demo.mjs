// Writes assets/demo anew: `node scripts/make-demo.mjs`. The test of the demo compares what this makes with what is committed.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = new URL('..', import.meta.url);
const { module } = await runnerImport(fileURLToPath(new URL('scripts/demo/make-demo.ts', root)), {
  root: fileURLToPath(root),
  configFile: false,
});
await module.makeDemo(fileURLToPath(new URL('assets/demo', root)));
