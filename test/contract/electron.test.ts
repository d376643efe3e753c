import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Double, launchDouble } from '#test/double';

/** What stands in for Electron while its runtime cannot be had: see test/support/electron-double/README.md. */
let double: Double;

beforeAll(async () => {
  double = await launchDouble();
  await double.page.locator('main[data-screen]').waitFor();
});

afterAll(() => double.close());

describe('the window in Electron', () => {
  it('is sandboxed and isolated', async () => {
    const { windows, sandboxEnabled } = await double.ask({ ask: 'report' });
    expect(sandboxEnabled).toBe(true);
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false });
  });

  it('finds one frozen object of the preload, and nothing of Node or Electron', async () => {
    const seen = await double.page.evaluate(() => {
      const at = globalThis as unknown as Record<string, unknown>;
      const port = at['studioPort'] as object;
      return {
        names: Object.keys(port).sort(),
        isFrozen: Object.isFrozen(port),
        others: ['require', 'process', 'module', 'ipcRenderer', '__doublePost', '__electronDouble'].filter(
          name => at[name] !== undefined,
        ),
      };
    });
    expect(seen).toEqual({
      names: ['chooseFiles', 'onMessage', 'pathOf', 'post', 'reveal', 'startDrag'],
      isFrozen: true,
      others: [],
    });
  });

  it('is a secure, cross-origin isolated page without a Node in it', async () => {
    const facts = await double.page.evaluate(() => {
      const { isSecureContext, crossOriginIsolated } = globalThis as unknown as Record<string, unknown>;
      return { isSecureContext, crossOriginIsolated };
    });
    expect(facts).toEqual({ isSecureContext: true, crossOriginIsolated: true });
  });

  it('talks to the studio: what it shows came over RPC', async () => {
    await expect.poll(() => double.page.getByText('does not answer').count()).toBe(0);
    await expect.poll(() => double.page.locator('main[data-screen]').innerText()).not.toBe('');
    expect((await double.ask({ ask: 'report' })).problems).toEqual([]);
  });

  it('runs no inline script', async () => {
    const ran = await double.page.evaluate(() => {
      const at = globalThis as unknown as {
        document: {
          createElement(name: string): { textContent: string };
          head: { append(node: unknown): void };
        };
        ranInline?: boolean;
      };
      const script = at.document.createElement('script');
      script.textContent = 'globalThis.ranInline = true';
      at.document.head.append(script);
      return at.ranInline === true;
    });
    expect(ran).toBe(false);
  });

  it('reads no file outside of the build', async () => {
    const status = await double.page.evaluate(async () => (await fetch('/..%2f..%2fpackage.json')).status);
    expect(status).toBe(400);
  });
});

describe('what a page may not do in Electron', () => {
  it('goes to no other site', async () => {
    const before = double.page.url();
    await double.page.evaluate("location.href = 'https://evil.example/'");
    await expect
      .poll(async () => (await double.ask({ ask: 'report' })).deniedNavigations)
      .toContain('https://evil.example/');
    expect(double.page.url()).toBe(before);
  });

  it('opens no window; a link to a licence opens in the browser', async () => {
    await double.page.evaluate(
      "open('https://evil.example/popup'), open('https://spdx.org/licenses/MIT.html'), 0",
    );
    await expect
      .poll(async () => (await double.ask({ ask: 'report' })).deniedPopups)
      .toEqual(['https://evil.example/popup', 'https://spdx.org/licenses/MIT.html']);
    const { openedExternally } = await double.ask({ ask: 'report' });
    expect(openedExternally).toEqual(['https://spdx.org/licenses/MIT.html']);
  });

  it.each([
    ['midi', 'app://bundle/', true],
    ['media', 'app://bundle/', true],
    ['midi', 'https://evil.example/', false],
    ['geolocation', 'app://bundle/', false],
    ['notifications', 'app://bundle/', false],
    ['clipboard-read', 'app://bundle/', false],
    ['clipboard-sanitized-write', 'app://bundle/', true],
    ['clipboard-sanitized-write', 'https://evil.example/', false],
  ])('%s for %s is allowed: %s', async (permission, url, isAllowed) => {
    expect(await double.ask({ ask: 'permission', permission, url })).toEqual({
      request: isAllowed,
      check: isAllowed,
    });
  });

  it.each([
    ['another site', 'https://evil.example/', true],
    ['a frame inside the page', 'app://bundle/', false],
    ['a frame that is gone', null, true],
  ])('a message of %s is not answered', async (_who, frameUrl, isTop) => {
    await double.ask({ ask: 'next-dialog', paths: ['/secret'] });
    const forged = { ask: 'forge', channel: 'choose-files', args: ['songs'], frameUrl, isTop } as const;
    expect(await double.ask(forged)).toEqual({ error: 'Error: not from the studio' });
    const own = { ...forged, frameUrl: 'app://bundle/', isTop: true };
    expect(await double.ask(own)).toEqual({ value: ['/secret'] });
  });
});

