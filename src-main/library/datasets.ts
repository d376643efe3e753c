import type { ExpressionBuilder, Selectable } from 'kysely';
import { z } from 'zod';
import { type GenerationConfig, GenerationConfigSchema, RunResourcesSchema, TIERS } from '#shared/dataset';
import type { DatasetSampleEntry, DatasetSampleFilter, DatasetSamplePage } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Tables, Writing } from './schema';

const RunSchema = z.strictObject({
  name: z.string(),
  /** Where the dataset is to be. */
  folder: z.string(),
  config: GenerationConfigSchema,
  resources: RunResourcesSchema,
  workers: z.number().int().min(1),
  overwrite: z.boolean(),
  queue: z.strictObject({ redis: z.string(), store: z.string() }).nullable(),
  samples: z.number().int().min(0),
});
/** A run of the dataset generator as it was asked for. */
export type DatasetRunFacts = z.infer<typeof RunSchema>;

export interface StoredDatasetRun extends DatasetRunFacts {
  readonly id: string;
  readonly number: number;
  readonly jobId: string | null;
  /** SHA-256 of its manifest; null until it is whole. */
  readonly manifest: string | null;
  readonly createdAt: string;
  /** Samples and bytes of the parts that are made. */
  readonly made: number;
  readonly bytes: number;
}

/** A sample that was made, as its run's index has it. */
export interface IndexedSample extends DatasetSampleEntry {
  readonly groupId: string;
  readonly profile: string;
}

export interface DatasetPart {
  readonly part: number;
  readonly bytes: number;
  readonly samples: readonly IndexedSample[];
}

const runColumn = jsonColumn(RunSchema);
const configColumn = jsonColumn(GenerationConfigSchema);
const tiers = z.enum(TIERS);

const ENTRY = ['number', 'id', 'tier', 'rudiment', 'tempo', 'kit', 'preset', 'overall'] as const;
type EntryRow = Pick<Selectable<Tables['dataset_samples']>, (typeof ENTRY)[number]>;

const toEntry = ({ tier, ...row }: EntryRow): DatasetSampleEntry => ({ ...row, tier: tiers.parse(tier) });

