import { join } from 'node:path';
import { explain, type Failure } from '#shared/protocol';
import {
  createStudioContent,
  latestProject,
  parseStartOptions,
  resolveUpload,
  uploadFolder,
} from '#main/http';
import { forkWorker } from '#main/jobs';
import { appFolders, createLog } from '#main/platform';
import { createRpcServer } from '#main/rpc';
import { openStudio } from '#main/usecases';
import packageJson from '../../package.json' with { type: 'json' };
import { openWebHost } from './web-host';

const BUILD = join(import.meta.dirname, '..');
const ASSETS = join(import.meta.dirname, '../../assets');

function giveUp(failure: Failure): never {
  process.stderr.write(`backbeat: ${explain(failure)}\n`);
  process.exit(1);
}

/** Serves the studio to one browser on this machine until it is told to stop. */
async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2));
  if (!options.ok) giveUp(options.failure);
  const { openLatest, port } = options.value;
  const folders = appFolders();
  const log = createLog({ folder: folders.logs, name: 'host' });
  const reportBug = (error: unknown): void => log.write('error', 'bug', { error });
  const uploads = uploadFolder(folders.library);
  const opened = await openStudio({
    folder: folders.library,
    exportsFolder: folders.exports,
    host: 'web',
    version: packageJson.version,
    openProc: forkWorker(join(import.meta.dirname, 'workers/stage-worker.js')),
    demoFolder: join(ASSETS, 'demo'),
    modelsFolder: join(import.meta.dirname, '../../native-models'),
    resolveUpload: id => resolveUpload(uploads, id),
    reportBug,
  });
  if (!opened.ok) giveUp(opened.failure);
  const studio = opened.value;
  if (openLatest) studio.setOpen(await latestProject(studio.services));
  const rpc = createRpcServer(studio.services, { reportBug });
  const host = await openWebHost({
    port,
    content: createStudioContent(studio, join(BUILD, 'renderer')),
    acceptSocket: socket => rpc.serveSocket(socket),
    reportBug,
  });
  if (!host.ok) {
    await studio.close();
    giveUp(host.failure);
  }
  const webHost = host.value;
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void Promise.allSettled([webHost.close(), studio.close()]).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.stdout.write(`The studio is open at ${webHost.address}\n`);
  studio
    .ensureDemo()
    .then(() => studio.ensureSounds())
    .catch(reportBug);
}

await main();
