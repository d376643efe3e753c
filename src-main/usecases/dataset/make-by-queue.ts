import { readdir } from 'node:fs/promises';
import { partFolder } from '#main/dataset';
import { Cancelled } from '#main/jobs';
import type { DatasetRequest } from '#shared/protocol';
import { madePart, type PartMakers } from './part-makers';

/** One process waits for the queue, another looks into what came. */
const PROCESSES = 2;

/** By the workers of a queue, wherever they are. */
export const makeByQueue =
  ({ redis, store }: NonNullable<DatasetRequest['queue']>, name: string): PartMakers =>
  (call, run, missing, hear) =>
    call.crew(PROCESSES, async crew => {
      const waiting = new Set(missing);
      const tellCome = async (): Promise<void> => {
        const there = new Set(await readdir(run.parts));
        for (const part of waiting) {
          if (!there.has(partFolder('', part))) continue;
          await hear.made(await madePart(crew, { ...run, part }, () => undefined));
          waiting.delete(part);
        }
      };
      /** One look after the other. */
      let looks: Promise<void> = Promise.resolve();
      let isLooking = false;
      const look = (): void => {
        if (isLooking) return;
        isLooking = true;
        looks = looks.then(tellCome).finally(() => {
          isLooking = false;
        });
        looks.catch(() => undefined);
      };
      // What came before this program was stopped, and was not written down.
      await tellCome();
      if (waiting.size === 0 || call.pausing.aborted) return;
      const made = missing.length - waiting.size;
      const input = { queue: redis, store, name, ...run, missing: [...waiting] };
      const onProgress = (share: number, words: string): void => {
        hear.progress(made + share * (missing.length - made), words);
        look();
      };
      try {
        await crew.run('queue-parts', input, onProgress, call.pausing);
      } catch (error) {
        if (!(error instanceof Cancelled) || call.signal.aborted) throw error;
      } finally {
        await looks;
      }
      await tellCome();
    });
