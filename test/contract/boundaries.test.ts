import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve('.');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** A file that breaks one rule, beside the rule's name. */
const BROKEN: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['shared-dsp', 'src-shared/dsp/up.ts', "import '../model';"],
  ['shared-model', 'src-shared/model/up.ts', "import '../compose';"],
  ['shared-dataset', 'src-shared/dataset/strips.ts', "import '../mixer';"],
  ['shared-is-alone', 'src-shared/edit/host.ts', "import '../../src-main/platform';"],
  ['shared-is-pure', 'src-shared/mix/disk.ts', "import 'node:fs';"],
  ['renderer-and-main', 'src-renderer/app/main.ts', "import '../../src-main/platform';"],
  ['main-and-renderer', 'src-main/host/window.ts', "import '../../src-renderer/app';"],
  ['screens-are-apart', 'src-renderer/screens/kit/other.ts', "import '../groove';"],
  ['main-pipeline', 'src-main/pipeline/roles/queue.ts', "import '../../jobs';"],
  ['main-dataset', 'src-main/dataset/queue.ts', "import '../jobs';"],
  ['main-workers', 'src-main/workers/library.ts', "import '../library';"],
  ['main-http', 'src-main/http/queue.ts', "import '../jobs';"],
  ['main-usecases', 'src-main/usecases/door.ts', "import '../rpc';"],
  ['stages-are-apart', 'src-main/pipeline/roles/other-stage.ts', "import '../grid';"],
  ['electron-in-hosts-only', 'src-main/usecases/electron.ts', "import 'electron';"],
  ['sqlite-in-library-only', 'src-main/usecases/database.ts', "import 'better-sqlite3';"],
  ['child-processes', 'src-main/usecases/child.ts', "import 'node:child_process';"],
  ['through-the-index', 'src-main/usecases/deep.ts', "import '../platform/deep';"],
  ['no-cycles', 'src-main/platform/circle.ts', "import './back';"],
];

/** Files that break nothing, so that the broken ones have something to import. */
const SOUND = [
  'src-shared/model/index.ts',
  'src-shared/compose/index.ts',
  'src-shared/mixer/index.ts',
  'src-main/platform/index.ts',
  'src-main/platform/deep.ts',
  'src-main/jobs/index.ts',
  'src-main/library/index.ts',
  'src-main/rpc/index.ts',
  'src-main/pipeline/grid/index.ts',
  'src-renderer/app/index.ts',
  'src-renderer/screens/groove/index.ts',
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
  /** The other files of a cycle, which is told once. */
  readonly cycle?: readonly { readonly name: string }[];
}

let folder = '';
let violations: readonly Violation[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backbeat-boundaries-'));
  const write = (path: string, source: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${source}\nexport const here = 1;\n`);
  };
  for (const path of SOUND) write(path, '');
  for (const [, path, source] of BROKEN) write(path, source);
  write('src-main/platform/back.ts', "import './circle';");
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
    cpSync(file, join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const args = [CRUISER, 'src-shared', 'src-main', 'src-renderer', '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    maxBuffer: 2 ** 26,
  }).catch(
    // It exits with the number of violations.
    (error: { stdout: string }) => error,
  );
  violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the rules of who may import whom', () => {
  it.each(BROKEN)('%s refuses %s', (rule, file) => {
    const ofFile = violations.filter(
      ({ from, cycle }) => from === file || cycle?.some(({ name }) => name === file),
    );
    expect(ofFile.map(violation => violation.rule.name)).toContain(rule);
  });

  it('find no fault in files that break no rule', () => {
    expect(violations.filter(({ from }) => SOUND.includes(from))).toEqual([]);
  });
});
