import { ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { openObjects } from '../store';
import { openRedis } from './redis';

/** Fails unless both the queue and the store are there. */
export async function checkQueue(
  queue: string,
  store: string,
  signal: AbortSignal,
): Promise<Result<null, Failure>> {
  const objects = await openObjects(store, signal);
  if (!objects.ok) return objects;
  const redis = await openRedis(queue, () => undefined);
  if (!redis.ok) return redis;
  redis.value.close();
  return ok(null);
}
