import { PartFactsSchema, type PartFacts, type PartTask } from '#main/dataset';
import { type Crew, JobFailed, type StageCaller } from '#main/jobs';
import { z } from 'zod';

/** What the makers of parts tell of their work. */
export interface PartHearings {
  /** A part lies whole in the run's folder. Awaited: no maker goes on before it is written down. */
  made(facts: PartFacts): Promise<void>;
  /** Parts done, those under way by their share. */
  progress(parts: number, rate?: string): void;
}

/**
 * Makes parts, in any order and several at once, into the folder of a run. Ends early, and with nothing begun, once `call.pausing` aborts;
 * throws at the first failure, after what had begun was finished, and `Cancelled` at once.
 */
export type PartMakers = (
  call: StageCaller,
  run: Omit<PartTask, 'part'> & { readonly parts: string },
  missing: readonly number[],
  hear: PartHearings,
) => Promise<void>;

/** A process that died may have been killed by chance; a part over which two died is given up. */
const TRIES = 2;

/** By processes of this machine. */
export const makeHere =
  (workers: number): PartMakers =>
  (call, run, missing, hear) =>
    call.crew(Math.min(workers, missing.length), async crew => {
      const waiting = [...missing];
      const shares = new Map<number, number>();
      const failures: unknown[] = [];
      let done = 0;
      const tell = (): void => {
        let parts = done;
        for (const share of shares.values()) parts += share;
        const left = shares.size;
        if (call.pausing.aborted && left > 0)
          hear.progress(parts, `pausing after ${left === 1 ? 'a part' : `${left} parts`}`);
        else hear.progress(parts);
      };
      const work = async (): Promise<void> => {
        while (failures.length === 0 && !call.pausing.aborted) {
          const part = waiting.shift();
          if (part === undefined) return;
          shares.set(part, 0);
          try {
            const facts = await madePart(crew, { ...run, part }, share => {
              shares.set(part, share);
              tell();
            });
            await hear.made(facts);
            done++;
          } catch (error) {
            failures.push(error);
          } finally {
            shares.delete(part);
            tell();
          }
        }
      };
      call.pausing.addEventListener('abort', tell, { once: true });
      try {
        await Promise.all(Array.from({ length: Math.min(workers, missing.length) }, work));
      } finally {
        call.pausing.removeEventListener('abort', tell);
      }
      if (failures.length > 0) throw failures[0];
    });

const MadeSchema = z.object({ facts: PartFactsSchema });

/** A part by a process of this machine, which leaves one alone that is there and whole. */
export async function madePart(
  crew: Crew,
  task: PartTask & { readonly parts: string },
  report: (share: number) => void,
): Promise<PartFacts> {
  for (let tries = 1; ; tries++) {
    try {
      return MadeSchema.parse(await crew.run('dataset-part', task, report)).facts;
    } catch (error) {
      const isDead = error instanceof JobFailed && error.failure.code === 'workerDied';
      if (!isDead || tries === TRIES) throw error;
    }
  }
}
