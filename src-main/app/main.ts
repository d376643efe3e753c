import { join } from 'node:path';
import { app, type BrowserWindow, dialog, protocol, session } from 'electron';
import { explain } from '#shared/protocol';
import {
  createStudioContent,
  jobFilePath,
  latestProject,
  parseStartOptions,
  resolveUpload,
  uploadFolder,
} from '#main/http';
import { appFolders, createLog } from '#main/platform';
import { createRpcServer } from '#main/rpc';
import { openStudio, type Studio } from '#main/usecases';
import { guardNavigation, guardPermissions } from './guards';
import { keepAwake } from './keep-awake';
import { keepDragged } from './keep-dragged';
import { setMenu } from './menu';
import { isOwnUrl, SCHEME } from './own-origin';
import { portOf } from './studio-port';
import { openStudioWindow } from './studio-window';
import { utilityWorker } from './utility-worker';
import { answerWindow } from './window-ipc';

const folders = appFolders();
const log = createLog({ folder: folders.logs, name: 'app' });
const reportBug = (error: unknown): void => log.write('error', 'bug', { error });

let window: BrowserWindow | null = null;

function showWindow(studio: Studio): void {
  if (window) {
    if (window.isMinimized()) window.restore();
    window.focus();
    return;
  }
  const opened = openStudioWindow();
  window = opened;
  const rpc = createRpcServer(studio.services, { reportBug });
  const hangUp = rpc.servePort(portOf(opened));
  opened.once('closed', () => {
    hangUp();
    window = null;
  });
}

/** Workers are told to stop before the program ends; what they were at is resumed from its last finished stage. */
function closeBeforeQuit(studio: Studio): void {
  let isClosed = false;
  app.on('before-quit', event => {
    if (isClosed) return;
    event.preventDefault();
    const finish = (): void => {
      isClosed = true;
      app.quit();
    };
    studio.close().catch(reportBug).finally(finish);
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  const uploads = uploadFolder(folders.library);
  const options = parseStartOptions(process.argv.slice(1));
  const opened = await openStudio({
    folder: folders.library,
    exportsFolder: folders.exports,
    host: 'electron',
    version: app.getVersion(),
    openProc: utilityWorker(join(import.meta.dirname, 'workers/stage-worker.js')),
    keepAwake,
    demoFolder: join(import.meta.dirname, '../../assets/demo'),
    modelsFolder: join(import.meta.dirname, '../../native-models'),
    resolveUpload: id => resolveUpload(uploads, id),
    reportBug,
  });
  if (!opened.ok) {
    dialog.showErrorBox('Backbeat cannot start', explain(opened.failure));
    app.exit(1);
    return;
  }
  const studio = opened.value;
  if (options.ok && options.value.openLatest) studio.setOpen(await latestProject(studio.services));
  studio
    .ensureDemo()
    .then(() => studio.ensureSounds())
    .catch(reportBug);
  closeBeforeQuit(studio);

  const content = createStudioContent(studio, join(import.meta.dirname, '../renderer'));
  protocol.handle(SCHEME, async request =>
    isOwnUrl(request.url) ? content(request) : new Response(null, { status: 404 }),
  );
  guardPermissions(session.defaultSession);
  setMenu(process.platform);
  answerWindow(
    () => window,
    file => jobFilePath(studio.services, file),
    keepDragged(folders),
  );
  app.on('second-instance', () => showWindow(studio));
  app.on('activate', () => showWindow(studio));
  app.on('window-all-closed', () => {
    // A program of macOS stays in the dock without a window.
    if (process.platform !== 'darwin') app.quit();
  });
  showWindow(studio);
}

app.enableSandbox();
guardNavigation();
protocol.registerSchemesAsPrivileged([
  {
    scheme: SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
]);
// A second start shows the window of the first: two would only fight over the screen, the library is shared anyway.
if (app.requestSingleInstanceLock()) void start().catch(reportBug);
else app.quit();
