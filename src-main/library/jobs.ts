import type { Selectable } from 'kysely';
import { z } from 'zod';
import {
  type Failure,
  FailureSchema,
  type JobKind,
  JobKindSchema,
  type JobProgress,
  JobProgressSchema,
  type JobState,
  JobStateSchema,
  type JobView,
  JobViewSchema,
  RefusedSchema,
  ResultFileSchema,
} from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Tables, Writing } from './schema';

const progressColumn = jsonColumn(JobProgressSchema);
const failureColumn = jsonColumn(FailureSchema.nullable());
const filesColumn = jsonColumn(z.array(ResultFileSchema));
const refusedColumn = jsonColumn(z.array(RefusedSchema));
const madeColumn = jsonColumn(JobViewSchema.shape.made);

/** A process that runs jobs. */
export interface Owner {
  readonly pid: number;
  /** Tells it from a later process of the same pid. */
  readonly started: string;
}

export interface StoredJob {
  /** What screens show of it. */
  readonly view: JobView;
  /** As they were given; each program parses its own. */
  readonly params: unknown;
  readonly owner: Owner;
  /** Version of the noun `jobs` at the last change. */
  readonly changed: number;
}

export interface NewJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly title: string;
  readonly params: unknown;
  readonly owner: Owner;
  readonly createdAt: string;
}

export const NO_PROGRESS: JobProgress = {
  stage: '',
  stageNumber: 0,
  stageCount: 0,
  fraction: 0,
  rate: '',
  secondsLeft: null,
  notes: [],
};

/** SQLite takes at most 32,766 parameters in a statement; a job's row has 17. */
const ROWS_AT_ONCE = 1000;

const NOTHING_ASKED = { cancel_asked: 0, pause_asked: 0 } as const;

export const LIVE_STATES: readonly JobState[] = ['waiting', 'running'];

function toJob(row: Selectable<Tables['jobs']>): StoredJob {
  return {
    view: {
      id: row.id,
      kind: JobKindSchema.parse(row.kind),
      title: row.title,
      state: JobStateSchema.parse(row.state),
      progress: progressColumn.parse(row.progress),
      failure: failureColumn.parse(row.failure ?? 'null'),
      files: filesColumn.parse(row.files),
      refused: refusedColumn.parse(row.refused),
      data: JSON.parse(row.data) as unknown,
      made: madeColumn.parse(row.made),
      createdAt: row.created_at,
    },
    params: JSON.parse(row.params) as unknown,
    owner: { pid: row.owner_pid, started: row.owner_started },
    changed: row.changed,
  };
}

export function readJobs(db: Reading) {
  const asked = async (wish: 'cancel_asked' | 'pause_asked', owner: Owner): Promise<string[]> => {
    const rows = await db
      .selectFrom('jobs')
      .select('id')
      .where(wish, '=', 1)
      .where('state', 'in', LIVE_STATES)
      .where('owner_pid', '=', owner.pid)
      .where('owner_started', '=', owner.started)
      .execute();
    return rows.map(row => row.id);
  };
  return {
    /** In order of the queue. */
    async all(): Promise<StoredJob[]> {
      return (await db.selectFrom('jobs').selectAll().orderBy('position').execute()).map(toJob);
    },
    async one(id: string): Promise<StoredJob | null> {
      const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toJob(row) : null;
    },
    async changedAfter(version: number): Promise<StoredJob[]> {
      const rows = await db
        .selectFrom('jobs')
        .selectAll()
        .where('changed', '>', version)
        .orderBy('position')
        .execute();
      return rows.map(toJob);
    },
    /** Ids in order of the queue. */
    async ids(): Promise<string[]> {
      return (await db.selectFrom('jobs').select('id').orderBy('position').execute()).map(row => row.id);
    },
    /** The processes that live jobs belong to, and the last sign of life of each (ms since 1970). */
    async liveOwners(): Promise<{ readonly owner: Owner; readonly seen: number }[]> {
      const rows = await db
        .selectFrom('jobs')
        .select(['owner_pid', 'owner_started'])
        .select(row => row.fn.max('owner_seen').as('seen'))
        .where('state', 'in', LIVE_STATES)
        .groupBy(['owner_pid', 'owner_started'])
        .execute();
      return rows.map(row => ({ owner: { pid: row.owner_pid, started: row.owner_started }, seen: row.seen }));
    },
    /** Ids of the jobs that `owner` is said to run. */
    async running(owner: Owner): Promise<string[]> {
      const rows = await db
        .selectFrom('jobs')
        .select('id')
        .where('state', '=', 'running')
        .where('owner_pid', '=', owner.pid)
        .where('owner_started', '=', owner.started)
        .execute();
      return rows.map(row => row.id);
    },
    /** The next of these kinds in the queue. */
    async nextWaiting(owner: Owner, kinds: readonly JobKind[]): Promise<StoredJob | null> {
      const row = await db
        .selectFrom('jobs')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('owner_pid', '=', owner.pid)
        .where('owner_started', '=', owner.started)
        .where('kind', 'in', kinds)
        .orderBy('position')
        .executeTakeFirst();
      return row ? toJob(row) : null;
    },
    /** Ids of this owner's jobs that somebody, perhaps in another process, asked to cancel. */
    askedToCancel: (owner: Owner): Promise<string[]> => asked('cancel_asked', owner),
    /** And those that somebody asked to pause. */
    askedToPause: (owner: Owner): Promise<string[]> => asked('pause_asked', owner),
  };
}

