import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '#shared/base';
import type { AppInfo, Failure, Services } from '#shared/protocol';

export interface StartOptions {
  /** Show what the last whole line made, instead of the demo. */
  readonly openLatest: boolean;
  /** Port of the web host; 0 takes a free one. */
  readonly port: number;
}

/** What the launcher tells a host: `--open-latest`, `--port N`. Electron's own arguments beside them are passed over. */
export function parseStartOptions(args: readonly string[]): Result<StartOptions, Failure> {
  const { values } = parseArgs({
    args: [...args],
    options: { 'open-latest': { type: 'boolean' }, port: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return fail({
      code: 'badOption',
      option: '--port',
      value: String(values.port),
      wanted: 'a whole number from 0 to 65535',
    });
  }
  return ok({ openLatest: values['open-latest'] === true, port });
}

/** Track, kit and pattern that the newest finished whole line made; null when there is none. */
export async function latestProject(services: Pick<Services, 'jobs'>): Promise<AppInfo['open']> {
  let newest: { readonly at: string; readonly open: NonNullable<AppInfo['open']> } | null = null;
  for (const { kind, state, made, createdAt } of await services.jobs()) {
    const { trackId, kitId, patternId } = made;
    if (kind !== 'run-line' || state !== 'done' || !trackId || !kitId || !patternId) continue;
    if (!newest || createdAt > newest.at) newest = { at: createdAt, open: { trackId, kitId, patternId } };
  }
  return newest?.open ?? null;
}
