import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '#test/free-port';

export interface RedisServer {
  /** For `--queue`. */
  readonly url: string;
  readonly client: Redis;
  /** Ends the server; what it held is forgotten. */
  stop(): Promise<void>;
  /** At the same port as before. */
  start(): Promise<void>;
}

/** A Redis of Debian's that keeps nothing on disk, at a port of its own. */
export async function redisServer(folder: string): Promise<RedisServer> {
  const port = await freePort();
  let server: ChildProcess | null = null;
  const client = new Redis({ port, lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  const start = async (): Promise<void> => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ];
    server = spawn('redis-server', args, { stdio: 'ignore' });
    if (client.status === 'wait') await client.connect().catch(() => undefined);
    while ((await client.ping()) !== 'PONG') await pause(20);
  };
  const stop = async (): Promise<void> => {
    const running = server;
    server = null;
    if (!running || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    start,
    async stop() {
      await stop();
    },
  };
}
