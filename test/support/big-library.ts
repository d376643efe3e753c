import { openLibrary } from '#main/library';
import {
  type Hit,
  hitId,
  INSTRUMENTS,
  type Judgement,
  ROLES,
  ROLES_IN_ORDER,
  type RoleScores,
} from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { anyBook } from './any-book';
import { anyVectors } from './any-vectors';

const RATE = 44_100;
const EAR = 'drum-clap-1';
const VECTOR_SIZE = 128;
/** Stored at once. */
const PART = 5000;

/** Stores the hits of a generated book in the library of `home`, with vectors and places on the map, but without their audio. */
export async function fillLibrary(home: string, count: number, seed = 1): Promise<HitBook> {
  const book = anyBook(count, seed);
  const vectors = anyVectors(count, { seed, kinds: book.instrument });
  const opened = await openLibrary(home);
  if (!opened.ok) throw new Error('the library does not open');
  const library = opened.value;
  await library.write(async at => {
    for (const { id, name } of book.places)
      await at.sources.put(
        { id, name, kind: 'folder', path: `/samples/${name}`, licence: null, author: null },
        '2026-01-01T00:00:00.000Z',
      );
    for (let from = 0; from < count; from += PART) {
      const rows = Array.from({ length: Math.min(PART, count - from) }, (_, at) => from + at);
      await at.hits.putLoose(rows.map(row => hitOfRow(book, row)));
      await at.places.add(
        EAR,
        rows
          .filter(row => !Number.isNaN(book.x[row] ?? NaN))
          .map(row => ({
            audio: book.audio[row] ?? '',
            x: book.x[row] ?? 0,
            y: book.y[row] ?? 0,
            isFitted: true,
          })),
      );
      await at.sounds.put(
        EAR,
        rows.map(row => ({
          audio: book.audio[row] ?? '',
          vector: vectors.subarray(row * VECTOR_SIZE, (row + 1) * VECTOR_SIZE),
          measures: {
            brightness: book.brightness[row] ?? 0,
            decaySeconds: book.decaySeconds[row] ?? 0,
            pitch: Number.isNaN(book.pitch[row] ?? NaN) ? null : (book.pitch[row] ?? null),
            loudness: book.loudness[row] ?? 0,
          },
        })),
      );
    }
  });
  await library.close();
  return book;
}

function hitOfRow(book: HitBook, row: number): Hit {
  return {
    id: hitId(book.ids[row] ?? ''),
    index: row,
    onsetFrame: 44,
    startFrame: 0,
    frames: Math.max(1, Math.round((book.seconds[row] ?? 0) * RATE)),
    flamFrames: null,
    gain: 1,
    velocity: book.velocity[row] ?? 1,
    sampleRate: RATE,
    audio: book.audio[row] ?? '',
    name: book.names[row] ?? null,
    sourceId: book.places[book.place[row] ?? 0]?.id ?? null,
    duplicates: [],
    judgement: judgementOfRow(book, row),
    quality: null,
    override: null,
  };
}

function judgementOfRow(book: HitBook, row: number): Judgement | null {
  const role = ROLES_IN_ORDER[book.role[row] ?? 255];
  const instrument = INSTRUMENTS[book.instrument[row] ?? 255];
  if (!role || !instrument) return null;
  const sure = (book.roleSure[row] ?? 0) / 255;
  const scores = Object.fromEntries(
    ROLES.map(one => [one, one === role ? sure : (1 - sure) / (ROLES.length - 1)]),
  ) as RoleScores;
  return {
    role,
    roleScores: scores,
    instrument,
    instrumentScores: { [instrument]: (book.instrumentSure[row] ?? 0) / 255 },
    reasons: [],
  };
}
