import type { Library } from '#main/library';
import {
  EAR_MEASURES,
  EMBEDDING_SIZE,
  type Hit,
  hitId,
  INSTRUMENTS,
  type Judgement,
  ROLES_IN_ORDER,
  type RoleScores,
} from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { anyBook, earMeasuresOf } from '#test/any-book';
import { anyVectors } from '#test/any-vectors';

const RATE = 44_100;
const ROWS_AT_ONCE = 5000;
const NO_ROLE: RoleScores = { CORE: 0, ACCENT: 0, FILL: 0, MOTION: 0, TEXTURE: 0 };

/** The ear of a filled library. */
export const ANY_EAR = 'any-ear-1';

/** Fills a library with the hits of `anyBook(count)`, heard and judged, without their audio; on the map too where asked. */
export async function fillLibrary(
  library: Library,
  count: number,
  { ear = ANY_EAR, isMapped = false } = {},
): Promise<HitBook> {
  const book = anyBook(count);
  const vectors = anyVectors(count, { size: EMBEDDING_SIZE, kinds: book.instrument });
  const now = '2026-01-02T03:04:05.000Z';
  await library.write(async at => {
    for (const { id, name } of book.places)
      await at.sources.put(
        { id, name, kind: 'folder', path: `/samples/${name}`, licence: null, author: null },
        now,
      );
  });
  const measured = earMeasuresOf(book);
  for (let first = 0; first < count; first += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, count - first) }, (_, index) => first + index);
    await library.write(async at => {
      await at.hits.putLoose(rows.map(row => hitOf(book, row)));
      if (isMapped) await at.places.add(ear, placesOf(book, rows));
      await at.sounds.put(
        ear,
        rows.map(row => ({
          audio: book.audio[row] ?? '',
          vector: vectors.slice(row * EMBEDDING_SIZE, (row + 1) * EMBEDDING_SIZE),
          measures: {
            brightness: book.brightness[row] ?? 0,
            decaySeconds: book.decaySeconds[row] ?? 0,
            pitch: Number.isNaN(book.pitch[row]) ? null : (book.pitch[row] ?? null),
            loudness: book.loudness[row] ?? 0,
          },
          earMeasures: measured.slice(row * EAR_MEASURES.length, (row + 1) * EAR_MEASURES.length),
        })),
      );
    });
  }
  await library.write(async at => {
    const favourites = book.ids.filter((_, row) => book.favourite[row] === 1);
    await at.marks.change(favourites, { favourite: true, add: [], remove: [] });
    for (const [id, tags] of Object.entries(book.tags))
      await at.marks.change([id], { favourite: null, add: [...tags], remove: [] });
  });
  return book;
}

const placesOf = (book: HitBook, rows: readonly number[]) =>
  rows
    .filter(row => !Number.isNaN(book.x[row] ?? NaN))
    .map(row => ({
      audio: book.audio[row] ?? '',
      x: book.x[row] ?? 0,
      y: book.y[row] ?? 0,
      isFitted: true,
    }));

function hitOf(book: HitBook, row: number): Hit {
  return {
    id: hitId(book.ids[row] ?? ''),
    index: row,
    onsetFrame: 0,
    startFrame: 0,
    frames: Math.max(1, Math.round((book.seconds[row] ?? 1) * RATE)),
    flamFrames: null,
    gain: 1,
    velocity: book.velocity[row] ?? 1,
    sampleRate: RATE,
    audio: book.audio[row] ?? '',
    name: book.names[row] ?? null,
    sourceId: book.places[book.place[row] ?? 0]?.id ?? null,
    duplicates: [],
    judgement: judgementOf(book, row),
    quality: null,
    override: null,
  };
}

function judgementOf(book: HitBook, row: number): Judgement | null {
  const role = ROLES_IN_ORDER[book.role[row] ?? 255];
  const instrument = INSTRUMENTS[book.instrument[row] ?? 255];
  if (!role || !instrument) return null;
  return {
    role,
    roleScores: { ...NO_ROLE, [role]: (book.roleSure[row] ?? 0) / 255 },
    instrument,
    instrumentScores: { [instrument]: (book.instrumentSure[row] ?? 0) / 255 },
    reasons: ['88 % of its power below 150 Hz', 'decays in 140 ms'],
  };
}
