import { describe, expect, it } from 'vitest';
import { appFolders } from '#main/platform';

const linux = { platform: 'linux', home: '/home/ann' } as const;

describe('appFolders', () => {
  it.each([
    ['BACKBEAT_HOME', { ...linux, environment: { BACKBEAT_HOME: '/music/lab' } }, '/music/lab'],
    ['the XDG folder', { ...linux, environment: { XDG_DATA_HOME: '/data' } }, '/data/backbeat'],
    [
      'the XDG default',
      { ...linux, environment: { XDG_DATA_HOME: 'relative' } },
      '/home/ann/.local/share/backbeat',
    ],
    [
      'Application Support',
      { platform: 'darwin', home: '/Users/ann', environment: {} },
      '/Users/ann/Library/Application Support/Backbeat',
    ],
    [
      'local app data',
      { platform: 'win32', home: '/u', environment: { LOCALAPPDATA: '/u/local' } },
      '/u/local/Backbeat',
    ],
  ] as const)('follows %s', (_, machine, library) => {
    expect(appFolders(machine)).toEqual({ library, logs: `${library}/logs`, exports: `${library}/exports` });
  });
});
