import { parseArgs } from 'node:util';
import { type Result, fail, ok } from '#shared/base';
import type { AppInfo, Failure } from '#shared/protocol';

export interface StartOptions {
  /** Project that the window shows first. */
  readonly open: AppInfo['open'];
  /** Port of the web host; 0 takes a free one. */
  readonly port: number;
}

/** What the launcher tells a host: `--open trackId,kitId,patternId`, `--port N`. Electron adds arguments of its own. */
export function parseStartOptions(args: readonly string[]): Result<StartOptions, Failure> {
  const { values } = parseArgs({
    args: [...args],
    options: { open: { type: 'string' }, port: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return fail({
      code: 'badOption',
      option: '--port',
      value: String(values.port),
      wanted: 'a number from 0 to 65535',
    });
  }
  if (values.open === undefined) return ok({ open: null, port });
  const parts = String(values.open).split(',');
  const [trackId, kitId, patternId] = parts;
  if (parts.length !== 3 || !trackId || !kitId || !patternId) {
    return fail({
      code: 'badOption',
      option: '--open',
      value: String(values.open),
      wanted: 'trackId,kitId,patternId',
    });
  }
  return ok({ open: { trackId, kitId, patternId }, port });
}