const port = 'globalThis.studioPort';

describe('what the window asks of the operating system', () => {
  it('answers the files chosen in a dialog, and none when it was cancelled', async () => {
    await double.ask({ ask: 'next-dialog', paths: ['/music/a.wav', '/music/b.flac'] });
    expect(await double.page.evaluate(`${port}.chooseFiles('songs')`)).toEqual([
      '/music/a.wav',
      '/music/b.flac',
    ]);
    expect(await double.page.evaluate(`${port}.chooseFiles('song-folder')`)).toEqual([]);
    const { dialogs } = await double.ask({ ask: 'report' });
    expect(dialogs.at(-1)).toMatchObject({ properties: ['openDirectory'] });
  });

  it('refuses a kind of dialog that there is not', async () => {
    const refused = double.page.evaluate(`${port}.chooseFiles('everything')`);
    await expect(refused).rejects.toThrow('Invalid option');
  });

  it('knows the path of a file on the disk, and that a made one has none', async () => {
    await double.ask({ ask: 'set-path', name: 'song.wav', path: '/music/song.wav' });
    expect(await double.page.evaluate(`${port}.pathOf(new File([], 'song.wav'))`)).toBe('/music/song.wav');
    expect(await double.page.evaluate(`${port}.pathOf(new File([], 'made.wav'))`)).toBe('');
  });

  it('drags nothing out that no job has made', async () => {
    await double.page.evaluate(`${port}.startDrag([{ jobId: 'none', name: '/etc/passwd' }])`);
    await double.page.evaluate(`${port}.startDrag('/etc/passwd')`);
    await double.page.evaluate(`${port}.chooseFiles('songs')`);
    expect((await double.ask({ ask: 'report' })).drags).toEqual([]);
  });

  it('keeps copy and paste in the menu', async () => {
    const { menuLabels } = await double.ask({ ask: 'report' });
    expect(menuLabels).toContain('Edit');
  });
});

