import { setImmediate } from 'node:timers/promises';
import { type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { DuplicateFilter, orderForKeeping, takeScore } from '#shared/analysis';
import { compareText, type Take } from '#shared/model';
import { readSlices } from '../slices';
import { HitTable, qualityOf, type TableHit } from './hit-table';
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
      return { score: hit.by_hand + scoreOf(hit), source, position: hit.start_frame };
    }),
  );
  for (const [turn, row] of order.entries()) {
    if (turn % OFFERS_PER_TURN === 0) {
      await setImmediate();
      throwIfCancelled(context.signal);
      context.report((share * turn) / order.length);
    }
    const isByHand = table.hit(row).by_hand === 1;
    const verdict = isByHand ? filter.keep(table.fingerprint(row)) : filter.offer(table.fingerprint(row));
    if (verdict.kind === 'kept') kept.push({ row, duplicates: [] });
    else kept[verdict.of]?.duplicates.push({ row, similarity: verdict.similarity });
  }
  for (const { duplicates } of kept) duplicates.sort((a, b) => a.row - b.row);
  return kept.sort((a, b) => a.row - b.row);
}

const scoreOf = (hit: TableHit): number => takeScore(qualityOf(hit), hit.velocity);

/** Likeness above which two hits are takes of one sound: the same drum, struck much the same. */
const SAME_SOUND = 0.93;

/** How good a take of its sound each hit is, those that were left out included, by row. */
export async function rankTakes(
  table: HitTable,
  kept: readonly KeptHit[],
  context: StageContext,
): Promise<ReadonlyMap<number, Take>> {
  const filter = new DuplicateFilter(SAME_SOUND, table.fingerprintLength);
  const score = ({ row }: KeptHit): number => scoreOf(table.hit(row));
  const best = kept.map(hit => ({ hit, score: score(hit) }));
  best.sort((a, b) => b.score - a.score || a.hit.row - b.hit.row);
  const sounds: number[][] = [];
  for (const [turn, { hit }] of best.entries()) {
    if (turn % OFFERS_PER_TURN === 0) {
      await setImmediate();
      throwIfCancelled(context.signal);
    }
    const verdict = filter.offer(table.fingerprint(hit.row));
    const rows = [hit.row, ...hit.duplicates.map(({ row }) => row)];
    if (verdict.kind === 'kept') sounds.push(rows);
    else sounds[verdict.of]?.push(...rows);
  }
  const takes = new Map<number, Take>();
  for (const rows of sounds) {
    const scored = rows.map(row => ({ row, score: scoreOf(table.hit(row)) }));
    scored.sort((a, b) => b.score - a.score || a.row - b.row);
    for (const [index, { row, score: own }] of scored.entries())
      takes.set(row, { score: Math.round(own * 1e4) / 1e4, rank: index + 1, of: scored.length });
  }
  return takes;
}
