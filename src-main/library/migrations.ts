import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Each runs once in a library's life, in order of name; one that was released is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': { up: createFirstTables },
  '0002-hearing': { up: addHearing },
  '0003-bleed': { up: addBleed },
  '0004-grooves': { up: addGrooves },
  '0005-sounds': { up: addSounds },
  '0006-book': { up: addBook },
  '0007-measures': { up: addMeasures },
  '0008-datasets': { up: addDatasets },
  '0009-ear-measures': { up: addEarMeasures },
};

const FIRST_NOUNS = ['tracks', 'kits', 'patterns', 'settings', 'jobs'] as const;
/** Nouns whose changes are counted. */
export type Noun =
  | (typeof FIRST_NOUNS)[number]
  | 'models'
  | 'templates'
  | 'songs'
  | 'sources'
  | 'sounds'
  | 'places'
  | 'twins'
  | 'datasets';

async function createFirstTables(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('changes')
    .addColumn('noun', 'text', column => column.primaryKey())
    .addColumn('version', 'integer', column => column.notNull())
    .execute();
  await schema
    .createTable('tracks')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('path', 'text', column => column.notNull())
    .addColumn('sha256', 'text', column => column.notNull())
    .addColumn('seconds', 'real', column => column.notNull())
    .addColumn('sample_rate', 'integer', column => column.notNull())
    .addColumn('channel_count', 'integer', column => column.notNull())
    .addColumn('tempo', 'text')
    .addColumn('own_tempo', 'text')
    .addColumn('is_removed', 'integer', column => column.notNull())
    .addColumn('added_at', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('stems')
    .addColumn('track_id', 'text', column => column.notNull().references('tracks.id').onDelete('cascade'))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('audio', 'text', column => column.notNull())
    .addColumn('peaks', 'text', column => column.notNull())
    .addColumn('frames', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('stems_key', ['track_id', 'kind'])
    .execute();
  await schema
    .createTable('hits')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('track_id', 'text', column => column.references('tracks.id').onDelete('cascade'))
    .addColumn('position', 'integer', column => column.notNull())
    .addColumn('onset_frame', 'integer', column => column.notNull())
    .addColumn('start_frame', 'integer', column => column.notNull())
    .addColumn('frames', 'integer', column => column.notNull())
    .addColumn('flam_frames', 'integer')
    .addColumn('gain', 'real', column => column.notNull())
    .addColumn('velocity', 'real', column => column.notNull())
    .addColumn('sample_rate', 'integer', column => column.notNull())
    .addColumn('audio', 'text', column => column.notNull())
    .addColumn('duplicates', 'text', column => column.notNull())
    .addColumn('judgement', 'text')
    .execute();
  await schema.createIndex('hits_of_track').on('hits').columns(['track_id', 'position']).execute();
  await schema
    .createTable('overrides')
    .addColumn('scope', 'text', column => column.notNull())
    .addColumn('onset_frame', 'integer', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('overrides_key', ['scope', 'onset_frame'])
    .execute();
  await schema
    .createTable('kits')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('sample_rate', 'integer', column => column.notNull())
    .addColumn('pads', 'text', column => column.notNull())
    .addColumn('added_at', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('patterns')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('kit_id', 'text', column => column.notNull())
    .addColumn('track_id', 'text')
    .addColumn('pattern', 'text', column => column.notNull())
    .addColumn('added_at', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('settings')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('jobs')
    .addColumn('position', 'integer', column => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', column => column.notNull().unique())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('params', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('progress', 'text', column => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('files', 'text', column => column.notNull())
    .addColumn('made', 'text', column => column.notNull())
    .addColumn('refused', 'text', column => column.notNull())
    .addColumn('data', 'text', column => column.notNull())
    .addColumn('cancel_asked', 'integer', column => column.notNull())
    .addColumn('owner_pid', 'integer', column => column.notNull())
    .addColumn('owner_started', 'text', column => column.notNull())
    .addColumn('owner_seen', 'integer', column => column.notNull())
    .addColumn('changed', 'integer', column => column.notNull())
    .addColumn('created_at', 'text', column => column.notNull())
    .execute();
  await schema.createIndex('jobs_by_change').on('jobs').column('changed').execute();
  await schema.createIndex('jobs_by_state').on('jobs').columns(['state', 'owner_pid']).execute();
  await schema
    .createTable('stage_results')
    .addColumn('key', 'text', column => column.primaryKey())
    .addColumn('stage', 'text', column => column.notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('result', 'text', column => column.notNull())
    .addColumn('files', 'text', column => column.notNull())
    .addColumn('used_at', 'integer', column => column.notNull())
    .execute();
  await schema
    .createTable('artefacts')
    .addColumn('sha256', 'text', column => column.primaryKey())
    .addColumn('extension', 'text', column => column.notNull())
    .addColumn('bytes', 'integer', column => column.notNull())
    .execute();
  await schema
    .createTable('artefact_holders')
    .addColumn('sha256', 'text', column => column.notNull().references('artefacts.sha256'))
    .addColumn('holder', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('artefact_holders_key', ['sha256', 'holder'])
    .execute();
  await schema.createIndex('artefacts_by_holder').on('artefact_holders').column('holder').execute();
  for (const noun of FIRST_NOUNS) await countFrom(db, noun);
}

/** How the user wants a track to be heard, its strokes, the quality of hits, and models of the user's own. */
async function addHearing(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('hearings')
    .addColumn('track_id', 'text', column => column.primaryKey().references('tracks.id').onDelete('cascade'))
    .addColumn('value', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('models')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .addColumn('added_at', 'text', column => column.notNull())
    .execute();
  await schema.alterTable('tracks').addColumn('onsets', 'text').execute();
  await schema.alterTable('hits').addColumn('quality', 'text').execute();
  await countFrom(db, 'models');
}

/** Which curve tells how much of the accompaniment still sounds in a stem. */
async function addBleed(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('stems').addColumn('bleed', 'text').execute();
}

/** What was done to patterns, feel to play them with, and chains of them. */
async function addGrooves(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('history_steps')
    .addColumn('pattern_id', 'text', column => column.notNull().references('patterns.id').onDelete('cascade'))
    .addColumn('side', 'text', column => column.notNull())
    .addColumn('position', 'integer', column => column.notNull())
    .addColumn('label', 'text', column => column.notNull())
    .addColumn('edit', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('history_steps_key', ['pattern_id', 'side', 'position'])
    .execute();
  for (const table of ['templates', 'songs'] as const) {
    await schema
      .createTable(table)
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('value', 'text', column => column.notNull())
      .addColumn('added_at', 'text', column => column.notNull())
      .execute();
    await countFrom(db, table);
  }
}

/** Imported samples and where they came from, how hits sound, what the user marks, and how kits shape their hits. */
async function addSounds(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('hits').addColumn('name', 'text').execute();
  await schema.alterTable('hits').addColumn('source_id', 'text').execute();
  await schema.createIndex('hits_of_source').on('hits').columns(['source_id', 'position']).execute();
  await schema.alterTable('kits').addColumn('shapes', 'text').execute();
  await schema
    .createTable('sources')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .addColumn('added_at', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('sounds')
    .addColumn('audio', 'text', column => column.notNull())
    .addColumn('ear', 'text', column => column.notNull())
    .addColumn('vector', 'blob', column => column.notNull())
    .addColumn('measures', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('sounds_key', ['audio', 'ear'])
    .execute();
  await schema
    .createTable('marks')
    .addColumn('scope', 'text', column => column.notNull())
    .addColumn('onset_frame', 'integer', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('marks_key', ['scope', 'onset_frame'])
    .execute();
  await countFrom(db, 'sources');
  await countFrom(db, 'sounds');
}

/**
 * What the book of hits shows as columns, so that no JSON is parsed for it; the files of imported folders; where sounds lie on the map
 * and which of them sound the same.
 */
async function addBook(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('hits').addColumn('role', 'text').execute();
  await schema.alterTable('hits').addColumn('role_sure', 'real').execute();
  await schema.alterTable('hits').addColumn('instrument', 'text').execute();
  await schema.alterTable('hits').addColumn('instrument_sure', 'real').execute();
  await sql`update hits set
    role = json_extract(judgement, '$.role'),
    role_sure = json_extract(judgement, '$.roleScores.' || json_extract(judgement, '$.role')),
    instrument = json_extract(judgement, '$.instrument'),
    instrument_sure = json_extract(judgement, '$.instrumentScores.' || json_extract(judgement, '$.instrument'))
    where judgement is not null`.execute(db);
  await schema.createIndex('hits_by_audio').on('hits').column('audio').execute();
  // Nothing was kept in it yet.
  await schema.dropTable('sounds').execute();
  await schema
    .createTable('sounds')
    .addColumn('audio', 'text', column => column.notNull())
    .addColumn('ear', 'text', column => column.notNull())
    .addColumn('vector', 'blob', column => column.notNull())
    .addColumn('brightness', 'real', column => column.notNull())
    .addColumn('decay_seconds', 'real', column => column.notNull())
    .addColumn('pitch', 'real')
    .addColumn('loudness', 'real', column => column.notNull())
    .addPrimaryKeyConstraint('sounds_key', ['ear', 'audio'])
    .execute();
  await schema
    .alterTable('sources')
    .addColumn('is_removed', 'integer', column => column.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('source_files')
    .addColumn('source_id', 'text', column => column.notNull().references('sources.id').onDelete('cascade'))
    .addColumn('path', 'text', column => column.notNull())
    .addColumn('sha256', 'text', column => column.notNull())
    .addColumn('hit_id', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('source_files_key', ['source_id', 'path'])
    .execute();
  await schema.createIndex('source_files_of_hit').on('source_files').column('hit_id').execute();
  await schema
    .createTable('places')
    .addColumn('ear', 'text', column => column.notNull())
    .addColumn('audio', 'text', column => column.notNull())
    .addColumn('x', 'real', column => column.notNull())
    .addColumn('y', 'real', column => column.notNull())
    .addColumn('is_fitted', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('places_key', ['ear', 'audio'])
    .execute();
  await schema
    .createTable('twins')
    .addColumn('audio', 'text', column => column.primaryKey())
    .addColumn('leader', 'text', column => column.notNull())
    .addColumn('likeness', 'real', column => column.notNull())
    .execute();
  await countFrom(db, 'places');
  await countFrom(db, 'twins');
}

/** The book reads how sounds measure from here, without the vectors that lie between them. */
async function addMeasures(db: Kysely<never>): Promise<void> {
  await db.schema
    .createIndex('measures_of_sounds')
    .on('sounds')
    .columns(['ear', 'audio', 'brightness', 'decay_seconds', 'pitch', 'loudness'])
    .execute();
}

/** What words for qualities are held against; null of what was heard before. */
async function addEarMeasures(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('sounds').addColumn('ear_measures', 'blob').execute();
}

/** Runs of the dataset generator, what they have made so far, and jobs that their user may pause. */
async function addDatasets(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('dataset_runs')
    .addColumn('number', 'integer', column => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', column => column.notNull().unique())
    .addColumn('value', 'text', column => column.notNull())
    .addColumn('job_id', 'text')
    .addColumn('manifest', 'text')
    .addColumn('created_at', 'text', column => column.notNull())
    .execute();
  await schema
    .createTable('dataset_parts')
    .addColumn('run_id', 'text', column => column.notNull().references('dataset_runs.id').onDelete('cascade'))
    .addColumn('part', 'integer', column => column.notNull())
    .addColumn('samples', 'integer', column => column.notNull())
    .addColumn('bytes', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('dataset_parts_key', ['run_id', 'part'])
    .execute();
  await schema
    .createTable('dataset_samples')
    .addColumn('run_id', 'text', column => column.notNull().references('dataset_runs.id').onDelete('cascade'))
    .addColumn('number', 'integer', column => column.notNull())
    .addColumn('part', 'integer', column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('group_id', 'text', column => column.notNull())
    .addColumn('profile', 'text', column => column.notNull())
    .addColumn('tier', 'text', column => column.notNull())
    .addColumn('rudiment', 'text', column => column.notNull())
    .addColumn('tempo', 'integer', column => column.notNull())
    .addColumn('kit', 'text')
    .addColumn('preset', 'text')
    .addColumn('overall', 'real', column => column.notNull())
    .addPrimaryKeyConstraint('dataset_samples_key', ['run_id', 'number'])
    .execute();
  await schema
    .createIndex('dataset_samples_by_score')
    .on('dataset_samples')
    .columns(['run_id', 'overall'])
    .execute();
  await schema
    .createIndex('dataset_samples_of_part')
    .on('dataset_samples')
    .columns(['run_id', 'part'])
    .execute();
  await schema
    .createTable('dataset_configs')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .execute();
  await schema
    .alterTable('jobs')
    .addColumn('pause_asked', 'integer', column => column.notNull().defaultTo(0))
    .execute();
  await countFrom(db, 'datasets');
}

const countFrom = (db: Kysely<never>, noun: Noun) =>
  (db as unknown as Kysely<{ changes: { noun: string; version: number } }>)
    .insertInto('changes')
    .values({ noun, version: 0 })
    .execute();
