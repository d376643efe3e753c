import { setImmediate as breath } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  HitMarksSchema,
  HitSchema,
  INSTRUMENTS,
  type Instrument,
  InstrumentSchema,
  plainHitName,
  ROLES_IN_ORDER,
  type Role,
} from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { readVersions } from './changes';
import { jsonColumn } from './json-column';
import type { Noun } from './migrations';
import { saidAt, scopeOf } from './said';
import type { Reading } from './schema';

const marksColumn = jsonColumn(HitMarksSchema);
const overrideColumn = jsonColumn(HitSchema.shape.override);

/** What the book is made of; kits only tell where a hit is from that neither track nor folder has. */
const NOUNS: readonly Noun[] = ['tracks', 'sources', 'sounds', 'places'];

/** Read at once: the shell answers others in between. */
const ROWS_AT_ONCE = 2000;
const MOST_READS = 4;
const UNJUDGED = 255;

const toByte = (share: number | null): number => Math.round(255 * (share ?? 0));
const byteOf = (place: number): number => (place < 0 ? UNJUDGED : place);

type Place = HitBook['places'][number];

/** Hits that belong to nothing which is still there. */
const NOWHERE: Place = { kind: 'kit', id: '', name: 'Of no kit' };

/** The hits of the whole library as columns, from columns: no JSON of theirs is parsed. */
export function readHitBook(db: Reading) {
  const version = async (): Promise<number> => {
    const versions = await readVersions(db);
    return NOUNS.reduce((sum, noun) => sum + (versions[noun] ?? 0), 0);
  };
  return {
    /** Of the book that `read` would answer now. */
    version,
    async read(): Promise<HitBook> {
      for (let turn = 1; ; turn++) {
        const before = await version();
        const book = await readOnce(db, before);
        // What changes while it is read is read again; a library that never rests is shown as it was, and told of again.
        if (turn === MOST_READS || (await version()) === before) return book;
      }
    },
  };
}

async function readOnce(db: Reading, version: number): Promise<HitBook> {
  const finder = await placeFinder(db);
  const overrides = Map.groupBy(await db.selectFrom('overrides').selectAll().execute(), row => row.scope);
  const marks = Map.groupBy(await db.selectFrom('marks').selectAll().execute(), row => row.scope);
  const ear = await shownEar(db);
  const { most } = await db
    .selectFrom('hits')
    .select(row => row.fn.countAll<number>().as('most'))
    .executeTakeFirstOrThrow();
  const sheet = new Sheet(most);
  let last = 0;
  for (;;) {
    const rows = await pageAfter(db, ear, last);
    for (const row of rows) {
      const place = finder.of(row);
      if (place === null) continue;
      const own = overrides.get(scopeOf(row));
      const said = own ? saidAt(own, row.onset_frame, row.sample_rate) : null;
      const noted = marks.get(scopeOf(row));
      const mark = noted ? saidAt(noted, row.onset_frame, row.sample_rate) : null;
      sheet.add(
        row,
        place,
        said ? overrideColumn.parse(said.value) : null,
        mark ? marksColumn.parse(mark.value) : null,
      );
    }
    if (rows.length < ROWS_AT_ONCE) return sheet.finish(version, finder.places);
    last = rows.at(-1)?.number ?? last;
    await breath();
  }
}

/** In the order in which they were stored, which is how they lie on the disk. */
const pageAfter = (db: Reading, ear: string, last: number) =>
  db
    .selectFrom('hits')
    .leftJoin('sounds', join => join.onRef('sounds.audio', '=', 'hits.audio').on('sounds.ear', '=', ear))
    .leftJoin('places', join => join.onRef('places.audio', '=', 'hits.audio').on('places.ear', '=', ear))
    .select([
      'hits.id',
      'hits.track_id',
      'hits.source_id',
      'hits.position',
      'hits.onset_frame',
      'hits.sample_rate',
      'hits.frames',
      'hits.velocity',
      'hits.audio',
      'hits.name',
      'hits.role',
      'hits.role_sure',
      'hits.instrument',
      'hits.instrument_sure',
      'sounds.brightness',
      'sounds.decay_seconds',
      'sounds.pitch',
      'sounds.loudness',
      'places.x',
      'places.y',
    ])
    .select(sql<number>`hits.rowid`.as('number'))
    .where(sql<number>`hits.rowid`, '>', last)
    .orderBy(sql`hits.rowid`)
    .limit(ROWS_AT_ONCE)
    .execute();

type Row = Awaited<ReturnType<typeof pageAfter>>[number];
type Said = { readonly role?: Role | undefined; readonly instrument?: Instrument | undefined };
type Marks = { readonly favourite: boolean; readonly tags: readonly string[] };

/** The ear that has heard most: measures are the same for all, and its map is the one to show. */
async function shownEar(db: Reading): Promise<string> {
  const row = await db
    .selectFrom('sounds')
    .select('ear')
    .groupBy('ear')
    .orderBy(order => order.fn.countAll(), 'desc')
    .orderBy('ear')
    .executeTakeFirst();
  return row?.ear ?? '';
}

/** The book while it is written, a column an array. */
class Sheet {
  readonly #most: number;
  readonly #ids: string[] = [];
  readonly #names: string[] = [];
  readonly #audio: string[] = [];
  readonly #tags: Record<string, readonly string[]> = {};
  readonly #bytes;
  readonly #reals;
  readonly #place: Uint16Array;

