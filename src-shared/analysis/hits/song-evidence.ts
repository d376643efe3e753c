import { PROFILE_SIZE, profileBands } from './sound-profile';
import { repeatedChance, repetitionsOf } from './repetition';
import { ChanceLookup, firstFrom, GROUP_SECONDS, type StrokeGroups } from './stroke-groups';
import type { FoundStroke } from './stroke-picker';

/** What is known of a possible stroke of one family beside its own chance; log odds, as far as they are chances. */
export const EVIDENCE_OF_SONG = [
  'own',
  'repeated',
  'alike',
  'alikeAll',
  'alone',
  'share',
  'clearest',
  'beside',
] as const;
export type SongEvidence = Readonly<Record<(typeof EVIDENCE_OF_SONG)[number], number>>;

/** Groups count as the song's own moments from this chance of their likeliest stroke on. */
const LEAST_MOMENT_CHANCE = 0.2;
/** Sounds are compared with those of so many moments before and after, of which this share, and at least three, are the likest. */
const COMPARED_MOMENTS = 256;
const LIKEST_SHARE = 12;
const FEWEST_LIKEST = 3;
/** A second peak of one drum within this is doubtful. */
const BESIDE_SECONDS = 0.06;
const LEAST_DEVIATION = 0.05;
const LEAST_CHANCE = 0.003;

/** Bands by which a family's strokes are compared: its own, so that a hat is heard above the kick that it sounds with. */
const BANDS_OF_FAMILY = {
  low: profileBands(0, 5),
  body: profileBands(0, 8),
  middle: profileBands(3, 13),
  high: profileBands(9, 14),
} as const;
const ALL_BANDS = profileBands(0, PROFILE_SIZE / 3);
export type ComparedBands = keyof typeof BANDS_OF_FAMILY;

export const logOdds = (chance: number): number => {
  const bounded = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
  return Math.log(bounded / (1 - bounded));
};

interface Song {
  readonly found: readonly FoundStroke[];
  readonly familyOf: readonly number[];
  readonly bandsOf: readonly ComparedBands[];
  readonly groups: StrokeGroups;
  /** Of each group. */
  readonly profiles: readonly Float32Array[];
  readonly seconds: number;
}

/**
 * What a song itself says of each possible stroke: how likely the same stroke is where the groove repeats, where the song sounds alike,
 * and whether the family is ever struck alone. One stroke after the other, in their order: a long song's take minutes.
 */
export function* songEvidence({
  found,
  familyOf,
  bandsOf,
  groups,
  profiles,
  seconds,
}: Song): Generator<SongEvidence> {
  const count = bandsOf.length;
  const chances = new ChanceLookup(found, familyOf, count);
  const { centres, groupOf } = groups;
  const inTime = centres.map((_, group) => group).sort((a, b) => centres[a]! - centres[b]!);
  const moments = inTime.filter(group => groups.chances[group]! >= LEAST_MOMENT_CHANCE);
  const ofGroup = centres.map(centre =>
    Float64Array.from({ length: count }, (_, family) => chances.greatest(family, centre, GROUP_SECONDS)),
  );
  const families = bandsOf.map((_, family) =>
    familyInSong(
      moments.map(group => ofGroup[group]!),
      family,
    ),
  );
  const repetitions = repetitionsOf(chances, count, seconds);
  const compare = comparison(levelled(profiles, moments), centres, moments, ofGroup);
  for (const [index, stroke] of found.entries()) {
    const family = familyOf[index]!;
    const { alone, share, clearest } = families[family]!;
    const { time, probability } = stroke;
    const alike = compare(groupOf[index]!, family, BANDS_OF_FAMILY[bandsOf[family]!], share);
    const alikeAll = compare(groupOf[index]!, family, ALL_BANDS, share);
    yield {
      own: logOdds(probability),
      repeated: logOdds(repeatedChance(chances, repetitions, { family, time, share, seconds })),
      alike: logOdds(alike),
      alikeAll: logOdds(alikeAll),
      alone: Math.log(alone + 0.02),
      share: logOdds(share),
      clearest: logOdds(clearest),
      beside: logOdds(chances.greatest(family, time, BESIDE_SECONDS)) - logOdds(probability),
    };
  }
}

/** How much of a family is struck alone, of how many moments it is part, and how clear its clearest tenth is. */
function familyInSong(moments: readonly Float64Array[], family: number) {
  let [alone, sum] = [0, 0];
  for (const chances of moments) {
    sum += chances[family]!;
    alone += chances.reduce(
      (product, chance, other) => product * (other === family ? chance : 1 - chance),
      1,
    );
  }
  const ranked = moments.map(chances => chances[family]!).sort((a, b) => b - a);
  const clearest = ranked.slice(0, Math.max(1, Math.floor(moments.length / 10)));
  return {
    alone: alone / (sum + 0.5),
    share: sum / Math.max(1, moments.length),
    clearest: clearest.reduce((total, chance) => total + chance, 0) / Math.max(1, clearest.length),
  };
}

/** Profiles in deviations of the song's moments from their mean. */
function levelled(profiles: readonly Float32Array[], moments: readonly number[]): Float32Array[] {
  const [mean, deviation] = [new Float64Array(PROFILE_SIZE), new Float64Array(PROFILE_SIZE)];
  for (let at = 0; at < PROFILE_SIZE; at++) {
    let [sum, squares] = [0, 0];
    for (const group of moments) sum += profiles[group]![at]!;
    mean[at] = sum / Math.max(1, moments.length);
    for (const group of moments) squares += (profiles[group]![at]! - mean[at]!) ** 2;
    deviation[at] = Math.sqrt(squares / Math.max(1, moments.length)) + LEAST_DEVIATION;
  }
  return profiles.map(profile => profile.map((value, at) => (value - mean[at]!) / deviation[at]!));
}

/** Mean chance of a family in the moments whose sound is the likest to a group's. */
function comparison(
  profiles: readonly Float32Array[],
  centres: readonly number[],
  moments: readonly number[],
  chances: readonly Float64Array[],
) {
  const times = Float64Array.from(moments, group => centres[group]!);
  return (group: number, family: number, bands: readonly number[], share: number): number => {
    const [own, centre] = [profiles[group]!, centres[group]!];
    const place = firstFrom(times, centre);
    const others = moments
      .slice(Math.max(0, place - COMPARED_MOMENTS), place + COMPARED_MOMENTS)
      .filter(other => Math.abs(centres[other]! - centre) > GROUP_SECONDS);
    if (others.length === 0) return share;
    const ranked = others
      .map(other => {
        const profile = profiles[other]!;
        let distance = 0;
        for (const band of bands) distance += (profile[band]! - own[band]!) ** 2;
        return { other, distance };
      })
      .sort((a, b) => a.distance - b.distance)
      .slice(0, Math.max(FEWEST_LIKEST, Math.floor(others.length / LIKEST_SHARE)));
    return ranked.reduce((sum, { other }) => sum + chances[other]![family]!, 0) / ranked.length;
  };
}
