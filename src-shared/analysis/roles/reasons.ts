import { ROLE_NAMES, type Role, type RoleScores } from '../../model';
import type { Evidence } from '../evidence';
import type { Membership, Weights } from './config';
import { type Memberships, ranked } from './membership';

const REASON_COUNT = 3;
/** A runner-up this near is worth a word. */
const CLOSE_MARGIN = 0.15;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const milliseconds = (time: number): string =>
  time < 10
    ? `${time.toFixed(1)} ms`
    : time < 1000
      ? `${Math.round(time)} ms`
      : `${(time / 1000).toFixed(1)} s`;
const hertz = (value: number): string =>
  value < 1000 ? `${Math.round(value)} Hz` : `${(value / 1000).toFixed(1)} kHz`;

/** What was measured, said plainly. */
const SENTENCES: Readonly<Record<keyof Evidence, (value: number) => string>> = {
  energy_db: value => `its first 200 ms lie ${Math.round(-value)} dB under its peak`,
  crest_db: value => `its peak stands ${Math.round(value)} dB above its first 100 ms`,
  low_ratio: value => `${percent(value)} of its power lies below 150 Hz`,
  lowmid_ratio: value => `${percent(value)} of its power lies at 150-700 Hz`,
  high_ratio: value => `${percent(value)} of its power lies above 5 kHz`,
  centroid_oct: value => `its spectrum centres on ${hertz(100 * 2 ** value)}`,
  flatness: value => `${value < 0.03 ? 'little' : 'much'} of it is noise (flatness ${value.toFixed(3)})`,
  attack_ms: value => `rises in ${milliseconds(value)}`,
  decay_ms: value => `decays in ${milliseconds(value)}`,
  sustain_ratio: value => `${percent(value)} of its energy comes after 150 ms`,
  tonality: value => `${value < 0.4 ? 'has hardly any pitch' : 'has a pitch'} (tonality ${value.toFixed(2)})`,
  mid_ratio: value => `${percent(value)} of its power lies at 700 Hz-5 kHz`,
  top_ratio: value => `${percent(value)} of its power lies above 10 kHz`,
  sub_ratio: value => `${percent(value)} of its power lies below 80 Hz`,
  pitch_oct: value => `its strongest low partial is at ${hertz(40 * 2 ** value)}`,
  peak_share: value => `${percent(value)} of its power lies round its strongest partial`,
  spread_oct: value => `its power spreads over ${value.toFixed(1)} octaves`,
  early_ratio: value => `${percent(value)} of its energy comes in the first 30 ms`,
  bursts: value => (value > 0 ? `has ${value + 1} bursts in its first 60 ms` : 'begins with one burst'),
};

/** The measurements that spoke most for `role`, each feature once, and the runner-up when it is near. */
export function reasonsFor(
  role: Role,
  scores: RoleScores,
  evidence: Evidence,
  memberships: Memberships,
  rules: Readonly<Record<string, Membership>>,
  weights: Weights,
): string[] {
  const spokeFor: Partial<Record<keyof Evidence, number>> = {};
  for (const [term, weight] of Object.entries(weights)) {
    const name = term.replace('~', '');
    const feature = rules[name]?.[0];
    if (!feature) continue;
    const value = memberships[name] ?? 0;
    // A weight against the role speaks for it where the property is missing.
    const share = weight >= 0 === !term.startsWith('~') ? value : 1 - value;
    spokeFor[feature] = (spokeFor[feature] ?? 0) + Math.abs(weight) * share;
  }
  const reasons = ranked(spokeFor)
    .filter(feature => (spokeFor[feature] ?? 0) > 0)
    .slice(0, REASON_COUNT)
    .map(feature => SENTENCES[feature](evidence[feature]));
  const next = ranked(scores).find(other => other !== role);
  if (next && scores[role] - scores[next] < CLOSE_MARGIN) {
    reasons.push(
      `${ROLE_NAMES[next]} is nearly as likely (${percent(scores[next])} to ${percent(scores[role])})`,
    );
  }
  return reasons;
}

/** What the audio-text model hears: the words nearest to the sound, and the cosine between them. */
export const heardReason = ({
  text,
  likeness,
}: {
  readonly text: string;
  readonly likeness: number;
}): string =>
  `sounds like "${/^[aeiou]/i.test(text) ? 'an' : 'a'} ${text}" (${Math.max(0, likeness).toFixed(2).replace(/^0/, '')})`;
