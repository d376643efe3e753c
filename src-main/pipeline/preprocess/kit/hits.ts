import { setImmediate } from 'node:timers/promises';
import { type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { cleanliness, DuplicateFilter, orderForKeeping } from '#shared/analysis';
import { compareText, type Slice } from '#shared/model';
import { readSlices } from '../slices';
import type { KitSong } from './input';

/** A slice of one of the songs; its fingerprint lies apart. */
export interface SongHit extends Omit<Slice, 'fingerprint'> {
  /** Index into the sorted songs. */
  readonly song: number;
}

export interface Likeness {
  readonly hit: SongHit;
  readonly similarity: number;
}

export interface KeptHit {
  readonly hit: SongHit;
  readonly duplicates: Likeness[];
}

/** All hits of the songs, their fingerprints in one array, row by row. */
export interface AllHits {
  readonly hits: readonly SongHit[];
  readonly fingerprints: Float32Array;
  readonly length: number;
}

/** The order of songs in a kit does not depend on the order in which they were given. */
export const sortedSongs = (songs: readonly KitSong[]): KitSong[] =>
  [...songs].sort((a, b) => compareText(a.name, b.name) || compareText(a.sourceSha256, b.sourceSha256));

export async function readHits(songs: readonly KitSong[], context: StageContext): Promise<AllHits> {
  const hits: SongHit[] = [];
  let fingerprints = new Float32Array(0);
  let length = 0;
  for (const [song, { slices }] of songs.entries()) {
    await readSlices(slices.path, ({ fingerprint, ...slice }) => {
      throwIfCancelled(context.signal);
      length ||= fingerprint.length;
      if ((hits.length + 1) * length > fingerprints.length) {
        const larger = new Float32Array(Math.max(1024 * length, 2 * fingerprints.length));
        larger.set(fingerprints);
        fingerprints = larger;
      }
      fingerprints.set(fingerprint, hits.length * length);
      hits.push({ ...slice, song });
    });
  }
  return { hits, fingerprints, length };
}

/** Between looks at the abort signal; each offer is a few microseconds to a millisecond. */
const OFFERS_PER_TURN = 64;

/** The hits that a kit keeps, in order of song and time, each with the ones that sound like it. */
export async function withoutDuplicates(
  { hits, fingerprints, length }: AllHits,
  songs: readonly KitSong[],
  threshold: number,
  context: StageContext,
  share: number,
): Promise<KeptHit[]> {
  const filter = new DuplicateFilter(threshold, length);
  const kept: KeptHit[] = [];
  const order = orderForKeeping(
    hits.map(hit => ({
      cleanliness: cleanliness(hit.quality),
      key: `${songs[hit.song]?.sourceSha256 ?? ''}:${String(hit.start_frame).padStart(12, '0')}`,
    })),
  );
  for (const [turn, index] of order.entries()) {
    if (turn % OFFERS_PER_TURN === 0) {
      await setImmediate();
      throwIfCancelled(context.signal);
      context.report((share * turn) / order.length);
    }
    const hit = hits[index]!;
    const verdict = filter.offer(fingerprints.subarray(index * length, (index + 1) * length));
    if (verdict.kind === 'kept') kept.push({ hit, duplicates: [] });
    else kept[verdict.of]!.duplicates.push({ hit, similarity: verdict.similarity });
  }
  const byPlace = (a: SongHit, b: SongHit): number => a.song - b.song || a.start_frame - b.start_frame;
  for (const { duplicates } of kept) duplicates.sort((a, b) => byPlace(a.hit, b.hit));
  return kept.sort((a, b) => byPlace(a.hit, b.hit));
}
