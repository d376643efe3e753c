import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Failed, networkReason } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

const CONNECT_MILLISECONDS = 5000;
const LONGEST_WAIT_MILLISECONDS = 2000;
/** Version 6.2, of which BullMQ needs the commands. */
const OLDEST = 602;

interface RedisPlace {
  /** For messages; never holds a password. */
  readonly address: string;
  readonly options: {
    readonly host: string;
    readonly port: number;
    readonly db: number;
    readonly username?: string;
    readonly password?: string;
    readonly tls?: Readonly<Record<string, never>>;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `redis://host:port/db`, or `rediss://` for TLS. User and password come from the environment only: everybody on a machine can read its command lines. */
export function redisPlace(address: string, environment: Environment): Result<RedisPlace, Failure> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const db = /^\/?(\d{0,5})$/.exec(url?.pathname ?? '')?.[1];
  const isRedis = url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '' && db !== undefined;
  if (url?.password || url?.username)
    return badOption(
      `${url.protocol}//…@${url.host}${url.pathname}`,
      'an address without user and password: put them into REDIS_USERNAME and REDIS_PASSWORD, since command lines can be read by others',
    );
  if (!isRedis) return badOption(address, 'redis://host:port or redis://host:port/db; rediss:// for TLS');
  const port = Number(url.port || 6379);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const username = environment['REDIS_USERNAME'];
  const password = environment['REDIS_PASSWORD'];
  return ok({
    address: `${url.protocol}//${url.hostname}:${port}/${Number(db)}`,
    options: {
      host,
      port,
      db: Number(db),
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
}

const badOption = (value: string, wanted: string): Result<never, Failure> =>
  fail({ code: 'badOption', option: '--queue', value, wanted });

/** A server that was there once, and whose absence is waited for. */
export interface OpenRedis {
  readonly address: string;
  readonly client: Redis;
  /** At once; what is under way fails. */
  close(): void;
}

/** Connects once; fails when the server is not there now. Later it is waited for, and `onChange` hears why it is gone, and null when it is back. */
export async function openRedis(
  address: string,
  onChange: (gone: string | null) => void,
  environment: Environment = process.env,
): Promise<Result<OpenRedis, Failure>> {
  const place = redisPlace(address, environment);
  if (!place.ok) return place;
  const { options, address: shown } = place.value;
  let isOpen = false;
  let isGone = false;
  let lastError: unknown = null;
  const client = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_MILLISECONDS,
    maxRetriesPerRequest: null,
    retryStrategy: times => (isOpen ? Math.min(50 * 2 ** times, LONGEST_WAIT_MILLISECONDS) : null),
  });
  client.on('error', error => {
    lastError = error;
  });
  client.on('close', () => {
    if (!isOpen || isGone) return;
    isGone = true;
    onChange(networkReason(lastError ?? new Error('the connection broke')));
  });
  client.on('ready', () => {
    if (isGone) onChange(null);
    isGone = false;
    lastError = null;
  });
  try {
    // Asked for by itself: of a database that is not there, the client says nothing when it connects.
    const greeted = client.connect().then(() => client.select(options.db));
    await Promise.race([greeted, tooLong()]);
    const version = /redis_version:(\d+)\.(\d+)/.exec(await client.info('server'));
    if (version && Number(version[1]) * 100 + Number(version[2]) < OLDEST)
      throw new Error(`it is Redis ${version[1]}.${version[2]}, and 6.2 or newer is needed`);
  } catch (error) {
    client.disconnect();
    return fail({ code: 'unreachable', server: `Redis at ${shown}`, reason: reasonOf(lastError ?? error) });
  }
  isOpen = true;
  return ok({
    address: shown,
    client,
    close: () => {
      isOpen = false;
      client.disconnect();
    },
  });
}

/** Something may listen there that is no Redis, and say nothing. */
async function tooLong(): Promise<never> {
  await pause(CONNECT_MILLISECONDS, undefined, { ref: false });
  throw new Error('it does not answer');
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && /NOAUTH|WRONGPASS/.test(error.message)
    ? 'it wants another password (REDIS_PASSWORD, and REDIS_USERNAME where it has users)'
    : networkReason(error);

/** What the server refuses to do, for want of memory or permission, in its own words. */
export const refusalOf = (error: unknown): string | null =>
  error instanceof Error && error.name === 'ReplyError' ? error.message : null;

/** What the server refuses fails the work. */
export async function refusalsFailed<Value>({ address }: OpenRedis, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const reason = refusalOf(error);
    throw reason === null
      ? error
      : new Failed({ code: 'unreachable', server: `Redis at ${address}`, reason });
  }
}