/** A killed process whose parent is gone may stay in the table as a zombie (Z). */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('work in Electron', () => {
  it('is done in a utility process, the machine kept awake until it is over: the demo is imported', async () => {
    await double.page.getByRole('row', { name: /first.light/i }).waitFor({ timeout: 80_000 });
    await expect
      .poll(async () => (await double.ask({ ask: 'report' })).blockers, { timeout: 100_000 })
      .toEqual([]);
    const { workersStarted, blockersStarted } = await double.ask({ ask: 'report' });
    expect(workersStarted).toBeGreaterThan(0);
    expect(blockersStarted).toBeGreaterThan(0);
  });

  it('hands an export to another program: its files are made while a hand nears the handle', async () => {
    const { page } = double;
    await page.keyboard.press('Control+4');
    await page.getByRole('grid', { name: 'Groove' }).waitFor();
    await page.keyboard.press('Control+e');
    const handle = page.getByRole('button', { name: /^Drag to your DAW/ });
    await handle.hover();
    await page.locator('[data-drag-ready=true]').waitFor({ timeout: 60_000 });
    await handle.dispatchEvent('dragstart');
    await expect.poll(async () => (await double.ask({ ask: 'report' })).drags.length).toBe(1);
    const [drag] = (await double.ask({ ask: 'report' })).drags as [
      { readonly file: string; readonly files: readonly string[]; readonly icon: string },
    ];
    expect(drag.files.map(path => basename(path))).toEqual(
      expect.arrayContaining([expect.stringMatching(/_mix\.wav$/), 'LICENSES.json']),
    );
    expect(drag.file).toBe(drag.files[0]);
    // Where they are dragged from they stay.
    expect(drag.files.every(path => path.includes(join('exports', 'Dragged')))).toBe(true);
    expect([...drag.files, drag.icon].filter(path => !existsSync(path))).toEqual([]);
    // The same again is there at once: nothing is made anew.
    const { workersStarted } = await double.ask({ ask: 'report' });
    await page.mouse.move(0, 0);
    await handle.hover();
    await handle.dispatchEvent('dragstart');
    await expect.poll(async () => (await double.ask({ ask: 'report' })).drags).toEqual([drag, drag]);
    expect((await double.ask({ ask: 'report' })).workersStarted).toBe(workersStarted);
  });

  it('shows an exported file in its folder, and no other', { timeout: 120_000 }, async () => {
    const { page } = double;
    await page.getByRole('button', { name: /^Export \d+ files/ }).click();
    const reveal = page.getByRole('button', { name: /^Reveal .*_mix\.wav in its folder/ });
    await reveal.waitFor({ timeout: 60_000 });
    await reveal.click();
    await expect.poll(async () => (await double.ask({ ask: 'report' })).revealed.length).toBe(1);
    const { revealed } = await double.ask({ ask: 'report' });
    expect(existsSync(revealed[0] ?? '')).toBe(true);
    expect(await page.evaluate(`${port}.reveal({ jobId: 'none', name: '/etc/passwd' })`)).toBe(false);
    expect((await double.ask({ ask: 'report' })).revealed).toEqual(revealed);
    await page.keyboard.press('Escape');
  });
});

describe('the life of the app in Electron', () => {
  it('shows one window however often it is started', async () => {
    await double.ask({ ask: 'app-event', event: 'second-instance' });
    expect((await double.ask({ ask: 'report' })).windows).toHaveLength(1);
  });

  it('ends with its last window, and its workers with it', async () => {
    const { workers } = await double.ask({ ask: 'report' });
    await double.ask({ ask: 'close-window' }).catch(() => undefined);
    expect(await double.ended).toBe(0);
    await expect.poll(() => workers.filter(isRunning)).toEqual([]);
  });
});

/** Files that `electron` may be imported in, checked by the boundaries. */
const sources = ['src-main/app', 'src-main/preload'].flatMap(folder =>
  readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8')),
);

function importedNames(): Set<string> {
  const names = new Set<string>();
  for (const source of sources) {
    for (const [, list = ''] of source.matchAll(/import \{([^}]*)\} from 'electron'/g)) {
      for (const item of list.split(',').map(part => part.trim())) {
        if (item !== '' && !item.startsWith('type ')) names.add(item);
      }
    }
  }
  return names;
}

describe('the Electron double', () => {
  it('offers just what our code imports', async () => {
    const main = readFileSync(resolve('test/support/electron-double/electron.ts'), 'utf8');
    const preload = readFileSync(resolve('test/support/electron-double/worlds/preload-world.js'), 'utf8');
    const offered = [
      ...[...main.matchAll(/^export const (\w+)/gm)].map(([, name]) => name),
      ...[...main.matchAll(/^export \{ (\w+) \}/gm)].map(([, name]) => name),
      ...[...preload.matchAll(/^ {4}(\w+): strict\(/gm)].map(([, name]) => name),
    ];
    expect(new Set(offered)).toEqual(importedNames());
  });
});
