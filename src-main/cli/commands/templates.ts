import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Failed, failureOfError, writeFileWhole } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import {
  applyTemplate,
  BUNDLED_TEMPLATES,
  extractTemplate,
  MOST_AMOUNT,
  PLAIN_DOSE,
  problemsOf,
  type TemplateDose,
} from '#shared/compose';
import {
  decodeMidi,
  DIVISIONS,
  type Division,
  encodeMidi,
  type GrooveTemplate,
  GrooveTemplateSchema,
  MOST_BARS,
  type Pattern,
} from '#shared/model';
import { explain, type Failure } from '#shared/protocol';
import type { Context } from '../context';
import { EXIT, UsageError } from '../failing';
import { oneOf, real, requiredOut, whole, withCommon } from '../options';
import { Reporter } from '../report';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly out_dir?: string;
}

interface ExtractFlags extends Flags {
  readonly base: Division;
  readonly bars: number;
}

interface ApplyFlags extends Flags, Omit<TemplateDose, 'seed'> {
  readonly template: string;
}

type Written = Result<{ readonly path: string; readonly content: string | Uint8Array }, Failure>;

/** `groove extract` and `groove apply`: a groove's feel without its notes, and on others. Light enough to need no job. */
export function addTemplateCommands(groove: Command, context: Context): void {
  withCommon(groove.command('extract').argument('<files...>', 'MIDI files'))
    .description('the feel of grooves: {name}.groove.json')
    .option(
      '--base <step>',
      `step that feel is measured from: ${DIVISIONS.join(', ')}`,
      oneOf('--base', DIVISIONS),
      '16',
    )
    .option(
      '--bars <number>',
      'bars of the cycle; those after it are averaged into it',
      whole('--bars', 1, MOST_BARS),
      1,
    )
    .action(async (files: string[], flags: ExtractFlags) => {
      const out = resolve(requiredOut(flags));
      await writeEach(files, flags, context, async file => {
        const name = nameOf(file);
        const { base, bars } = flags;
        const template = extractTemplate(await patternOf(file), { name, source: basename(file), base, bars });
        return { path: join(out, `${name}.groove.json`), content: `${JSON.stringify(template, null, 2)}\n` };
      });
    });

  withCommon(groove.command('apply').argument('<files...>', 'MIDI files'))
    .description('grooves with the feel of a template')
    .option(
      '--template <file>',
      `{name}.groove.json, or one of ours: ${BUNDLED_TEMPLATES.map(({ name }) => name).join('; ')}`,
    )
    .option(
      '--amount <0-1.3>',
      'how much of it; above 1 exaggerates',
      real('--amount', 0, MOST_AMOUNT),
      PLAIN_DOSE.amount,
    )
    .option('--timing <0-1>', 'how far times move', real('--timing', 0, 1), PLAIN_DOSE.timing)
    .option('--velocity <0-1>', 'how far velocities move', real('--velocity', 0, 1), PLAIN_DOSE.velocity)
    .option('--random <0-1>', 'chance on top, by the seed', real('--random', 0, 1), PLAIN_DOSE.random)
    .action(async (files: string[], flags: ApplyFlags) => {
      const out = resolve(requiredOut(flags));
      const template = await templateOf(flags.template, context);
      if (!template) return;
      await writeEach(files, flags, context, async file => {
        const played = applyTemplate(await patternOf(file), template, flags);
        const path = join(out, `${nameOf(file)}.mid`);
        if (path === file)
          throw new Failed({ code: 'notWritable', path, reason: 'it is the file that is being read' });
        return { path, content: encodeMidi(played, { type: 1, name: nameOf(file) }) };
      });
    });
}

const nameOf = (file: string): string => basename(file, extname(file));

/** One result a file; a file that cannot be read does not stop the others. */
async function writeEach(
  files: readonly string[],
  flags: Flags,
  context: Context,
  make: (file: string) => Promise<{ readonly path: string; readonly content: string | Uint8Array }>,
): Promise<void> {
  const reporter = new Reporter(flags, context.streams);
  const written: string[] = [];
  for (const file of files.map(each => resolve(each))) {
    const made = await attempted(file, make);
    if (made.ok) {
      await writeFileWhole(made.value.path, made.value.content);
      written.push(made.value.path);
      reporter.say(made.value.path);
    } else {
      reporter.complain(explain(made.failure));
      context.setExitCode(EXIT.failed);
    }
  }
  reporter.result({ files: written });
}

async function attempted(
  file: string,
  make: (file: string) => Promise<{ readonly path: string; readonly content: string | Uint8Array }>,
): Promise<Written> {
  try {
    return ok(await make(file));
  } catch (error) {
    return fail(error instanceof Failed ? error.failure : failureOfError(error, file));
  }
}

async function patternOf(path: string): Promise<Pattern> {
  const decoded = decodeMidi(await readFile(path));
  if (decoded.ok) return decoded.value.pattern;
  throw new Failed({ code: 'badFile', path, format: 'MIDI file', problems: [...decoded.failure] });
}

/** A bundled template by its name, or a file; null when it cannot be used, which has been said then. */
async function templateOf(text: string | undefined, context: Context): Promise<GrooveTemplate | null> {
  if (text === undefined)
    throw new UsageError('--template is missing: name a {name}.groove.json or one of the bundled templates.');
  const bundled = BUNDLED_TEMPLATES.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (bundled) return bundled;
  const path = resolve(text);
  const read = await attempted(path, async () => ({ path, content: await readFile(path, 'utf8') }));
  const parsed = read.ok ? parseTemplate(path, String(read.value.content)) : read;
  if (parsed.ok) return parsed.value;
  context.streams.stderr.write(`${explain(parsed.failure)}\n`);
  context.setExitCode(EXIT.failed);
  return null;
}

function parseTemplate(path: string, text: string): Result<GrooveTemplate, Failure> {
  const bad = (problems: string[]): Result<GrooveTemplate, Failure> =>
    fail({ code: 'badFile', path, format: 'groove template', problems });
  try {
    const parsed = GrooveTemplateSchema.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data) : bad(problemsOf(parsed.error.issues));
  } catch (error) {
    return bad([error instanceof Error ? error.message : String(error)]);
  }
}
