import { type SoundMeasures, SoundMeasuresSchema } from '#shared/model';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const measuresColumn = jsonColumn(SoundMeasuresSchema);

/** SQLite takes at most 32,766 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

/** How one slice sounds to an ear. */
export interface Sound {
  /** SHA-256 of the slice's WAV. */
  readonly audio: string;
  /** Of length 1. */
  readonly vector: Float32Array;
  readonly measures: SoundMeasures;
}

/** Every sound that an ear has heard, by audio, in the order of their hashes. */
export interface HeardSounds {
  readonly audio: readonly string[];
  /** A row a sound, all of one size; empty without sounds. */
  readonly vectors: Float32Array;
  /** Length of a row; 0 without sounds. */
  readonly size: number;
  readonly measures: readonly SoundMeasures[];
}

const toVector = (bytes: Uint8Array): Float32Array => {
  const vector = new Float32Array(bytes.byteLength / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < vector.length; at++) vector[at] = view.getFloat32(4 * at, true);
  return vector;
};

function toBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * vector.length);
  for (let at = 0; at < vector.length; at++) bytes.writeFloatLE(vector[at]!, 4 * at);
  return bytes;
}

/** What slices sound like, by their content: a hit that is cut again to the same bytes has been heard already. */
export function readSounds(db: Reading) {
  const rowsAfter = (ear: string, last: string) =>
    db
      .selectFrom('sounds')
      .select(['audio', 'vector', 'measures'])
      .where('ear', '=', ear)
      .where('audio', '>', last)
      .orderBy('audio')
      .limit(ROWS_AT_ONCE)
      .execute();
  return {
    /** Those of `audio` that the ear has heard, by audio. */
    async of(ear: string, audio: readonly string[]): Promise<ReadonlyMap<string, Sound>> {
      const found = new Map<string, Sound>();
      for (let first = 0; first < audio.length; first += ROWS_AT_ONCE) {
        const rows = await db
          .selectFrom('sounds')
          .select(['audio', 'vector', 'measures'])
          .where('ear', '=', ear)
          .where('audio', 'in', audio.slice(first, first + ROWS_AT_ONCE))
          .execute();
        for (const row of rows)
          found.set(row.audio, {
            audio: row.audio,
            vector: toVector(row.vector),
            measures: measuresColumn.parse(row.measures),
          });
      }
      return found;
    },
    async all(ear: string): Promise<HeardSounds> {
      const audio: string[] = [];
      const measures: SoundMeasures[] = [];
      const parts: Float32Array[] = [];
      for (
        let rows = await rowsAfter(ear, '');
        rows.length > 0;
        rows = await rowsAfter(ear, audio.at(-1) ?? '')
      )
        for (const row of rows) {
          audio.push(row.audio);
          measures.push(measuresColumn.parse(row.measures));
          parts.push(toVector(row.vector));
        }
      const size = parts[0]?.length ?? 0;
      const vectors = new Float32Array(size * parts.length);
      for (const [row, part] of parts.entries()) vectors.set(part, row * size);
      return { audio, vectors, size, measures };
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
      for (const { audio, vector, measures } of sounds) {
        const heard = { vector: toBytes(vector), measures: measuresColumn.write(measures) };
        await db
          .insertInto('sounds')
          .values({ audio, ear, ...heard })
          .onConflict(conflict => conflict.columns(['audio', 'ear']).doUpdateSet(heard))
          .execute();
      }
    },
  };
}
