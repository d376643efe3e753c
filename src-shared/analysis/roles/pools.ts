import {
  compareText,
  INSTRUMENTS,
  type Override,
  type PerSample,
  type PoolEntry,
  type PoolsFile,
  ROLES_IN_ORDER,
  type Role,
} from '../../model';
import type { RoleConfig } from './config';
import type { Assessment } from './judge';

export interface AssessedSample {
  readonly sampleId: string;
  readonly filepath: string;
  readonly assessment: Assessment;
  /** What the user said; null when nothing. */
  readonly override: Override | null;
}

/** Four decimals: more than a probability deserves, and readable files. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const roundedAll = <Values extends Readonly<Partial<Record<string, number>>>>(values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, rounded(value ?? 0)]),
  ) as unknown as Values;

const bestFirst = (a: PoolEntry, b: PoolEntry): number =>
  b.confidence - a.confidence || compareText(a.sample_id, b.sample_id);

/** Whether the machine alone is sure enough to put a sample into its role's pool. */
const isSure = ({ judgement, margin, isSilent }: Assessment, rules: RoleConfig['pools']): boolean =>
  !isSilent && judgement.roleScores[judgement.role] >= rules.min_confidence && margin >= rules.min_margin;

/**
 * Sorts samples into pools by role and by instrument. What the user said wins; a sample that no role is sure of stays out; a role
 * left empty takes the best sample that reaches `fallback_confidence`, never a random one, and is listed in `empty`.
 */
export function buildPools(samples: readonly AssessedSample[], rules: RoleConfig['pools']): PoolsFile {
  const byRole = Object.fromEntries(
    ROLES_IN_ORDER.map(role => [role, rolePoolOf(samples, role, rules)]),
  ) as Record<Role, PoolEntry[]>;
  const empty = ROLES_IN_ORDER.filter(role => byRole[role].every(entry => entry.fallback));
  const byInstrument = INSTRUMENTS.map(instrument => {
    const entries = samples
      .filter(({ assessment, override }) =>
        override?.instrument
          ? override.instrument === instrument
          : !assessment.isSilent && assessment.judgement.instrument === instrument,
      )
      .map(sample =>
        entryOf(
          sample,
          sample.assessment.judgement.instrumentScores[instrument] ?? 0,
          sample.override?.instrument !== undefined,
        ),
      );
    return [instrument, entries.sort(bestFirst)] as const;
  });
  return {
    ...Object.fromEntries(ROLES_IN_ORDER.map(role => [`${role}_POOL`, byRole[role]])),
    ...Object.fromEntries(byInstrument.map(([instrument, entries]) => [`${instrument}_POOL`, entries])),
    counts: Object.fromEntries(ROLES_IN_ORDER.map(role => [role, byRole[role].length])),
    instrument_counts: Object.fromEntries(
      byInstrument.map(([instrument, entries]) => [instrument, entries.length]),
    ),
    unassigned: samples
      .filter(({ assessment, override }) => !override?.role && !isSure(assessment, rules))
      .map(({ sampleId }) => sampleId)
      .sort(compareText),
    empty,
  };
}

function rolePoolOf(samples: readonly AssessedSample[], role: Role, rules: RoleConfig['pools']): PoolEntry[] {
  const entries: PoolEntry[] = [];
  for (const sample of samples) {
    const { assessment, override } = sample;
    const isOverridden = override?.role !== undefined;
    const isMember = isOverridden
      ? override.role === role
      : assessment.judgement.role === role && isSure(assessment, rules);
    if (isMember) entries.push(entryOf(sample, assessment.judgement.roleScores[role], isOverridden));
  }
  if (entries.length > 0) return entries.sort(bestFirst);
  const [best] = samples
    .filter(({ assessment, override }) => !override?.role && !assessment.isSilent)
    .map(sample => entryOf(sample, sample.assessment.judgement.roleScores[role], false))
    .sort(bestFirst);
  return best && best.confidence > rules.fallback_confidence ? [{ ...best, fallback: true }] : [];
}

const entryOf = (
  { sampleId, filepath }: AssessedSample,
  confidence: number,
  isOverridden: boolean,
): PoolEntry => ({
  sample_id: sampleId,
  filepath,
  confidence: isOverridden ? 1 : rounded(confidence),
  ...(isOverridden && { override: true as const }),
});

/** The record of `per_sample_N.json`. */
export function perSampleOf(sample: AssessedSample, rules: RoleConfig['pools']): PerSample {
  const { assessment, sampleId, filepath, override } = sample;
  const { judgement, evidence, memberships, alpha, margin, ear } = assessment;
  return {
    sample_id: sampleId,
    filepath,
    features: roundedAll(evidence),
    memberships: roundedAll(memberships),
    rule_scores: roundedAll(assessment.rules.raw),
    p_rule: roundedAll(assessment.rules.probabilities),
    p_clap: ear && roundedAll(ear.roles),
    clap_instruments: ear && roundedAll(ear.instruments),
    heard_as: ear && { text: ear.description.text, likeness: rounded(ear.description.likeness) },
    alpha: rounded(alpha),
    p_fused: roundedAll(assessment.fused),
    p_final: roundedAll(judgement.roleScores),
    guards: [...assessment.rules.guards],
    role: judgement.role,
    confidence: rounded(judgement.roleScores[judgement.role]),
    margin: rounded(margin),
    assigned: isSure(assessment, rules),
    instrument: judgement.instrument,
    instrument_scores: roundedAll(judgement.instrumentScores),
    reasons: [...judgement.reasons],
    override,
  };
}
