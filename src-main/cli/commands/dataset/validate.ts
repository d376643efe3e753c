import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readReport, REPORT_PAGE } from '#main/dataset';
import { validateParams } from '#main/usecases/dataset';
import type { Check, ValidationReport } from '#shared/dataset';
import { type Context, perform } from '../../context';
import { EXIT } from '../../failing';
import { whole } from '../../options';
import { type OwnFilesFlags, ownFilesOf, withOwnFiles } from './own-files';

interface ValidateFlags extends OwnFilesFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly samples?: number;
}

/** Of a terminal: what is right is short, what is wrong is told. */
const SIGNS: Readonly<Record<Check['state'], string>> = {
  passed: 'ok  ',
  warned: 'look',
  failed: 'FAIL',
  skipped: '-   ',
};

/** `dataset validate`: exit code 1 when a check failed. */
export function addValidateCommand(dataset: Command, context: Context): void {
  withOwnFiles(dataset.command('validate'))
    .argument('<folder>', 'of a whole dataset')
    .description(
      'files, tables, labels against sound, splits, and how near to people it is; a report in its folder validation',
    )
    .option(
      '--samples <number>',
      'recordings that are listened to, spread over the dataset; 200 unless given',
      whole('--samples', 0, 10_000_000),
    )
    .option('--json', 'one JSON line per progress event, the result last', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (given: string, flags: ValidateFlags) => {
      const folder = resolve(given);
      const params = validateParams(folder, flags.samples ?? null, await ownFilesOf(flags));
      const { reporter, ended } = await perform(context, flags, [
        { kind: 'validate-dataset', title: basename(folder), params },
      ]);
      const [job] = ended;
      const report = job?.state === 'done' ? await readReport(folder) : null;
      if (report) {
        for (const line of linesOf(report)) reporter.say(line);
        reporter.say(join(folder, REPORT_PAGE));
        if (report.checks.some(({ state }) => state === 'failed')) context.setExitCode(EXIT.failed);
      }
      reporter.result({ states: ended.map(({ state }) => state), report });
    });
}

function* linesOf({ checks }: ValidationReport): Generator<string> {
  for (const { state, name, title, found, wanted, examples } of checks) {
    if (state === 'skipped') continue;
    yield `${SIGNS[state]}  ${title}: ${found}`;
    if (state === 'passed') continue;
    yield `      ${name}, wanted: ${wanted}`;
    for (const example of examples) yield `      ${example}`;
  }
  const count = (wanted: Check['state']): number => checks.filter(({ state }) => state === wanted).length;
  yield `${count('passed')} passed, ${count('warned')} to look at, ${count('failed')} failed, ${count('skipped')} had nothing to look at`;
}
