import { RowsBelow } from './best-rows';
import { NeighbourFinder } from './neighbours';
import { SoundIndex } from './sound-index';

/** Cells in which twins of a sound are looked for: those of the landmarks that are nearest to it. */
const CELLS = 3;
/** Of a sound with more twins than this, these; the others are twins of its twins. */
const MOST_TWINS = 48;

/**
 * Pairs of sounds whose cosine is at least `least`, the lower slot first, a sound at a time: slots in turn. Each sound lies in the cell of the nearest of
 * some hundred landmarks (the root of their number, evenly taken), and is held against the sounds in its three nearest cells: time grows with
 * the number of sounds to the power of 1.5. A pair is missed only if neither has the other's cell among its three.
 */
export function* twinCandidates(index: SoundIndex, least: number): Generator<readonly number[]> {
  const { count, size } = index;
  const landmarkCount = Math.max(1, Math.round(Math.sqrt(count)));
  const landmarks = new SoundIndex(size);
  const picked = new Float32Array(landmarkCount * size);
  for (let at = 0; at < landmarkCount; at++) {
    const slot = Math.floor((at * count) / landmarkCount);
    picked.set(index.vectors.subarray(slot * size, (slot + 1) * size), at * size);
  }
  landmarks.append(picked);
  const finder = new NeighbourFinder(landmarks);
  const vectorOf = (slot: number): Float32Array => index.vectors.slice(slot * size, (slot + 1) * size);
  const near = new Int32Array(count * CELLS).fill(-1);
  const cells: number[][] = Array.from({ length: landmarkCount }, () => []);
  for (let slot = 0; slot < count; slot++) {
    const { slots } = finder.nearest(vectorOf(slot), CELLS);
    near.set(slots, slot * CELLS);
    cells[slots[0] ?? 0]?.push(slot);
    yield [];
  }
  const members = cells.map(cell => Int32Array.from(cell));
  const all = Int32Array.from({ length: count }, (_, slot) => slot);
  const none = new Float32Array(count);
  for (let slot = 0; slot < count; slot++) {
    const vector = vectorOf(slot);
    const aim = index.aim(vector);
    const others: number[] = [];
    for (let at = 0; at < CELLS; at++) {
      const rows = members[near[slot * CELLS + at]!];
      if (!rows) continue;
      const found = new RowsBelow(-least, rows.length);
      index.scan(aim, rows, rows.length, all, none, found);
      for (const other of found.sorted().rows) if (other !== slot) others.push(other);
    }
    const pairs: number[] = [];
    // A pair whose cells both know it is told once, by the lower slot.
    for (const other of others.slice(0, MOST_TWINS))
      if (slot < other || !knows(near, other, near[slot * CELLS]!))
        pairs.push(Math.min(slot, other), Math.max(slot, other));
    yield pairs;
  }
}

function knows(near: Int32Array, slot: number, cell: number): boolean {
  for (let at = 0; at < CELLS; at++) if (near[slot * CELLS + at] === cell) return true;
  return false;
}

/** Sounds that are the same, by their numbers: the best take first. */
export interface Twins {
  readonly members: readonly number[];
  /** Of the member least like the best one. */
  readonly likeness: number;
}

/**
 * Groups of sounds around their best takes: in the order of `best`, a sound that no better one has taken takes those of its pairs that are
 * left and confirmed.
 *
 * @param pairs slots in turn
 * @param best all slots, the best take first
 * @param likeness of two sounds; null where it is too small
 */
export function groupTwins(
  pairs: readonly number[],
  best: readonly number[],
  likeness: (left: number, right: number) => number | null,
): Twins[] {
  const partners = new Map<number, Set<number>>();
  const meet = (left: number, right: number): void => {
    const known = partners.get(left);
    if (known) known.add(right);
    else partners.set(left, new Set([right]));
  };
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    meet(pairs[at]!, pairs[at + 1]!);
    meet(pairs[at + 1]!, pairs[at]!);
  }
  const taken = new Set<number>();
  const rank = new Map(best.map((slot, at) => [slot, at]));
  const groups: Twins[] = [];
  for (const leader of best) {
    if (taken.has(leader)) continue;
    const members = [leader];
    let least = 1;
    const candidates = [...(partners.get(leader) ?? [])].sort(
      (a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0),
    );
    for (const other of candidates) {
      const found = taken.has(other) ? null : likeness(leader, other);
      if (found === null) continue;
      members.push(other);
      taken.add(other);
      least = Math.min(least, found);
    }
    taken.add(leader);
    if (members.length > 1) groups.push({ members, likeness: least });
  }
  return groups;
}
