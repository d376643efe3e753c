import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import {
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  CompiledQuery,
  type DatabaseConnection,
} from 'kysely';
import { Migrator } from 'kysely/migration';
import { Failed } from '#main/platform';
import type { Failure } from '#shared/protocol';
import { migrations } from './migrations';
import type { Tables } from './schema';

/** How long a writer waits for another process's transaction. */
const BUSY_MILLISECONDS = 10_000;

/**
 * Takes the write lock when a transaction begins, not at its first write: a read transaction of one process that
 * turns into a write after another process wrote fails at once, however long the busy timeout.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
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
    return new ImmediateDriver({ database: this.#database });
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
    const database = new SqliteDatabase(path, { timeout: BUSY_MILLISECONDS });
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
