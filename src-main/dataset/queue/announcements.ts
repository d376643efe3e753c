import type { Redis } from 'ioredis';
import { z } from 'zod';
import { compareText } from '#shared/model';
import { type Engine, engineKey, EngineSchema } from './engine';
import { PREFIX } from './part-jobs';

/** A run that waits for its parts, for those who cannot make them to say so. */
const AnnouncementSchema = z.strictObject({ run: z.string(), name: z.string(), engine: EngineSchema });
type Announcement = z.infer<typeof AnnouncementSchema>;

/** Sorted set: the announcements as text, each with the time in milliseconds when it is no longer true unless it is renewed. */
const KEY = `${PREFIX}:dataset-runs`;
const TRUE_FOR_MILLISECONDS = 60_000;
const RENEW_MILLISECONDS = 20_000;

/** Lets everybody know of a run until the answer is called. */
export function announce(client: Redis, announcement: Announcement): () => Promise<void> {
  const text = JSON.stringify(AnnouncementSchema.parse(announcement));
  const renew = (): void => {
    const now = Date.now();
    // A queue that is away for a moment is told again when it is back.
    void client.zadd(KEY, now + TRUE_FOR_MILLISECONDS, text).catch(() => undefined);
    void client.zremrangebyscore(KEY, '-inf', now).catch(() => undefined);
  };
  renew();
  const timer = setInterval(renew, RENEW_MILLISECONDS);
  return async () => {
    clearInterval(timer);
    await client.zrem(KEY, text);
  };
}

/** Runs that wait for engines other than this one. */
export async function runsOfOthers(client: Redis, engine: Engine): Promise<readonly Announcement[]> {
  const texts = await client.zrangebyscore(KEY, Date.now(), '+inf');
  return texts
    .flatMap(text => AnnouncementSchema.safeParse(jsonOf(text)).data ?? [])
    .filter(other => engineKey(other.engine) !== engineKey(engine))
    .sort((a, b) => compareText(a.run, b.run));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
