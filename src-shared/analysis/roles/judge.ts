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
import type { Heard as EarHeard } from '../clap';
import type { RoleConfig } from './config';
import { fuse, marginOf } from './fusion';
import { rolesWithInstruments, withDrum, withEar } from './drum-evidence';
import { type Memberships, membershipsOf, ranked } from './membership';
import { heardReason, reasonsFor } from './reasons';
import { type RuleScores, scoreInstruments, scoreRoles } from './score';

/** A judgement and everything that led to it. */
export interface Assessment {
  readonly judgement: Judgement;
  readonly evidence: Evidence;
  readonly memberships: Memberships;
  readonly rules: RuleScores;
  /** What the audio-text model makes of it; null without one. */
  readonly ear: EarHeard | null;
  readonly alpha: number;
  /** Rules and model by `alpha`, before the instrument that was heard has its say. */
  readonly fused: RoleScores;
  readonly margin: number;
  readonly isSilent: boolean;
}

interface Heard {
  readonly ear?: EarHeard | null;
  readonly drum?: DrumEvidence | null;
  readonly meter?: SpectrumMeter;
}

/**
 * What a hit is and what it is good for.
 *
 * @param heard `ear`: what the audio-text model makes of it, where there is one; `drum`: what a network heard the hit to be, where it
 *   was cut; `meter`: pass one when many hits are judged
 */
export function assess(
  audio: MonoAudio | PlanarAudio,
  config: RoleConfig,
  { ear = null, drum = null, meter = new SpectrumMeter() }: Heard = {},
): Assessment {
  const hit = prepareHit('samples' in audio ? audio : toMono(audio));
  if (!hit) return silence();
  const evidence = measureEvidence(hit, meter);
  const memberships = membershipsOf(evidence, config.memberships);
  const rules = scoreRoles(evidence, memberships, config.roles);
  const { alpha, scores: byRules } = fuse(rules.probabilities, ear?.roles ?? null, config.fusion);
  const own = scoreInstruments(evidence, memberships, config.instruments).probabilities;
  const byEar = ear ? withEar(own, ear.instruments, config.fusion.instrument_power) : own;
  const instrumentScores = drum ? withDrum(byEar, drum) : byEar;
  // The rules alone tell instruments too poorly to say anything of roles.
  const scores = ear || drum ? rolesWithInstruments(byRules, instrumentScores) : byRules;
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
    judgement: {
      role,
      roleScores: scores,
      instrument,
      instrumentScores,
      reasons: ear ? [...reasons, heardReason(ear.description)] : reasons,
    },
    evidence,
    memberships,
    rules,
    ear,
    alpha,
    fused: byRules,
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
    ear: null,
    alpha: 1,
    fused: uniform,
    margin: 0,
    isSilent: true,
  };
}
