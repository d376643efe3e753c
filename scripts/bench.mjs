// `npm run bench -- NAME [ARGUMENTS]`: runs test/bench/NAME.ts. Without a name, lists what there is.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = readdirSync(new URL('../test/bench', import.meta.url))
  .filter(name => name.endsWith('.ts'))
  .map(name => name.slice(0, -3));
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.log(`Benches: ${names.join(', ')}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  process.argv = [process.argv[0], name, ...rest];
  await runnerImport(`${root}/test/bench/${name}.ts`, { root, configFile: false, logLevel: 'error' });
}
