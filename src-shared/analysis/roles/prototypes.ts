import {
  type Instrument,
  INSTRUMENT_FACTS,
  type Judgement,
  type Override,
  type Role,
  ROLE_NAMES,
} from '../../model';
import { normalised, ranked } from './membership';

/** A hit of which the user said what it is, and how it sounds to the ear. */
export interface Example {
  readonly vector: Float32Array;
  readonly said: Override;
}

/** A hit that the machine has judged, and how it sounds to the ear. */
export interface JudgedHit {
  readonly vector: Float32Array;
  readonly judgement: Judgement;
}

/** The mean of all examples of one class, and how many they are. */
interface Prototype<Name extends string> {
  readonly name: Name;
  readonly centre: Float32Array;
  readonly count: number;
}

interface Side<Name extends string> {
  readonly examples: readonly Prototype<Name>[];
  /** Where the hits lie that the machine takes for each class. */
  readonly usual: ReadonlyMap<Name, Float32Array>;
}

export interface Prototypes {
  readonly roles: Side<Role>;
  readonly instruments: Side<Instrument>;
}

/** Difference in cosine over which a likeness falls by a factor of e. */
const REACH = 0.05;
/** How much nearer than its own kind a hit must be to the examples, in cosine, for them to count fully. */
const DOUBT = 0.03;
/** Weight of many examples at no distance, against the machine's own judgement, which weighs 1. */
const MOST = 6;

/**
 * What the user's examples say of others; null when none of them says anything.
 *
 * @param others judged hits among which the examples lie
 */
export function prototypesOf(examples: readonly Example[], others: readonly JudgedHit[]): Prototypes | null {
  const roles = centresOf<Role>(examples, said => said.role);
  const instruments = centresOf<Instrument>(examples, said => said.instrument);
  if (roles.length + instruments.length === 0) return null;
  return {
    roles: { examples: roles, usual: usualOf(others, ({ role, roleScores }) => [role, roleScores[role]]) },
    instruments: {
      examples: instruments,
      usual: usualOf(others, ({ instrument, instrumentScores }) => [
        instrument,
        instrumentScores[instrument] ?? 0,
      ]),
    },
  };
}

function centresOf<Name extends string>(
  examples: readonly Example[],
  nameOf: (said: Override) => Name | undefined,
): Prototype<Name>[] {
  const groups = new Map<Name, Float32Array[]>();
  for (const { vector, said } of examples) {
    const name = nameOf(said);
    // Silence says nothing.
    if (name === undefined || vector.every(value => value === 0)) continue;
    groups.set(name, [...(groups.get(name) ?? []), vector]);
  }
  return [...groups].map(([name, vectors]) => {
    const sum = new Float32Array(vectors[0]?.length ?? 0);
    for (const vector of vectors) add(sum, vector, 1);
    return { name, centre: asUnit(sum), count: vectors.length };
  });
}

function usualOf<Name extends string>(
  hits: readonly JudgedHit[],
  best: (judgement: Judgement) => readonly [Name, number],
): ReadonlyMap<Name, Float32Array> {
  const sums = new Map<Name, Float32Array>();
  for (const { vector, judgement } of hits) {
    const [name, chance] = best(judgement);
    const sum = sums.get(name) ?? new Float32Array(vector.length);
    add(sum, vector, chance);
    sums.set(name, sum);
  }
  return new Map([...sums].map(([name, sum]) => [name, asUnit(sum)]));
}

function add(sum: Float32Array, vector: Float32Array, share: number): void {
  for (let at = 0; at < sum.length; at++) sum[at]! += share * vector[at]!;
}

function asUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map(value => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/**
 * A judgement with the user's examples taken into account. A class with n examples, whose mean lies at cosine c from the hit, gains
 * `6 n / (n + 1) * exp((c - 1) / 0.05) / (1 + exp((u - c) / 0.03))` beside the machine's own probabilities, which together weigh 1;
 * u is the cosine to the mean of the hits that the machine takes for the same as this one. All is scaled to sum to 1. So what sounds
 * like the examples, and more so than like its own kind, follows them; what does not stays as it was.
 */
export function likeExamples(judgement: Judgement, vector: Float32Array, prototypes: Prototypes): Judgement {
  const instruments = blended(
    judgement.instrument,
    judgement.instrumentScores,
    vector,
    prototypes.instruments,
  );
  const roles = blended(judgement.role, judgement.roleScores, vector, prototypes.roles);
  const [instrument = judgement.instrument] = ranked(instruments.scores);
  const [role = judgement.role] = ranked(roles.scores);
  const followed = [
    sentence(instruments, instrument, INSTRUMENT_FACTS[instrument].name),
    sentence(roles, role, ROLE_NAMES[role]),
  ].filter(text => text !== null);
  return {
    ...judgement,
    role,
    roleScores: roles.scores as Judgement['roleScores'],
    instrument,
    instrumentScores: instruments.scores,
    reasons: [...judgement.reasons, ...followed],
  };
}

interface Blended<Name extends string> {
  readonly scores: Partial<Record<Name, number>>;
  /** The prototypes that have a say, with their weight. */
  readonly weights: ReadonlyMap<Name, { readonly weight: number; readonly count: number }>;
}

/** Below this share of the machine's own say, examples go unmentioned. */
const MENTIONED = 0.25;

function sentence<Name extends string>({ weights }: Blended<Name>, name: Name, word: string): string | null {
  const found = weights.get(name);
  if (!found || found.weight < MENTIONED) return null;
  return found.count === 1
    ? `like a hit that you called ${word}`
    : `like ${found.count} hits that you called ${word}`;
}

function blended<Name extends string>(
  best: Name,
  own: Readonly<Partial<Record<Name, number>>>,
  vector: Float32Array,
  { examples, usual }: Side<Name>,
): Blended<Name> {
  const scores: Partial<Record<Name, number>> = { ...own };
  const weights = new Map<Name, { readonly weight: number; readonly count: number }>();
  const kind = usual.get(best);
  const toKind = kind ? dot(kind, vector) : -1;
  for (const { name, centre, count } of examples) {
    const cosine = dot(centre, vector);
    const isNearer = 1 / (1 + Math.exp((toKind - cosine) / DOUBT));
    const weight = ((MOST * count) / (count + 1)) * Math.exp((cosine - 1) / REACH) * isNearer;
    weights.set(name, { weight, count });
    scores[name] = (scores[name] ?? 0) + weight;
  }
  return { scores: normalised(scores as Record<Name, number>), weights };
}