export function readDatasets(db: Reading) {
  const runs = () =>
    db
      .selectFrom('dataset_runs as run')
      .selectAll()
      .select(row => [sumOf(row, 'samples').as('made'), sumOf(row, 'bytes').as('bytes')]);
  const toRun = (row: Awaited<ReturnType<ReturnType<typeof runs>['execute']>>[number]): StoredDatasetRun => ({
    ...runColumn.parse(row.value),
    id: row.id,
    number: row.number,
    jobId: row.job_id,
    manifest: row.manifest,
    createdAt: row.created_at,
    made: Number(row.made),
    bytes: Number(row.bytes),
  });
  return {
    /** The newest first. */
    async runs(): Promise<StoredDatasetRun[]> {
      return (await runs().orderBy('number', 'desc').execute()).map(toRun);
    },
    async run(id: string): Promise<StoredDatasetRun | null> {
      const row = await runs().where('id', '=', id).executeTakeFirst();
      return row ? toRun(row) : null;
    },
    /** Numbers of the parts that are made. */
    async parts(runId: string): Promise<number[]> {
      const rows = await db
        .selectFrom('dataset_parts')
        .select('part')
        .where('run_id', '=', runId)
        .orderBy('part')
        .execute();
      return rows.map(({ part }) => part);
    },
    async samples(
      runId: string,
      filter: DatasetSampleFilter,
      offset: number,
      limit: number,
    ): Promise<DatasetSamplePage> {
      let found = db.selectFrom('dataset_samples').where('run_id', '=', runId);
      for (const name of ['tier', 'rudiment', 'kit', 'preset'] as const) {
        const value = filter[name];
        if (value !== null) found = found.where(name, '=', value);
      }
      const text = filter.text.trim().toLowerCase();
      if (text !== '')
        found = found.where(row => row(row.fn<number>('instr', ['id', row.val(text)]), '>', 0));
      const { total } = await found
        .select(row => row.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await found.select(ENTRY).orderBy('number').offset(offset).limit(limit).execute();
      return { total, samples: rows.map(toEntry) };
    },
    async sample(
      runId: string,
      number: number,
    ): Promise<(DatasetSampleEntry & { readonly part: number; readonly percentile: number }) | null> {
      const row = await db
        .selectFrom('dataset_samples')
        .select([...ENTRY, 'part'])
        .where('run_id', '=', runId)
        .where('number', '=', number)
        .executeTakeFirst();
      if (!row) return null;
      const { part, ...entry } = row;
      const { below, all } = await db
        .selectFrom('dataset_samples')
        .where('run_id', '=', runId)
        .select(of => [
          of.fn.countAll<number>().filterWhere('overall', '<', entry.overall).as('below'),
          of.fn.countAll<number>().as('all'),
        ])
        .executeTakeFirstOrThrow();
      return { ...toEntry(entry), part, percentile: below / Math.max(1, all) };
    },
    async configs(): Promise<{ readonly name: string; readonly config: GenerationConfig }[]> {
      const rows = await db.selectFrom('dataset_configs').selectAll().orderBy('name').execute();
      // One of a version that knew other keys is left out, not in the way.
      return rows.flatMap(({ name, value }) => {
        const config = GenerationConfigSchema.safeParse(JSON.parse(value));
        return config.success ? [{ name, config: config.data }] : [];
      });
    },
  };
}

const sumOf = (
  row: ExpressionBuilder<Tables & { run: Tables['dataset_runs'] }, 'run'>,
  column: 'samples' | 'bytes',
) =>
  row
    .selectFrom('dataset_parts')
    .whereRef('run_id', '=', 'run.id')
    .select(of => of.fn.coalesce(of.fn.sum<number>(column), of.val(0)).as('sum'));

/** SQLite takes at most 32,766 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

export function writeDatasets(db: Writing) {
  const changed = (): Promise<number> => countChange(db, 'datasets');
  const removeParts = async (runId: string, parts: readonly number[] | null): Promise<void> => {
    for (const table of ['dataset_samples', 'dataset_parts'] as const) {
      const rows = db.deleteFrom(table).where('run_id', '=', runId);
      await (parts ? rows.where('part', 'in', parts) : rows).execute();
    }
  };
  return {
    ...readDatasets(db),
    async add(id: string, facts: DatasetRunFacts, now: string): Promise<void> {
      await changed();
      await db
        .insertInto('dataset_runs')
        .values({ id, value: runColumn.write(facts), job_id: null, manifest: null, created_at: now })
        .execute();
    },
    async change(id: string, facts: DatasetRunFacts): Promise<void> {
      await changed();
      await db
        .updateTable('dataset_runs')
        .set({ value: runColumn.write(facts) })
        .where('id', '=', id)
        .execute();
    },
    async setJob(id: string, jobId: string): Promise<void> {
      await changed();
      await db.updateTable('dataset_runs').set({ job_id: jobId }).where('id', '=', id).execute();
    },
    async finish(id: string, manifest: string): Promise<void> {
      await changed();
      await db.updateTable('dataset_runs').set({ manifest }).where('id', '=', id).execute();
    },
    async remove(id: string): Promise<void> {
      await changed();
      await db.deleteFrom('dataset_runs').where('id', '=', id).execute();
    },
    /** In place of what was known of the part. */
    async putPart(runId: string, { part, bytes, samples }: DatasetPart): Promise<void> {
      await changed();
      await removeParts(runId, [part]);
      await db
        .insertInto('dataset_parts')
        .values({ run_id: runId, part, bytes, samples: samples.length })
        .execute();
      for (let first = 0; first < samples.length; first += ROWS_AT_ONCE)
        await db
          .insertInto('dataset_samples')
          .values(
            samples
              .slice(first, first + ROWS_AT_ONCE)
              .map(({ groupId, ...sample }) => ({ ...sample, run_id: runId, part, group_id: groupId })),
          )
          .execute();
    },
    /** Parts that are not there, or not whole; null: none of them. */
    async forgetParts(runId: string, parts: readonly number[] | null): Promise<void> {
      await changed();
      await removeParts(runId, parts);
    },
    async saveConfig(name: string, config: GenerationConfig): Promise<void> {
      await changed();
      const value = configColumn.write(config);
      await db
        .insertInto('dataset_configs')
        .values({ name, value })
        .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
    async removeConfig(name: string): Promise<void> {
      await changed();
      await db.deleteFrom('dataset_configs').where('name', '=', name).execute();
    },
  };
}
