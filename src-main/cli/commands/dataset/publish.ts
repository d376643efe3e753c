import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type PublishedDataset, publishParams } from '#main/usecases/dataset';
import { DEFAULT_SPLIT, SPLIT_NAMES, type SplitName } from '#shared/dataset';
import { PUBLISH_LAYOUTS, type PublishLayout } from '#shared/protocol';
import { type Context, perform } from '../../context';
import { UsageError } from '../../failing';
import { oneOf } from '../../options';

interface PublishFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly repo?: string;
  readonly layout: PublishLayout;
  readonly split: SplitName;
  readonly private: boolean;
  readonly dry_run: boolean;
  readonly as_version: string;
  readonly out?: string;
}

function repository(text: string): string {
  if (/^[\w.-]+\/[\w.-]{1,96}$/.test(text)) return text;
  throw new UsageError(`--repo is ${text}, but must be owner/name.`);
}

function threeNumbers(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new UsageError(`--as_version is ${text}, but must be three numbers, like 1.0.0.`);
}

/** `dataset publish`: a dataset as the hub likes it, in a folder or on the hub. */
export function addPublishCommand(dataset: Command, context: Context): void {
  dataset
    .command('publish')
    .argument('<folder>', 'of a whole dataset')
    .description(
      'a dataset as Hugging Face likes it, beside it or on the hub; the token is read from HF_TOKEN',
    )
    .option('--repo <owner/name>', 'where it goes on the hub; without it nothing is sent', repository)
    .option(
      '--layout <name>',
      `one of ${PUBLISH_LAYOUTS.join(', ')}`,
      oneOf('--layout', PUBLISH_LAYOUTS),
      'parquet' as const,
    )
    .option(
      '--split <name>',
      `one of ${SPLIT_NAMES.join(', ')}`,
      oneOf('--split', SPLIT_NAMES),
      DEFAULT_SPLIT,
    )
    .option('--private', 'a repository that is made now is seen by its owner alone', false)
    .option('--dry_run', 'tell what would be sent, with sizes and SHA-256, and send nothing', false)
    .option('--as_version <numbers>', 'version of the dataset in its description', threeNumbers, '1.0.0')
    .option('--out <folder>', 'where the layout goes; beside the dataset unless given')
    .option('--json', 'one JSON line per progress event, the result last', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (folder: string, flags: PublishFlags) => {
      const { repo = null, layout, split, dry_run: dryRun, as_version: version, out } = flags;
      const params = {
        ...publishParams(folder, { layout, repo, isPrivate: flags.private, dryRun }, new Date(), null),
        split,
        version,
        folder: out === undefined ? null : resolve(out),
      };
      const { reporter, ended } = await perform(context, flags, [
        { kind: 'publish-dataset', title: repo ?? resolve(folder), params },
      ]);
      const [job] = ended;
      const published = job?.state === 'done' ? (job.data as PublishedDataset) : null;
      if (published) for (const line of linesOf(published)) reporter.say(line);
      reporter.result({ states: ended.map(({ state }) => state), ...published });
    });
}

function* linesOf(published: PublishedDataset): Generator<string> {
  const { files, file_count, bytes, rows, left_out, folder, uploaded, repo } = published;
  for (const file of files) yield `${file.sha256}  ${String(file.bytes).padStart(12)}  ${file.path}`;
  if (published.dry_run && files.length < file_count) yield `... and ${file_count - files.length} more`;
  yield `${file_count} files, ${(bytes / 1e6).toFixed(1)} MB: ${rows.train} samples to train, ${rows.validation} to validate, ${rows.test} to test, ${left_out} left out`;
  if (published.dry_run) yield repo === null ? 'Nothing was sent.' : `Nothing was sent to ${repo}.`;
  if (folder !== null) yield folder;
  if (uploaded)
    yield `${uploaded.url}  ${uploaded.committed} files sent, ${uploaded.unchanged} were there, ${uploaded.removed} taken away`;
}
