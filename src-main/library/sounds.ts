import { EAR_MEASURES, type SoundMeasures } from '#shared/model';
import { type Selectable, sql } from 'kysely';
import { countChange } from './changes';
import type { Reading, Tables, Writing } from './schema';

/** SQLite takes at most 32,766 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

/** How one slice sounds to an ear. */
export interface Sound {
  /** SHA-256 of the slice's WAV. */
  readonly audio: string;
  /** Of length 1. */
  readonly vector: Float32Array;
  readonly measures: SoundMeasures;
  /** The eight of `EAR_MEASURES`; null of silence and of what was heard by a former version. */
  readonly earMeasures: Float32Array | null;
}

/** Sounds that an ear has heard, in the order in which they were stored. */
export interface HeardSounds {
  readonly audio: readonly string[];
  /** Number of the newest of them: what `since` goes on from; as asked for where there are none. */
  readonly last: number;
  /** A row a sound, all of one size; empty without sounds. */
  readonly vectors: Float32Array;
  /** Length of a row; 0 without sounds. */
  readonly size: number;
  readonly measures: readonly SoundMeasures[];
  /** A row of `EAR_MEASURES` a sound; NaN where they are not known. */
  readonly earMeasures: Float32Array;
}

const toNumbers = (bytes: Uint8Array): Float32Array => {
  const numbers = new Float32Array(bytes.byteLength / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < numbers.length; at++) numbers[at] = view.getFloat32(4 * at, true);
  return numbers;
};

function toBytes(numbers: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (let at = 0; at < numbers.length; at++) bytes.writeFloatLE(numbers[at]!, 4 * at);
  return bytes;
}

const COLUMNS = [
  'audio',
  'vector',
  'brightness',
  'decay_seconds',
  'pitch',
  'loudness',
  'ear_measures',
] as const;
type Row = Pick<Selectable<Tables['sounds']>, (typeof COLUMNS)[number]>;

const measuresOf = (row: Row): SoundMeasures => ({
  brightness: row.brightness,
  decaySeconds: row.decay_seconds,
  pitch: row.pitch,
  loudness: row.loudness,
});

/** What slices sound like, by their content: a hit that is cut again to the same bytes has been heard already. */
export function readSounds(db: Reading) {
  const since = async (ear: string, from: number): Promise<HeardSounds> => {
    const audio: string[] = [];
    const measures: SoundMeasures[] = [];
    const parts: Float32Array[] = [];
    const ownMeasures: (Float32Array | null)[] = [];
    let last = from;
    for (;;) {
      const rows = await db
        .selectFrom('sounds')
        .select(COLUMNS)
        .select(sql<number>`rowid`.as('number'))
        .where('ear', '=', ear)
        .where(sql<number>`rowid`, '>', last)
        .orderBy(sql`rowid`)
        .limit(ROWS_AT_ONCE)
        .execute();
      for (const row of rows) {
        last = row.number;
        audio.push(row.audio);
        measures.push(measuresOf(row));
        parts.push(toNumbers(row.vector));
        ownMeasures.push(row.ear_measures && toNumbers(row.ear_measures));
      }
      if (rows.length < ROWS_AT_ONCE) break;
    }
    const size = parts[0]?.length ?? 0;
    const vectors = new Float32Array(size * parts.length);
    for (const [row, part] of parts.entries()) vectors.set(part, row * size);
    const width = EAR_MEASURES.length;
    const earMeasures = new Float32Array(width * parts.length).fill(Number.NaN);
    for (const [row, own] of ownMeasures.entries()) if (own) earMeasures.set(own, row * width);
    return { audio, last, vectors, size, measures, earMeasures };
  };
  return {
    /** Those of `audio` that the ear has heard, by audio. */
    async of(ear: string, audio: readonly string[]): Promise<ReadonlyMap<string, Sound>> {
      const found = new Map<string, Sound>();
      for (let first = 0; first < audio.length; first += ROWS_AT_ONCE) {
        const rows = await db
          .selectFrom('sounds')
          .select(COLUMNS)
          .where('ear', '=', ear)
          .where('audio', 'in', audio.slice(first, first + ROWS_AT_ONCE))
          .execute();
        for (const row of rows)
          found.set(row.audio, {
            audio: row.audio,
            vector: toNumbers(row.vector),
            measures: measuresOf(row),
            earMeasures: row.ear_measures && toNumbers(row.ear_measures),
          });
      }
      return found;
    },
    /** Every sound of the ear. */
    all: (ear: string): Promise<HeardSounds> => since(ear, 0),
    /** What was stored after the sound of that number. */
    since,
    /** Slices of hits that the ear has not heard, by audio. */
    async missing(ear: string): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('hits')
        .select('audio')
        .distinct()
        .where('audio', '!=', '')
        .where(row =>
          row.not(
            row.exists(
              row
                .selectFrom('sounds')
                .select('sounds.audio')
                .where('sounds.ear', '=', ear)
                .whereRef('sounds.audio', '=', 'hits.audio'),
            ),
          ),
        )
        .orderBy('audio')
        .execute();
      return rows.map(({ audio }) => audio);
    },
    /** Ears by what they have heard, the one that has heard most first. */
    async ears(): Promise<{ readonly ear: string; readonly sounds: number }[]> {
      return db
        .selectFrom('sounds')
        .select('ear')
        .select(row => row.fn.countAll<number>().as('sounds'))
        .groupBy('ear')
        .orderBy('sounds', 'desc')
        .orderBy('ear')
        .execute();
    },
  };
}

export function writeSounds(db: Writing) {
  return {
    ...readSounds(db),
    /** What an ear heard, in the transaction that stores the hits; renews what is there. */
    async put(ear: string, sounds: readonly Sound[]): Promise<void> {
      if (sounds.length === 0) return;
      await countChange(db, 'sounds');
      for (let first = 0; first < sounds.length; first += ROWS_AT_ONCE)
        await db
          .insertInto('sounds')
          .values(
            sounds.slice(first, first + ROWS_AT_ONCE).map(({ audio, vector, measures, earMeasures }) => ({
              audio,
              ear,
              vector: toBytes(vector),
              brightness: measures.brightness,
              decay_seconds: measures.decaySeconds,
              pitch: measures.pitch,
              loudness: measures.loudness,
              ear_measures: earMeasures && toBytes(earMeasures),
            })),
          )
          .onConflict(conflict =>
            conflict.columns(['ear', 'audio']).doUpdateSet(row => ({
              vector: row.ref('excluded.vector'),
              brightness: row.ref('excluded.brightness'),
              decay_seconds: row.ref('excluded.decay_seconds'),
              pitch: row.ref('excluded.pitch'),
              loudness: row.ref('excluded.loudness'),
              ear_measures: row.ref('excluded.ear_measures'),
            })),
          )
          .execute();
    },
    /** Forgets what no hit sounds like any more. */
    async removeUnheard(): Promise<void> {
      await db
        .deleteFrom('sounds')
        .where('audio', 'not in', row => row.selectFrom('hits').select('audio'))
        .execute();
    },
  };
}
