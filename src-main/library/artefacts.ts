import type { Reading, Writing } from './schema';

/** SQLite takes at most 32,766 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

export interface Artefact {
  readonly sha256: string;
  /** With its dot, lower case: ".wav"; "" for none. */
  readonly extension: string;
  readonly bytes: number;
}

export function readArtefacts(db: Reading) {
  return {
    async one(sha256: string): Promise<Artefact | null> {
      const row = await db
        .selectFrom('artefacts')
        .selectAll()
        .where('sha256', '=', sha256)
        .executeTakeFirst();
      return row ?? null;
    },
    /** How many holders need it. */
    async holders(sha256: string): Promise<number> {
      const { count } = await db
        .selectFrom('artefact_holders')
        .select(row => row.fn.countAll<number>().as('count'))
        .where('sha256', '=', sha256)
        .executeTakeFirstOrThrow();
      return count;
    },
    async withoutHolder(): Promise<Artefact[]> {
      return db
        .selectFrom('artefacts')
        .selectAll()
        .where(row =>
          row.not(
            row.exists(
              row
                .selectFrom('artefact_holders')
                .select('holder')
                .whereRef('artefact_holders.sha256', '=', 'artefacts.sha256'),
            ),
          ),
        )
        .orderBy('sha256')
        .execute();
    },
  };
}

export function writeArtefacts(db: Writing) {
  return {
    ...readArtefacts(db),
    /** Notes files that lie in the store and who needs them. */
    async hold(holder: string, artefacts: readonly Artefact[]): Promise<void> {
      for (let first = 0; first < artefacts.length; first += ROWS_AT_ONCE) {
        const some = artefacts.slice(first, first + ROWS_AT_ONCE);
        await db
          .insertInto('artefacts')
          .values(some.map(({ sha256, extension, bytes }) => ({ sha256, extension, bytes })))
          .onConflict(conflict => conflict.doNothing())
          .execute();
        await db
          .insertInto('artefact_holders')
          .values(some.map(({ sha256 }) => ({ sha256, holder })))
          .onConflict(conflict => conflict.doNothing())
          .execute();
      }
    },
    /** As `hold`, for artefacts that the store knows already; the holder's former ones are let go. */
    async holdOnly(holder: string, hashes: readonly string[]): Promise<void> {
      await db.deleteFrom('artefact_holders').where('holder', '=', holder).execute();
      const unique = [...new Set(hashes)];
      for (let first = 0; first < unique.length; first += ROWS_AT_ONCE)
        await db
          .insertInto('artefact_holders')
          .values(unique.slice(first, first + ROWS_AT_ONCE).map(sha256 => ({ sha256, holder })))
          .execute();
    },
    async release(holder: string): Promise<void> {
      await db.deleteFrom('artefact_holders').where('holder', '=', holder).execute();
    },
    async forget(sha256: string): Promise<void> {
      await db.deleteFrom('artefacts').where('sha256', '=', sha256).execute();
    },
  };
}
