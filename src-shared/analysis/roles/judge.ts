import {
  type DrumEvidence,
  type Instrument,
  type Judgement,
  type MonoAudio,
  type PlanarAudio,
  ROLES_IN_ORDER,
  type Role,
  type RoleScores,
  toMono,
} from '../../model';
import { EVIDENCE, type Evidence, measureEvidence, prepareHit, SpectrumMeter } from '../evidence';
import type { RoleConfig } from './config';
import { fuse, marginOf } from './fusion';
import { rolesWithInstruments, withDrum } from './drum-evidence';
import { type Memberships, membershipsOf, ranked } from './membership';
import { reasonsFor } from './reasons';
import { type RuleScores, scoreInstruments, scoreRoles } from './score';

/** A judgement and everything that led to it. */
export interface Assessment {
  readonly judgement: Judgement;
  readonly evidence: Evidence;
  readonly memberships: Memberships;
  readonly rules: RuleScores;
  readonly pClap: RoleScores | null;
  readonly alpha: number;
  readonly margin: number;
  readonly isSilent: boolean;
}

interface Heard {
  readonly pClap?: RoleScores | null;
  readonly drum?: DrumEvidence | null;
  readonly meter?: SpectrumMeter;
}

/**
 * What a hit is and what it is good for.
 *
 * @param heard `pClap`: the audio-text model's probabilities, where there is one; `drum`: what a network heard the hit to be, where it
 *   was cut; `meter`: pass one when many hits are judged
 */
export function assess(
  audio: MonoAudio | PlanarAudio,
  config: RoleConfig,
  { pClap = null, drum = null, meter = new SpectrumMeter() }: Heard = {},
): Assessment {
  const hit = prepareHit('samples' in audio ? audio : toMono(audio));
  if (!hit) return silence();
  const evidence = measureEvidence(hit, meter);
  const memberships = membershipsOf(evidence, config.memberships);
  const rules = scoreRoles(evidence, memberships, config.roles);
  const { alpha, scores: byRules } = fuse(rules.probabilities, pClap, config.fusion);
  const own = scoreInstruments(evidence, memberships, config.instruments).probabilities;
  const instrumentScores = drum ? withDrum(own, drum) : own;
  const scores = drum ? rolesWithInstruments(byRules, instrumentScores) : byRules;
  const [role] = ranked(scores) as [Role, ...Role[]];
  const [instrument] = ranked(instrumentScores) as [Instrument, ...Instrument[]];
  const reasons = reasonsFor(
    role,
    scores,
    evidence,
    memberships,
    config.memberships,
    config.roles.weights[role],
  );
  return {
    judgement: { role, roleScores: scores, instrument, instrumentScores, reasons },
    evidence,
    memberships,
    rules,
    pClap,
    alpha,
    margin: marginOf(scores),
    isSilent: false,
  };
}

export const judge = (
  audio: MonoAudio | PlanarAudio,
  config: RoleConfig,
  meter = new SpectrumMeter(),
  drum: DrumEvidence | null = null,
): Judgement => assess(audio, config, { drum, meter }).judgement;

/** Nothing sounds, so nothing is more likely than anything else; no pool takes it. */
function silence(): Assessment {
  const uniform = Object.fromEntries(ROLES_IN_ORDER.map(role => [role, 1 / ROLES_IN_ORDER.length])) as Record<
    Role,
    number
  >;
  return {
    judgement: {
      role: 'TEXTURE',
      roleScores: uniform,
      instrument: 'fx',
      instrumentScores: { fx: 1 },
      reasons: ['it is silent'],
    },
    evidence: Object.fromEntries(EVIDENCE.map(name => [name, 0])) as Evidence,
    memberships: {},
    rules: { raw: uniform, probabilities: uniform, guards: [] },
    pClap: null,
    alpha: 1,
    margin: 0,
    isSilent: true,
  };
}