  constructor(most: number) {
    this.#most = most;
    const bytes = (): Uint8Array => new Uint8Array(most);
    const reals = (): Float32Array => new Float32Array(most);
    this.#bytes = {
      role: bytes(),
      instrument: bytes(),
      roleSure: bytes(),
      instrumentSure: bytes(),
      overridden: bytes(),
      favourite: bytes(),
    };
    this.#reals = {
      seconds: reals(),
      brightness: reals(),
      pitch: reals(),
      decaySeconds: reals(),
      loudness: reals(),
      velocity: reals(),
      x: reals(),
      y: reals(),
    };
    this.#place = new Uint16Array(most);
  }

  add(row: Row, place: number, said: Said | null, marks: Marks | null): void {
    const at = this.#ids.length;
    // A hit that was stored since they were counted is in the next book.
    if (at === this.#most) return;
    const instrument = said?.instrument ?? row.instrument;
    const role = said?.role ?? row.role;
    this.#ids.push(row.id);
    this.#names.push(
      row.name ?? plainHitName(InstrumentSchema.safeParse(instrument).data ?? null, row.position),
    );
    this.#audio.push(row.audio);
    const bytes = this.#bytes;
    bytes.role[at] = byteOf(ROLES_IN_ORDER.indexOf(role as Role));
    bytes.instrument[at] = byteOf(INSTRUMENTS.indexOf(instrument as Instrument));
    bytes.roleSure[at] = toByte(row.role_sure);
    bytes.instrumentSure[at] = toByte(row.instrument_sure);
    bytes.overridden[at] = said ? 1 : 0;
    bytes.favourite[at] = marks?.favourite ? 1 : 0;
    this.#place[at] = place;
    const reals = this.#reals;
    reals.seconds[at] = row.frames / row.sample_rate;
    reals.brightness[at] = row.brightness ?? Number.NaN;
    reals.pitch[at] = row.pitch ?? Number.NaN;
    reals.decaySeconds[at] = row.decay_seconds ?? Number.NaN;
    reals.loudness[at] = row.loudness ?? Number.NaN;
    reals.velocity[at] = row.velocity;
    reals.x[at] = row.x ?? Number.NaN;
    reals.y[at] = row.y ?? Number.NaN;
    if (marks && marks.tags.length > 0) this.#tags[row.id] = marks.tags;
  }

  finish(version: number, places: HitBook['places']): HitBook {
    const count = this.#ids.length;
    const cut = <Columns extends Readonly<Record<string, Uint8Array | Float32Array>>>(columns: Columns) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, column]) => [name, column.slice(0, count)]),
      ) as Columns;
    return {
      version,
      ids: this.#ids,
      names: this.#names,
      audio: this.#audio,
      ...cut(this.#bytes),
      ...cut(this.#reals),
      place: this.#place.slice(0, count),
      tags: this.#tags,
      places,
    };
  }
}

/**
 * Where hits are from. Those of a removed track or folder are in the book as long as a kit plays them; those of neither go by the kit
 * that has them.
 */
async function placeFinder(db: Reading) {
  const tracks = new Map(
    (await db.selectFrom('tracks').select(['id', 'name', 'is_removed']).execute()).map(row => [row.id, row]),
  );
  const sources = new Map(
    (
      await db
        .selectFrom('sources')
        .select(['id', 'is_removed'])
        .select(sql<string>`json_extract(value, '$.name')`.as('name'))
        .select(sql<string>`json_extract(value, '$.kind')`.as('kind'))
        .execute()
    ).map(row => [row.id, row]),
  );
  const kits = await kitOfEachHit(db);
  const places: Place[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (place: Place): number => {
    const key = `${place.kind} ${place.id}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = places.length;
      numbers.set(key, number);
      places.push(place);
    }
    return number;
  };
  const ofOwner = (
    row: Pick<Row, 'id' | 'track_id' | 'source_id'>,
  ): (Place & { isRemoved: boolean }) | null => {
    const track = row.track_id === null ? undefined : tracks.get(row.track_id);
    if (track) return { kind: 'track', id: track.id, name: track.name, isRemoved: track.is_removed === 1 };
    const source = row.source_id === null ? undefined : sources.get(row.source_id);
    if (!source) return null;
    const kind = source.kind === 'kit' ? 'kit' : 'source';
    return { kind, id: source.id, name: source.name, isRemoved: source.is_removed === 1 };
  };
  return {
    places: places as HitBook['places'],
    /** Index into `places`; null for a hit that is not shown. */
    of(row: Pick<Row, 'id' | 'track_id' | 'source_id'>): number | null {
      const owner = ofOwner(row);
      if (owner) {
        const { isRemoved, ...place } = owner;
        return isRemoved && !kits.has(row.id) ? null : numberOf(place);
      }
      return numberOf(kits.get(row.id) ?? NOWHERE);
    },
  };
}

/** The first kit that has a hit, by hit. */
async function kitOfEachHit(db: Reading): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql<{ hit: string; id: string; name: string }>`
    select hits.value as hit, kits.id as id, kits.name as name
    from kits, json_each(kits.pads) as pads, json_each(pads.value, '$.hits') as hits
    order by kits.added_at, kits.id`.execute(db);
  const found = new Map<string, Place>();
  for (const { hit, id, name } of rows) if (!found.has(hit)) found.set(hit, { kind: 'kit', id, name });
  return found;
}