export function writeJobs(db: Writing) {
  /** Changes a job if it is still in one of `from`, and in `owner`'s hands when one is given. */
  const change = async (
    id: string,
    from: readonly JobState[],
    owner: Owner | null,
    values: Partial<Selectable<Omit<Tables['jobs'], 'id' | 'kind' | 'created_at' | 'position'>>>,
  ): Promise<boolean> => {
    const changed = await countChange(db, 'jobs');
    let update = db
      .updateTable('jobs')
      .set({ ...values, changed })
      .where('id', '=', id)
      .where('state', 'in', from);
    if (owner) update = update.where('owner_pid', '=', owner.pid).where('owner_started', '=', owner.started);
    const { numUpdatedRows } = await update.executeTakeFirst();
    return numUpdatedRows > 0n;
  };
  return {
    ...readJobs(db),
    async add(jobs: readonly NewJob[], now: number): Promise<void> {
      const changed = await countChange(db, 'jobs');
      for (let first = 0; first < jobs.length; first += ROWS_AT_ONCE)
        await db
          .insertInto('jobs')
          .values(
            jobs.slice(first, first + ROWS_AT_ONCE).map(job => ({
              id: job.id,
              kind: job.kind,
              title: job.title,
              params: JSON.stringify(job.params),
              state: 'waiting',
              progress: progressColumn.write(NO_PROGRESS),
              failure: null,
              files: '[]',
              made: '{}',
              refused: '[]',
              data: 'null',
              cancel_asked: 0,
              owner_pid: job.owner.pid,
              owner_started: job.owner.started,
              owner_seen: now,
              changed,
              created_at: job.createdAt,
            })),
          )
          .execute();
    },
    start: (id: string, owner: Owner, now: number): Promise<boolean> =>
      change(id, ['waiting'], owner, { state: 'running', owner_seen: now }),
    progress: (id: string, owner: Owner, progress: JobProgress): Promise<boolean> =>
      change(id, ['running'], owner, { progress: progressColumn.write(progress) }),
    finish: (
      id: string,
      owner: Owner,
      left: Pick<JobView, 'progress' | 'files' | 'made' | 'refused' | 'data'>,
    ): Promise<boolean> =>
      change(id, ['running'], owner, {
        state: 'done',
        progress: progressColumn.write(left.progress),
        files: filesColumn.write(left.files),
        made: madeColumn.write(left.made),
        refused: refusedColumn.write(left.refused),
        data: JSON.stringify(left.data ?? null),
        failure: null,
      }),
    fail: (id: string, owner: Owner, failure: Failure): Promise<boolean> =>
      change(id, LIVE_STATES, owner, { state: 'failed', failure: failureColumn.write(failure) }),
    /** Ends a job that is no longer worked on. */
    stop: (id: string, owner: Owner, state: 'cancelled' | 'interrupted' | 'paused'): Promise<boolean> =>
      change(id, LIVE_STATES, owner, { state, ...NOTHING_ASKED }),
    /** The process of these jobs is gone, or leaves; what was to be paused is. */
    async interruptAll(owner: Owner): Promise<void> {
      const changed = await countChange(db, 'jobs');
      await db
        .updateTable('jobs')
        .set(row => ({
          state: row.case().when('pause_asked', '=', 1).then('paused').else('interrupted').end(),
          ...NOTHING_ASKED,
          changed,
        }))
        .where('state', 'in', LIVE_STATES)
        .where('owner_pid', '=', owner.pid)
        .where('owner_started', '=', owner.started)
        .execute();
    },
    askCancel: (id: string): Promise<boolean> => change(id, LIVE_STATES, null, { cancel_asked: 1 }),
    askPause: (id: string): Promise<boolean> => change(id, LIVE_STATES, null, { pause_asked: 1 }),
    /** Puts an ended job back into the queue, in `owner`'s hands, with `params` where they are to be others. */
    requeue: (id: string, owner: Owner, now: number, params?: unknown): Promise<boolean> =>
      change(id, ['failed', 'cancelled', 'interrupted', 'paused'], null, {
        ...(params === undefined ? {} : { params: JSON.stringify(params) }),
        state: 'waiting',
        progress: progressColumn.write(NO_PROGRESS),
        failure: null,
        files: '[]',
        made: '{}',
        refused: '[]',
        data: 'null',
        ...NOTHING_ASKED,
        owner_pid: owner.pid,
        owner_started: owner.started,
        owner_seen: now,
      }),
    async remove(id: string): Promise<boolean> {
      await countChange(db, 'jobs');
      const { numDeletedRows } = await db
        .deleteFrom('jobs')
        .where('id', '=', id)
        .where('state', 'not in', LIVE_STATES)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    /** A sign of life of `owner` on all its jobs; not a change that anybody needs to hear of. */
    async beat(owner: Owner, now: number): Promise<void> {
      await db
        .updateTable('jobs')
        .set({ owner_seen: now })
        .where('state', 'in', LIVE_STATES)
        .where('owner_pid', '=', owner.pid)
        .where('owner_started', '=', owner.started)
        .execute();
    },
  };
}
