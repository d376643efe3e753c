#!/usr/bin/env node
// `npx backbeat`: runs the built command line in the Node that Backbeat needs (24, from node_modules where the machine's is older).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const cli = fileURLToPath(new URL('dist/main/cli.js', root));
const bundledNode = fileURLToPath(new URL('node_modules/.bin/node', root));

if (!existsSync(cli)) {
  process.stderr.write('backbeat: not built yet. Run `npm start` or `npm test` in the project once.\n');
  process.exit(1);
}
const isOld = Number(process.versions.napi) < 10;
if (isOld && existsSync(bundledNode)) {
  const child = spawn(bundledNode, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
} else {
  await import(new URL('dist/main/cli.js', root).href);
}
