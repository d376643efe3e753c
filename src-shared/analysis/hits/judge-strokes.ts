import type { StrokeClass } from '../onsets';
import type { HitContract } from './contract';
import { JUDGE_WEIGHTS } from './judge-weights';
import { type ComparedBands, EVIDENCE_OF_SONG, songEvidence } from './song-evidence';
import { familiesOf, type StrokeGroups } from './stroke-groups';
import type { FoundStroke } from './stroke-picker';

/** Chance from which on a peak of the network is a stroke that may be: what the song says of it decides. */
export const POSSIBLE_CHANCE = 0.03;

/**
 * Chance from which on a judged stroke counts at sensitivity 0.5: where F is highest on rendered songs that the weights were not fitted
 * on, which is flat from .35 to .5.
 */
const JUDGED_THRESHOLD = 0.4;

/** By what bands a family is told, by its first class. */
const BANDS: Readonly<Record<StrokeClass, ComparedBands>> = {
  kick: 'low',
  snare: 'middle',
  rim: 'middle',
  clap: 'middle',
  chh: 'high',
  ohh: 'high',
  toms: 'body',
  ride: 'high',
  crash: 'high',
};

type Families = HitContract['families'];

/** The families with the thresholds that hold for judged strokes. */
export const judgedFamilies = (families: Families): Families =>
  families.map(family => (weightsOf(family) ? { ...family, threshold: JUDGED_THRESHOLD } : family));

const weightsOf = ({ classes }: Families[number]) => classes[0] && JUDGE_WEIGHTS[classes[0]];

/**
 * Judges every possible stroke of a song anew, by what the song itself tells about it: a logistic regression on its evidence, whose
 * weights are fitted on rendered songs. A family without weights keeps its chances. One stroke after the other, in their order.
 *
 * @param found all peaks from `POSSIBLE_CHANCE` on, in any order
 * @param groups of those
 * @param profiles what each group sounds like
 * @param seconds length of the song
 */
export function* judgeStrokes(
  found: readonly FoundStroke[],
  families: Families,
  groups: StrokeGroups,
  profiles: readonly Float32Array[],
  seconds: number,
): Generator<FoundStroke> {
  const familyOf = familiesOf(found, families);
  const bandsOf = families.map(({ classes }) => BANDS[classes[0] ?? 'kick']);
  const evidence = songEvidence({ found, familyOf, bandsOf, groups, profiles, seconds });
  let index = 0;
  for (const known of evidence) {
    const stroke = found[index]!;
    const weights = weightsOf(families[familyOf[index++]!]!);
    if (!weights) yield stroke;
    else {
      const odds = EVIDENCE_OF_SONG.reduce(
        (sum, name) => sum + weights[name] * known[name],
        weights.constant,
      );
      yield { ...stroke, probability: 1 / (1 + Math.exp(-odds)) };
    }
  }
}
