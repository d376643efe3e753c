import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Failed } from '#main/platform';
import type { Failure } from '#shared/protocol';
import { migrations } from './migrations';
import type { Tables } from './schema';

/** How long a writer waits for the transactions of others, and how long before it asks again. */
const PATIENCE_MILLISECONDS = 20_000;
const PAUSE_MILLISECONDS = 5;
/** Readers wait for nobody but a process that mends the database after a crash. */
const READER_MILLISECONDS = 2000;

const isBusy = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');

/**
 * Takes the write lock when a transaction begins, not at its first write: a read transaction of one process that
 * turns into a write after another process wrote fails at once, however patient it is. While another has the lock this
 * asks again and again instead of letting SQLite wait, which would stop the whole process.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: SqliteDatabase.Database;

  constructor(database: SqliteDatabase.Database) {
    super({ database });
    this.#database = database;
  }

  override async beginTransaction(): Promise<void> {
    const start = performance.now();
    while (!this.#begin(performance.now() - start > PATIENCE_MILLISECONDS)) await pause(PAUSE_MILLISECONDS);
  }

  /** SQLite has rolled back by itself where the disk was full; asking again would hide that reason behind another. */
  override async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) this.#database.exec('rollback');
  }

  #begin(isLastTry: boolean): boolean {
    this.#database.pragma('busy_timeout = 0');
    try {
      this.#database.exec('begin immediate');
      return true;
    } catch (error) {
      if (isBusy(error) && !isLastTry) return false;
      throw error;
    } finally {
      this.#database.pragma(`busy_timeout = ${READER_MILLISECONDS}`);
    }
  }
}

/** Migrates inside one transaction, so that of two processes opening a new library one waits for the other. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class LibraryDialect extends SqliteDialect {
  readonly #database: SqliteDatabase.Database;

  constructor(database: SqliteDatabase.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

export const databasePath = (folder: string): string => join(folder, 'library.db');

/** Opens the library's database, made or migrated when needed. Throws `Failed`. */
export async function openDatabase(folder: string): Promise<Kysely<Tables>> {
  const path = databasePath(folder);
  try {
    const database = new SqliteDatabase(path, { timeout: READER_MILLISECONDS });
    database.pragma('journal_mode = WAL');
    // A power cut may lose the last moments but never tears the database; a crash of ours loses nothing.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    const db = new Kysely<Tables>({ dialect: new LibraryDialect(database) });
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) {
      await db.destroy();
      throw error;
    }
    return db;
  } catch (error) {
    throw failedDatabase(error, path);
  }
}

/** The database of a library that another process has opened before, for reading alone. Throws `Failed`. */
export function openForReading(folder: string): Kysely<Tables> {
  const path = databasePath(folder);
  try {
    const database = new SqliteDatabase(path, { readonly: true, timeout: READER_MILLISECONDS });
    return new Kysely<Tables>({ dialect: new LibraryDialect(database) });
  } catch (error) {
    throw failedDatabase(error, path);
  }
}

/** The expected failure behind an error of SQLite; anything else comes back as it is. */
export function failedDatabase(error: unknown, path: string): unknown {
  if (!(error instanceof SqliteDatabase.SqliteError)) return error;
  const failure = failureOfCode(error.code, error.message, path);
  return failure ? new Failed(failure) : error;
}

function failureOfCode(code: string, reason: string, path: string): Failure | null {
  if (code === 'SQLITE_FULL') return { code: 'diskFull', path, neededBytes: 1_000_000, freeBytes: 0 };
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_PERM')
  )
    return { code: 'notWritable', path, reason };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return { code: 'corrupt', path, format: 'Backbeat library', reason };
  return null;
}
