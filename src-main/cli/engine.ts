import { join } from 'node:path';
import { forkWorker } from '#main/jobs';
import { appFolders, createLog } from '#main/platform';
import { openStudio } from '#main/usecases';
import packageJson from '../../package.json' with { type: 'json' };
import type { Engine } from './context';
import { CommandFailed } from './failing';

/** The studio's own library and queue, so that what the command line starts can be watched in the studio. */
export async function openEngine(): Promise<Engine> {
  const folders = appFolders();
  const log = createLog({ folder: folders.logs, name: 'cli' });
  const opened = await openStudio({
    folder: folders.library,
    exportsFolder: folders.exports,
    host: 'web',
    version: packageJson.version,
    openProc: forkWorker(join(import.meta.dirname, 'workers/stage-worker.js')),
    modelsFolder: join(import.meta.dirname, '../../native-models'),
    reportBug: error => log.write('error', 'bug', { error }),
  });
  if (!opened.ok) throw new CommandFailed(opened.failure);
  return opened.value;
}
