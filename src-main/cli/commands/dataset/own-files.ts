import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readDatasetConfig, resolveResources } from '#main/dataset';
import type { RunResources } from '#shared/dataset';
import { CommandFailed } from '../../failing';

/** The files of the user's own that a dataset was made with. */
export interface OwnFilesFlags {
  readonly soundfont: readonly string[];
  readonly config?: string;
}

export const withOwnFiles = (command: Command): Command =>
  command
    .option(
      '--soundfont <file>',
      'a font that the dataset was made with, if not ours; may be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--config <file>', "the dataset's YAML, where it names files of your own");

/** The named files by their content. Throws where one is missing or broken. */
export async function ownFilesOf({ soundfont, config }: OwnFilesFlags): Promise<RunResources> {
  const read = config === undefined ? null : await readDatasetConfig({ path: resolve(config) });
  if (read && !read.ok) throw new CommandFailed(read.failure);
  const fonts = soundfont.map(path => ({ kind: 'font' as const, path: resolve(path) }));
  const resolved = await resolveResources([...fonts, ...(read?.value.files ?? [])]);
  if (resolved.ok) return resolved.value.resources;
  const [failure] = resolved.failure;
  throw new CommandFailed(failure ?? { code: 'unknown', what: 'files cannot be read' });
}
