import { setImmediate } from 'node:timers/promises';
import { type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { cleanliness, DuplicateFilter, orderForKeeping } from '#shared/analysis';
import { compareText } from '#shared/model';
import { readSlices } from '../slices';
import { HitTable } from './hit-table';
import type { KitSong } from './input';

export interface KeptHit {
  /** Row of the table. */
  readonly row: number;
  /** Rows of the hits that sound like this one, and how much. */
  readonly duplicates: { readonly row: number; readonly similarity: number }[];
}

/** The order of songs in a kit does not depend on the order in which they were given. */
export const sortedSongs = (songs: readonly KitSong[]): KitSong[] =>
  [...songs].sort((a, b) => compareText(a.name, b.name) || compareText(a.sourceSha256, b.sourceSha256));

/** Rows in order of song and time, as the slices files have them. */
export async function readHits(songs: readonly KitSong[], context: StageContext): Promise<HitTable> {
  const table = new HitTable();
  for (const [song, { slices }] of songs.entries()) {
    await readSlices(slices.path, slice => {
      throwIfCancelled(context.signal);
      table.add(song, slice);
    });
  }
  return table;
}

/** Between looks at the abort signal; each offer takes microseconds to a millisecond. */
const OFFERS_PER_TURN = 64;

/** The hits that a kit keeps, in order of song and time, each with the ones that sound like it. */
export async function withoutDuplicates(
  table: HitTable,
  songs: readonly KitSong[],
  threshold: number,
  context: StageContext,
  share: number,
): Promise<KeptHit[]> {
  const filter = new DuplicateFilter(threshold, table.fingerprintLength);
  const kept: KeptHit[] = [];
  const order = orderForKeeping(
    Array.from({ length: table.count }, (_, row) => {
      const hit = table.hit(row);
      const source = songs[hit.song]?.sourceSha256 ?? '';
      return { cleanliness: cleanliness(hit), source, position: hit.start_frame };
    }),
  );
  for (const [turn, row] of order.entries()) {
    if (turn % OFFERS_PER_TURN === 0) {
      await setImmediate();
      throwIfCancelled(context.signal);
      context.report((share * turn) / order.length);
    }
    const verdict = filter.offer(table.fingerprint(row));
    if (verdict.kind === 'kept') kept.push({ row, duplicates: [] });
    else kept[verdict.of]?.duplicates.push({ row, similarity: verdict.similarity });
  }
  for (const { duplicates } of kept) duplicates.sort((a, b) => a.row - b.row);
  return kept.sort((a, b) => a.row - b.row);
}
