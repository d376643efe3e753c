import { resolve } from 'node:path';
import { type ModelCard, type ModelInspection, explain } from '#shared/protocol';
import type { Command } from 'commander';
import type { Context, Engine } from '../context';
import { EXIT } from '../failing';
import { importedCalled, idOnLine } from '../separator';
import { Reporter } from '../report';
import { exitCodeOf } from '../run-jobs';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
}

const megabytes = (bytes: number): string => (bytes === 0 ? '-' : `${(bytes / 1e6).toFixed(1)} MB`);

const lineOf = (model: ModelCard): string =>
  [
    idOnLine(model).padEnd(16),
    model.source.padEnd(8),
    model.task.padEnd(10),
    megabytes(model.bytes).padStart(9),
    model.name,
    model.failure ? explain(model.failure) : [model.licence, ...model.stems].join(', '),
  ].join('  ');

/** `models list|inspect|import|remove`: what separates songs and hears beats. */
export function addModelCommands(program: Command, context: Context): void {
  const models = program.command('models').description('the bundled models and those that you imported');

  plain(models.command('list'), 'a line of JSON a model')
    .description('all models: id, where from, task, size, name, licence')
    .action(async (options: Flags) => {
      const reporter = new Reporter(options, context.streams);
      await withEngine(context, async engine => {
        for (const model of await engine.services.models()) {
          if (options.json) reporter.data(model);
          else reporter.say(lineOf(model));
        }
      });
    });

  plain(models.command('inspect').argument('<file>', 'an ONNX file'), 'the inspection as one line of JSON')
    .description('what a model file is, without importing it: contract, stems, licence')
    .action(async (file: string, options: Flags) => {
      const reporter = new Reporter(options, context.streams);
      await withEngine(context, async engine => {
        const inspection = await engine.services.inspectModel([resolve(file)]);
        if (!inspection) return context.setExitCode(EXIT.cancelled);
        if (options.json) reporter.data(inspection);
        else for (const line of inspectionLines(inspection)) reporter.say(line);
      });
    });

  plain(
    models.command('import').argument('<file>', 'an ONNX file'),
    'one JSON line per progress event, the result last',
  )
    .description('copy a model into the library after a trial; its licence must be accepted')
    .option(
      '--accept_licence',
      'you have read the licence that `models inspect` shows, and it allows your use',
      false,
    )
    .option('--name <text>', 'what to call it; the file’s name unless given')
    .action(async (file: string, options: Flags & ImportFlags) =>
      importModel(context, resolve(file), options),
    );

  models
    .command('remove')
    .argument('<model>', 'name, or the begin of its id')
    .description('delete an imported model; stems that it made stay')
    .action(async (text: string) => {
      await withEngine(context, async engine => {
        const model = importedCalled(await engine.services.models(), text);
        await engine.services.removeModel(model.id);
      });
    });
}

interface ImportFlags {
  readonly accept_licence: boolean;
  readonly name?: string;
}

const plain = (command: Command, json: string): Command =>
  command.option('--json', json, false).option('--quiet', 'print nothing but errors', false);

async function importModel(context: Context, path: string, options: Flags & ImportFlags): Promise<void> {
  const reporter = new Reporter(options, context.streams);
  await withEngine(context, async engine => {
    const { jobId } = await engine.services.importModel({
      paths: [path],
      acceptLicence: options.accept_licence,
      name: options.name ?? null,
    });
    const cancel = (): void => void engine.jobs.cancel(jobId);
    context.signal.addEventListener('abort', cancel);
    const ended = await engine.jobs.finish(jobId, view => reporter.progress(view));
    context.signal.removeEventListener('abort', cancel);
    context.setExitCode(exitCodeOf([ended], reporter));
    if (ended.failure?.code === 'licenceNotAccepted')
      reporter.complain('Add --accept_licence to accept the licence.');
    const id = ended.made.modelId;
    const model = (await engine.services.models()).find(card => card.sha256 === id);
    if (ended.state === 'done' && model) reporter.say(lineOf(model));
    reporter.result({ states: [ended.state], model: model ?? null });
  });
}

function inspectionLines(inspection: ModelInspection): string[] {
  const { kind, contract, stems, parts, known, origin, licence, notice, id } = inspection;
  const whether = !known
    ? 'not a file that Backbeat knows'
    : known.verdict === 'same'
      ? `known file: ${known.name}`
      : `as long as ${known.name}, but with other bytes: damaged, or changed`;
  return [
    `kind      ${kind}, contract ${contract}`,
    ...(stems.length > 0 ? [`stems     ${stems.join(', ')}`] : []),
    ...parts.map(part => `file      ${part.name}, ${megabytes(part.bytes)}, SHA-256 ${part.sha256}`),
    `checksum  ${id.slice(0, 12)}: ${whether}`,
    `origin    ${origin}`,
    `licence   ${licence}`,
    `notice    ${notice}`,
  ];
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
