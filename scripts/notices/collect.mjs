import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSIDE } from './inside.mjs';

const readJson = path => JSON.parse(readFileSync(path, 'utf8'));

/** Needed only to compile or download what comes with its package; electron-builder.yml leaves them out. */
const NOT_SHIPPED = new Set(['node-addon-api', 'adm-zip', 'global-agent']);

/** Tailwind writes parts of its own style sheet into ours, which no list of modules shows. */
const IN_STYLES = ['node_modules/tailwindcss'];

/** Licences under which a package may be shipped inside a product under the MIT licence, its text being given. */
export const ALLOWED_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  // Separate, replaceable modules of their own.
  'LGPL-2.0-or-later',
  'LGPL-2.1',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-2.0',
  'public domain',
  'Unlicense',
  'Zlib',
];

/** Folder of package `name` as code in `from` would find it. */
function resolve(root, from, name) {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules'))) {
    const candidate = `${folder === '' ? '' : `${folder.replace(/\/$/, '')}/`}node_modules/${name}`;
    if (existsSync(join(root, candidate, 'package.json'))) return candidate;
    if (!folder.includes('node_modules'))
      throw new Error(`${name}, needed by ${from || 'us'}, is not installed`);
  }
}

/** Packages shipped as they are: our `dependencies` and all that those depend on. */
export function unbundled(root) {
  const found = new Set();
  const visit = (from, dependencies) => {
    for (const name of Object.keys(dependencies ?? {})) {
      const folder = resolve(root, from, name);
      if (NOT_SHIPPED.has(name) || found.has(folder)) continue;
      found.add(folder);
      visit(folder, readJson(join(root, folder, 'package.json')).dependencies);
    }
  };
  visit('', readJson(join(root, 'package.json')).dependencies);
  return found;
}

const bundled = root =>
  ['main', 'preload', 'renderer'].flatMap(part => readJson(join(root, 'dist', part, 'packages.json')));

function licenceText(folder) {
  const files = readdirSync(folder).filter(name => /^(licen[cs]e|copying|notice)/i.test(name));
  const texts = files.sort().map(name => readFileSync(join(folder, name), 'utf8').replace(/\r/g, '').trim());
  return texts.join('\n\n');
}

const personOf = author => (typeof author === 'string' ? author : (author?.name ?? ''));
/** Packages that do not say where they come from: folders of that repository. */
const UNSAID = {
  '@huggingface/blake3-jit': 'https://github.com/huggingface/huggingface.js',
  'gearhash-jit': 'https://github.com/huggingface/huggingface.js',
};

/** Where a package comes from; "owner/name" is short for GitHub. */
function urlOf({ name, homepage, repository }) {
  const url =
    homepage ?? (typeof repository === 'string' ? repository : (repository?.url ?? UNSAID[name] ?? ''));
  if (/^[^/:]+\/[^/:]+$/.test(url)) return `https://github.com/${url}`;
  return url.replace(/^git\+|\.git$/g, '').replace(/^git:/, 'https:');
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** A package that declares the MIT licence and has no file of it. */
const mitOf = author => `Copyright (c) ${author === '' ? 'the authors of the package' : author}\n\n${MIT}`;

/** Everything shipped that is not ours: `{ name, version, licence, source, text }`, sorted by name. */
export function shipped(root) {
  const folders = [...new Set([...unbundled(root), ...bundled(root), ...IN_STYLES])];
  const parts = folders.flatMap(folder => {
    const facts = readJson(join(root, folder, 'package.json'));
    const licence = facts.license ?? facts.licenses?.map(one => one.type).join(' OR ') ?? 'unknown';
    const text = licenceText(join(root, folder));
    if (text === '' && licence !== 'MIT') throw new Error(`${folder} has no licence text`);
    const own = {
      name: facts.name,
      version: facts.version,
      licence,
      source: urlOf(facts),
      text: text === '' ? mitOf(personOf(facts.author)) : text,
    };
    const inner = (INSIDE[facts.name] ?? []).map(one => ({
      ...one,
      name: `${one.name} (inside ${facts.name})`,
      version: '',
    }));
    return [own, ...inner];
  });
  const order = ({ name, version }) => `${name} ${version}`;
  return parts.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Data of others that values in our code were fitted to; bundled models tell theirs in their own manifests and cards. */
function fitted(root) {
  const { source } = readJson(join(root, 'src-shared/analysis/tempo/bar-patterns.json'));
  return `Values fitted to data of others:\n\nBar patterns of the tempo analysis: ${source.charAt(0).toLowerCase()}${source.slice(1)},
https://creativecommons.org/licenses/by/4.0/, from https://magenta.tensorflow.org/datasets/groove; averaged and clustered by us.
Bundled models name the data that they learnt from in native-models/*/MODEL-CARD.md and on the models' page of the settings.`;
}

const RULE = '-'.repeat(100);

/** The text of THIRD-PARTY-NOTICES: what is shipped, then each licence text once, with all that it is the text of. */
export function noticesText(root) {
  const parts = shipped(root);
  const byText = new Map();
  for (const part of parts) byText.set(part.text, [...(byText.get(part.text) ?? []), part]);
  const label = ({ name, version }) => (version === '' ? name : `${name} ${version}`);
  const sections = [...byText].map(([text, owners]) => `${owners.map(label).join('\n')}\n\n${text}`);
  const licence = name => readFileSync(join(root, 'scripts/notices', `${name}.txt`), 'utf8').trim();
  return `${[
    `Backbeat is made with the work of others, which is shipped with it under these licences.
Written by scripts/notices.mjs from what the build really holds; do not edit.

The packaged app also holds Electron, Chromium, Node.js and FFmpeg, whose licences lie beside its program as
LICENSE.electron.txt and LICENSES.chromium.html.`,
    fitted(root),
    parts.map(part => `${label(part)}: ${part.licence}, ${part.source}`).join('\n'),
    ...sections,
    `GNU Lesser General Public License, version 2.1\n\n${licence('LGPL-2.1')}`,
    `GNU General Public License, version 3, which the LGPL version 3 adds to\n\n${licence('GPL-3.0')}`,
  ].join(`\n\n${RULE}\n\n`)}\n`;
}
