import type { Hit, HitId, VelocityLayer } from '../../model';

/** What is known of a take: how loud it was struck, and how loud its slice is now. */
export interface Take {
  readonly id: HitId;
  /** What its maker called it; null for hits cut from a track. */
  readonly name: string | null;
  /** Level as it was recorded, dB against the loudest of its track or folder. */
  readonly struckDecibels: number;
  /** Level of its slice, dB on the same scale: what normalising has added is in it. */
  readonly sliceDecibels: number;
}

export const takeOf = ({
  id,
  name,
  velocity,
  gain,
}: Pick<Hit, 'id' | 'name' | 'velocity' | 'gain'>): Take => {
  // Velocity is the square root of the amplitude.
  const struckDecibels = 40 * Math.log10(Math.max(velocity, 1e-3));
  return { id, name, struckDecibels, sliceDecibels: struckDecibels + 20 * Math.log10(gain) };
};

export interface MadeLayers {
  readonly layers: readonly VelocityLayer[];
  /** What makes every take as loud as the loudest, dB: velocity alone says how loud a stroke is. */
  readonly gains: ReadonlyMap<HitId, number>;
}

const MOST_LAYERS = 8;
/** Takes of about this range belong to one velocity layer, dB: a drummer's strokes meant alike differ by as much. */
const LAYER_DECIBELS = 8;
/** Up to so many takes may have a layer each; of more, layers have two at least on the whole. */
const FEW_TAKES = 3;
const MOST_GAIN = 24;

/** As many layers as takes of these levels are worth. */
export function fittingLayers(takes: readonly Take[]): number {
  const levels = takes.map(take => take.struckDecibels);
  const range = levels.length === 0 ? 0 : Math.max(...levels) - Math.min(...levels);
  const most = takes.length <= FEW_TAKES ? takes.length : Math.ceil(takes.length / 2);
  return Math.min(MOST_LAYERS, most, 1 + Math.round(range / LAYER_DECIBELS));
}

/**
 * Velocity layers of takes of one sound, with round robins in each. Where all their names say which layer they are of (v1, vel 2), those; else takes
 * are grouped by level so that levels differ least within groups. Borders lie between the velocities that neighbours were struck with.
 */
export function layersOfTakes(takes: readonly Take[], count: number | null = null): MadeLayers {
  const named = takes.map(take => ({ take, place: placeInName(take.name) }));
  const isNamed = takes.length > 1 && new Set(named.map(({ place }) => place?.layer ?? null)).size > 1;
  const groups =
    isNamed && named.every(({ place }) => place !== null)
      ? [...Map.groupBy(named, ({ place }) => place?.layer ?? 0)]
          .sort(([a], [b]) => a - b)
          .map(([, group]) =>
            group.sort((a, b) => (a.place?.take ?? 0) - (b.place?.take ?? 0)).map(({ take }) => take),
          )
      : count === null
        ? groupsApart(takes)
        : groupsByLevel(takes, count);
  const loudest = Math.max(...takes.map(take => take.sliceDecibels));
  const gains = takes.map(({ id, sliceDecibels }): [HitId, number] => [
    id,
    Math.min(MOST_GAIN, Math.round((loudest - sliceDecibels) * 10) / 10),
  ]);
  const borders = bordersOf(groups);
  return {
    layers: groups.map((group, index) => ({ upTo: borders[index] ?? 127, hits: group.map(({ id }) => id) })),
    gains: new Map(gains),
  };
}

/** "kick_v2_rr3", "Snare Vel 4 RR1": which layer and which take a file says it is. */
export function placeInName(name: string | null): { readonly layer: number; readonly take: number } | null {
  const layer = /(?:(?:^|[^a-z])v|vel(?:ocity)?)[ _-]?(\d{1,3})(?!\d)/i.exec(name ?? '')?.[1];
  const take = /(?:^|[^a-z])(?:rr|round[ _-]?robin|take)[ _-]?(\d{1,3})(?!\d)/i.exec(name ?? '')?.[1];
  if (layer === undefined) return null;
  return { layer: Number(layer), take: Number(take ?? 0) };
}

/** Neighbouring layers that the machine chooses differ by this at least, dB. */
const APART_DECIBELS = 3;

/** As many groups as fit, and as differ. */
function groupsApart(takes: readonly Take[]): Take[][] {
  for (let count = fittingLayers(takes); count > 1; count--) {
    const groups = groupsByLevel(takes, count);
    const means = groups.map(
      group => group.reduce((sum, take) => sum + take.struckDecibels, 0) / group.length,
    );
    if (means.every((mean, at) => at === 0 || mean - (means[at - 1] ?? 0) >= APART_DECIBELS)) return groups;
  }
  return groupsByLevel(takes, 1);
}

/** Soft to loud, `count` groups of neighbours by level whose squared differences from their means are least (Fisher 1958). */
function groupsByLevel(takes: readonly Take[], count: number): Take[][] {
  const sorted = [...takes].sort((a, b) => a.struckDecibels - b.struckDecibels);
  const wanted = Math.max(1, Math.min(count, sorted.length));
  const cost = (from: number, to: number): number => {
    const levels = sorted.slice(from, to).map(take => take.struckDecibels);
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    return levels.reduce((sum, level) => sum + (level - mean) ** 2, 0);
  };
  // best[n][k]: the first n takes in k + 1 groups.
  let best = sorted.map((_, index) => ({ cost: cost(0, index + 1), starts: [0] }));
  for (let groups = 1; groups < wanted; groups++) {
    best = sorted.map((_, index) => {
      let found = { cost: Infinity, starts: [0] };
      for (let start = groups; start <= index; start++) {
        const before = best[start - 1];
        const total = (before?.cost ?? Infinity) + cost(start, index + 1);
        if (before && total < found.cost) found = { cost: total, starts: [...before.starts, start] };
      }
      return found;
    });
  }
  const starts = best.at(-1)?.starts ?? [0];
  return starts
    .map((start, group) => sorted.slice(start, starts[group + 1]))
    .filter(group => group.length > 0);
}

/** Upper borders, ascending, the last 127: halfway between the velocities of neighbours, even shares where those are the same. */
function bordersOf(groups: readonly (readonly Take[])[]): number[] {
  const velocityOf = ({ struckDecibels }: Take): number => 127 * 10 ** (struckDecibels / 40);
  const loudest = Math.max(...groups.flat().map(velocityOf));
  const means = groups.map(
    group => (127 / loudest) * (group.reduce((sum, take) => sum + velocityOf(take), 0) / group.length),
  );
  const isRising = means.every((mean, index) => index === 0 || mean - (means[index - 1] ?? 0) >= 2);
  return groups.map((_, index) => {
    if (index === groups.length - 1) return 127;
    const even = (127 * (index + 1)) / groups.length;
    const wanted = isRising ? ((means[index] ?? 0) + (means[index + 1] ?? 0)) / 2 : even;
    return Math.min(127 - (groups.length - 1 - index), Math.max(index + 1, Math.round(wanted)));
  });
}
