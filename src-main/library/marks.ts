import type { Selectable } from 'kysely';
import { compareText, type HitMarks, HitMarksSchema } from '#shared/model';
import type { MarksChange } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import { SAME_HIT_SECONDS, saidAt, scopeOf } from './said';
import type { Reading, Tables, Writing } from './schema';

const marksColumn = jsonColumn(HitMarksSchema);

type MarksRow = Selectable<Tables['marks']>;

const ROWS_AT_ONCE = 1000;
const NONE: HitMarks = { favourite: false, tags: [] };

/** Where a hit lies: what its marks are kept by. */
interface HitPlace {
  readonly id: string;
  readonly track_id: string | null;
  readonly onset_frame: number;
  readonly sample_rate: number;
}

/** Where a hit of a track lies after a new analysis: the frame of its onset; null where it has left the track. */
export interface Move {
  readonly former: HitPlace;
  readonly now: number | null;
}

/** Favourites and tags, kept by position as overrides are. */
export function readMarks(db: Reading) {
  const inScopes = async (scopes: readonly string[]): Promise<MarksRow[]> => {
    const rows: MarksRow[] = [];
    for (let first = 0; first < scopes.length; first += ROWS_AT_ONCE)
      rows.push(
        ...(await db
          .selectFrom('marks')
          .selectAll()
          .where('scope', 'in', scopes.slice(first, first + ROWS_AT_ONCE))
          .execute()),
      );
    return rows;
  };
  const places = async (ids: readonly string[]): Promise<HitPlace[]> => {
    const found: HitPlace[] = [];
    for (let first = 0; first < ids.length; first += ROWS_AT_ONCE)
      found.push(
        ...(await db
          .selectFrom('hits')
          .select(['id', 'track_id', 'onset_frame', 'sample_rate'])
          .where('id', 'in', ids.slice(first, first + ROWS_AT_ONCE))
          .execute()),
      );
    return found;
  };
  const ofPlaces = async (hits: readonly HitPlace[]) => {
    const marked = Map.groupBy(await inScopes([...new Set(hits.map(scopeOf))]), row => row.scope);
    return hits.map(hit => ({
      hit,
      row: saidAt(marked.get(scopeOf(hit)) ?? [], hit.onset_frame, hit.sample_rate),
    }));
  };
  return {
    places,
    ofPlaces,
    /** Of those of `ids` that are marked, by id. */
    async of(ids: readonly string[]): Promise<ReadonlyMap<string, HitMarks>> {
      const found = await ofPlaces(await places(ids));
      return new Map(found.flatMap(({ hit, row }) => (row ? [[hit.id, marksColumn.parse(row.value)]] : [])));
    },
  };
}

export function writeMarks(db: Writing) {
  const { places, ofPlaces, of } = readMarks(db);
  const forget = ({ scope, onset_frame }: MarksRow) =>
    db.deleteFrom('marks').where('scope', '=', scope).where('onset_frame', '=', onset_frame).execute();
  const put = (row: MarksRow) =>
    db
      .insertInto('marks')
      .values(row)
      .onConflict(conflict => conflict.columns(['scope', 'onset_frame']).doUpdateSet({ value: row.value }))
      .execute();
  return {
    of,
    places,
    /** Marks hits; those that are not in the library are passed over. Answers how many there were. */
    async change(ids: readonly string[], change: MarksChange): Promise<number> {
      await countChange(db, 'sounds');
      const hits = await places([...new Set(ids)]);
      for (const { hit, row } of await ofPlaces(hits)) {
        const before = row ? marksColumn.parse(row.value) : NONE;
        const after = changed(before, change);
        if (row) await forget(row);
        if (after.favourite || after.tags.length > 0)
          await put({
            scope: scopeOf(hit),
            onset_frame: hit.onset_frame,
            value: marksColumn.write(after),
          });
      }
      return hits.length;
    },
    /** Takes marks along with hits of a track that a new analysis puts elsewhere, or that stay without it because they are played. */
    async follow(moves: readonly Move[]): Promise<void> {
      const found = await ofPlaces(moves.map(({ former }) => former));
      const moved = found.flatMap(({ hit, row }, index): { from: MarksRow | null; to: MarksRow }[] => {
        const now = moves[index]?.now;
        if (!row || now === undefined) return [];
        if (now === null)
          return [{ from: null, to: { ...row, scope: hit.id, onset_frame: hit.onset_frame } }];
        const isNear = Math.abs(now - hit.onset_frame) <= SAME_HIT_SECONDS * hit.sample_rate;
        return isNear ? [] : [{ from: row, to: { ...row, onset_frame: now } }];
      });
      for (const { from } of moved) if (from) await forget(from);
      for (const { to } of moved) await put(to);
    },
  };
}

function changed(before: HitMarks, { favourite, add, remove }: MarksChange): HitMarks {
  const tags = new Set(before.tags);
  for (const tag of remove) tags.delete(tag);
  for (const tag of add) tags.add(tag);
  return { favourite: favourite ?? before.favourite, tags: [...tags].sort(compareText) };
}
