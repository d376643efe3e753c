import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Kit } from '#shared/model';
import {
  explain,
  type ImportKitAnswer,
  type JobView,
  KIT_FORMATS,
  type KitFormat,
  KitFormatSchema,
  type KitPreview,
} from '#shared/protocol';
import type { Context, Engine } from '../context';
import { EXIT, UsageError } from '../failing';
import { oneOf, whole, withCommon } from '../options';
import { Reporter } from '../report';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
}

interface ExportFlags extends Flags {
  readonly format: readonly KitFormat[];
  readonly out?: string;
  readonly out_dir?: string;
  readonly depth: '16' | '24' | '32f';
  readonly statement: string;
}

function formats(text: string): readonly KitFormat[] {
  return text.split(',').map(name => {
    const format = KitFormatSchema.safeParse(name.trim() === 'dspreset' ? 'decent' : name.trim());
    if (format.success) return format.data;
    throw new UsageError(`--format is ${name}, but must be of ${KIT_FORMATS.join(', ')}.`);
  });
}

/** `kit list|export|import|show`: kits of the library, out to samplers and in from them. */
export function addKitCommands(program: Command, context: Context): void {
  const kit = program.command('kit').description('kits: out to samplers and in from them');

  plain(kit.command('list'))
    .description('kits of the library: id, pads, name')
    .action(async (flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async ({ services }) => {
        for (const each of await services.kits()) {
          if (flags.json) reporter.data(factsOf(each));
          else reporter.say([each.id.padEnd(24), String(each.pads.length).padStart(4), each.name].join('  '));
        }
      });
    });

  withCommon(kit.command('export').argument('<kit>', 'its id as `kit list` prints it, or its name'))
    .description('a folder with the kit in every format asked for, and LICENSES.json')
    .option('--format <names>', `one or more of ${KIT_FORMATS.join(',')}`, formats, formats('wav'))
    .option('--depth <bits>', '16, 24 or 32f', oneOf('--depth', ['16', '24', '32f']), '24')
    .option('--statement <text>', 'what you say of your rights in your own recordings', '')
    .action(async (name: string, flags: ExportFlags) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async engine => {
        const { id } = kitCalled(await engine.services.kits(), name);
        const { jobId } = await engine.services.exportKit({
          kitId: id,
          formats: [...flags.format],
          folder: resolve(flags.out ?? flags.out_dir ?? '.'),
          depth: flags.depth,
          statement: flags.statement,
        });
        const job = await finished(context, engine, jobId, reporter);
        for (const { path } of job.files) reporter.say(path);
        reporter.result({ states: [job.state], files: job.files, notes: job.progress.notes });
      });
    });

  plain(kit.command('show').argument('<file>', 'a kit of another program, or a folder'))
    .description('the kits that a file holds, and what of them cannot be taken over')
    .action(async (file: string, flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async ({ services }) => {
        const preview = await services.previewKitFile(resolve(file));
        if (flags.json) reporter.data(preview);
        else for (const line of linesOf(preview)) reporter.say(line);
      });
    });

  plain(
    kit.command('import').argument('<files...>', '.sfz, .h2drumkit, .sf2, .dspreset, kit.json, or folders'),
  )
    .description('kits of other programs into the library; a folder without a kit comes in as samples')
    .option(
      '--preset <number>',
      'which kit of a SoundFont, as `kit show` counts; its first for drums unless given',
      whole('--preset', 1, 65_536),
    )
    .action(async (files: string[], flags: Flags & { readonly preset?: number }) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async engine => {
        const answer = await engine.services.importKit({
          paths: files.map(file => resolve(file)),
          kits: flags.preset === undefined ? null : [flags.preset - 1],
        });
        await tellImported(context, engine, answer, reporter);
      });
    });
}

const plain = (command: Command): Command =>
  command.option('--json', 'JSON lines', false).option('--quiet', 'print nothing but errors', false);

const factsOf = ({ id, name, sampleRate, pads }: Kit) => ({
  id,
  name,
  sample_rate: sampleRate,
  pads: pads.map(pad => ({
    name: pad.name,
    note: pad.note,
    instrument: pad.instrument,
    hits: pad.hits.length,
  })),
});

function kitCalled(kits: readonly Kit[], wanted: string): Kit {
  const named = kits.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const found = kits.find(({ id }) => id === wanted) ?? (named.length === 1 ? named[0] : undefined);
  if (found) return found;
  throw new UsageError(
    named.length > 1
      ? `There are ${named.length} kits ${wanted}; give the id of one: ${named.map(({ id }) => id).join(', ')}.`
      : `There is no kit ${wanted}. \`backbeat kit list\` shows all of them.`,
  );
}

function* linesOf({ name, format, author, licence, kits }: KitPreview): Generator<string> {
  if (format === null) {
    yield `${name}: a folder of samples`;
    return;
  }
  yield `${name}  ${licence ?? 'no licence found'}  ${author ?? 'no author found'}`;
  for (const kit of kits) {
    yield [
      String(kit.index + 1).padStart(4),
      `${kit.pads} pads`.padStart(8),
      `${kit.sounds} sounds`.padStart(11),
      kit.name,
    ].join('  ');
    if (kits.length === 1) for (const remark of kit.remarks) yield `      ${remark}`;
  }
}

/** Waits for a job and tells its notes and its failure. */
async function finished(
  context: Context,
  { jobs }: Engine,
  jobId: string,
  reporter: Reporter,
): Promise<JobView> {
  const cancel = (): void => void jobs.cancel(jobId);
  if (context.signal.aborted) cancel();
  context.signal.addEventListener('abort', cancel, { once: true });
  const job = await jobs.finish(jobId, view => reporter.progress(view));
  context.signal.removeEventListener('abort', cancel);
  for (const note of job.progress.notes) reporter.complain(note);
  if (job.state === 'cancelled') context.setExitCode(EXIT.cancelled);
  if (job.failure) {
    reporter.complain(explain(job.failure));
    context.setExitCode(EXIT.failed);
  }
  return job;
}

async function tellImported(
  context: Context,
  engine: Engine,
  { jobIds, refused }: ImportKitAnswer,
  reporter: Reporter,
): Promise<void> {
  for (const { failure } of refused) reporter.complain(explain(failure));
  if (refused.length > 0) context.setExitCode(EXIT.failed);
  const ended: JobView[] = [];
  for (const id of jobIds) {
    const job = await finished(context, engine, id, reporter);
    ended.push(job);
    for (const { failure } of job.refused) reporter.complain(explain(failure));
    if (job.made.kitId !== undefined) reporter.say(`${job.made.kitId}  ${job.title}`);
  }
  reporter.result({
    states: ended.map(({ state }) => state),
    kits: ended.map(({ title, made, refused: left }) => ({
      name: title,
      id: made.kitId ?? null,
      refused: left.map(({ path, failure }) => ({ path, reason: explain(failure) })),
    })),
    refused: refused.map(({ path, failure }) => ({ path, reason: explain(failure) })),
  });
}

async function withEngine(context: Context, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await context.openEngine();
  context.setExitCode(EXIT.done);
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}
