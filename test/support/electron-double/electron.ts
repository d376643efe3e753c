import { app as theApp } from './app.ts';
import { dialogAnswers, permissions } from './answers.ts';
import { answerTests } from './control.ts';
import { ipcMain as theIpcMain } from './ipc-main.ts';
import { report } from './report.ts';
import { onlyKnown, strict } from './strict.ts';

export { protocol } from './schemes.ts';
export { utilityProcess } from './utility-process.ts';
export { BrowserWindow } from './window.ts';

export const app = strict('app', theApp);
export const ipcMain = strict('ipcMain', theIpcMain);

const PERMISSION_HANDLERS = {
  setPermissionRequestHandler(handler: typeof permissions.request): void {
    permissions.request = handler;
  },
  setPermissionCheckHandler(handler: typeof permissions.check): void {
    permissions.check = handler;
  },
};
export const session = strict('session', { defaultSession: strict('defaultSession', PERMISSION_HANDLERS) });

export const dialog = strict('dialog', {
  async showOpenDialog(
    _window: unknown,
    options: object,
  ): Promise<{ canceled: boolean; filePaths: string[] }> {
    onlyKnown('showOpenDialog', options, ['title', 'properties', 'filters']);
    report.dialogs.push(options);
    const filePaths = dialogAnswers.shift() ?? [];
    return { canceled: filePaths.length === 0, filePaths };
  },
  showErrorBox(title: string, content: string): void {
    report.errorBoxes.push(`${title}: ${content}`);
  },
});

export const shell = strict('shell', {
  async openExternal(url: string): Promise<void> {
    report.openedExternally.push(url);
  },
  showItemInFolder(path: string): void {
    report.revealed.push(path);
  },
});

const ROLES = new Set([
  'appMenu',
  'fileMenu',
  'windowMenu',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'togglefullscreen',
]);
interface MenuItem {
  readonly role?: string;
  readonly type?: string;
  readonly label?: string;
  readonly submenu?: readonly MenuItem[];
}

function checkMenu(items: readonly MenuItem[]): void {
  for (const item of items) {
    onlyKnown('a menu item', item, ['role', 'type', 'label', 'submenu']);
    if (item.role !== undefined && !ROLES.has(item.role)) throw new Error(`unknown role ${item.role}`);
    checkMenu(item.submenu ?? []);
  }
}

export const Menu = strict('Menu', {
  buildFromTemplate(template: readonly MenuItem[]): readonly MenuItem[] {
    checkMenu(template);
    return template;
  },
  setApplicationMenu(menu: readonly MenuItem[]): void {
    report.menuLabels = menu.map(item => item.label ?? item.role ?? '');
  },
});

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(kind: string): number {
    if (kind !== 'prevent-app-suspension') throw new Error(`electron double: unknown blocker ${kind}`);
    report.blockers.push(++report.blockersStarted);
    return report.blockersStarted;
  },
  stop(id: number): void {
    report.blockers = report.blockers.filter(blocker => blocker !== id);
  },
});

answerTests();
