// Writes docs/figures.md: what the bundled models and the line reach, against what is asked of them. An hour on two quiet cores.
//   BACKBEAT_DATA=... npm run figures [-- TITLE...]
// BACKBEAT_EVAL is the folder of the evaluation scripts; the one beside the data unless set. Other sections than those named stay.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DATA } from '#test/material';
import { SECTIONS } from './figures/index';
import { GATE_HEAD, gateLine, parseDocument, type WrittenSection, writeDocument } from './figures/document';
import type { Figures, Section, Workplace } from './figures/section';

const DOCUMENT = resolve('docs/figures.md');
const PYTHON = '/usr/bin/python3';
const MOST_BYTES = 1 << 28;

if (DATA === null) throw new Error('BACKBEAT_DATA must name the folder of the recordings');
const evaluation = resolve(process.env['BACKBEAT_EVAL'] ?? join(DATA, '../eval'));
const folder = mkdtempSync(join(tmpdir(), 'backbeat-figures-'));

/** Whatever else runs on the machine goes first. */
function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync('nice', ['-n', '5', program, ...args], {
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const home = { BACKBEAT_HOME: join(folder, 'home') };
const scriptAt = (name: string): string => (name.includes('/') ? resolve(name) : join(evaluation, name));
const workplace: Workplace = {
  data: DATA,
  folder,
  backbeat: (...args) => run(process.execPath, ['dist/main/cli.js', ...args, '--quiet'], home),
  evaluate(script, ...args) {
    const json = join(folder, 'scores.json');
    run(PYTHON, [scriptAt(script), ...args, '--json', json]);
    return JSON.parse(readFileSync(json, 'utf8')) as unknown;
  },
  python: (script, ...args) => run(PYTHON, [scriptAt(script), ...args]),
  bench: (name, ...args) =>
    run(process.execPath, ['scripts/bench.mjs', name, ...args], { BACKBEAT_DATA: DATA ?? '' }),
};

async function measured(section: Section): Promise<Figures> {
  try {
    return await section.measure(workplace);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    const gate = { what: section.title.toLowerCase(), asked: 'a measurement', found: 'none', isMet: false };
    return {
      text: `Not measured: ${(reason ?? '').replaceAll(folder, 'DIR').replaceAll(DATA ?? '', '$BACKBEAT_DATA')}`,
      gates: [gate],
    };
  }
}

const commit = run('git', ['rev-parse', '--short', 'HEAD']).trim();
const machine = `${availableParallelism()} cores, Node ${process.versions.node}`;

async function written(section: Section): Promise<WrittenSection> {
  const { text, gates } = await measured(section);
  const date = new Date().toISOString().slice(0, 10);
  const facts = `${date}, commit ${commit}, ${machine}. Command: \`${section.command}\``;
  const body = [facts, text, `${GATE_HEAD}\n${gates.map(gateLine).join('\n')}`].join('\n\n');
  for (const gate of gates) console.log(gateLine(gate));
  return { title: section.title, body };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter(title => !SECTIONS.some(section => section.title === title));
if (unknown.length > 0)
  throw new Error(
    `no section ${unknown.join(', ')}; there are ${SECTIONS.map(({ title }) => title).join(', ')}`,
  );
try {
  for (const section of SECTIONS) {
    if (wanted.length > 0 && !wanted.includes(section.title)) continue;
    console.log(`${section.title} ...`);
    const fresh = await written(section);
    const former = existsSync(DOCUMENT) ? parseDocument(readFileSync(DOCUMENT, 'utf8')) : [];
    const kept = SECTIONS.flatMap(({ title }) =>
      title === fresh.title ? fresh : (former.find(one => one.title === title) ?? []),
    );
    writeFileSync(DOCUMENT, writeDocument(kept));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
