import {
  type DrumEvidence,
  INSTRUMENT_FACTS,
  type Instrument,
  ROLES_IN_ORDER,
  type RoleScores,
  type StrokeClass,
} from '../../model';
import { normalised } from './membership';

/** Instruments that a class of the network may be; which of them is left to the rules: toms by pitch, hats by how they close. */
const MEMBERS: Readonly<Record<StrokeClass, readonly Instrument[]>> = {
  kick: ['kick'],
  snare: ['snare'],
  rim: ['rim'],
  clap: ['clap'],
  chh: ['chh', 'phh'],
  ohh: ['ohh'],
  toms: ['lt', 'mt', 'ht'],
  ride: ['ride'],
  crash: ['crash'],
};
/** Instruments that the network mixes up with a class, and how much of its belief is theirs: a side stick sounds like a snare to it. */
const NEIGHBOURS: Readonly<Partial<Record<StrokeClass, Readonly<Partial<Record<Instrument, number>>>>>> = {
  snare: { rim: 0.6, clap: 0.4 },
  rim: { snare: 0.5, clap: 0.3 },
  clap: { snare: 0.6, rim: 0.3 },
  chh: { ohh: 0.3, ride: 0.1 },
  ohh: { chh: 0.3, phh: 0.3, crash: 0.2, ride: 0.2 },
  ride: { ohh: 0.4, chh: 0.3, crash: 0.3 },
  crash: { ohh: 0.5, ride: 0.3 },
};
/** Share of the network's belief that may be anything else: it hears the stroke in its place, but seldom shakers or effects. */
const DOUBT = 0.08;
/** How much the role of the instrument counts beside the rules' own role, as a power of its share. */
const ROLE_WEIGHT = 1;

/**
 * The rules' instruments with what the network heard: what both believe, by their product. The network speaks of classes; inside one
 * the rules decide.
 */
export function withDrum(
  scores: Readonly<Partial<Record<Instrument, number>>>,
  { class: heard, probability }: DrumEvidence,
): Partial<Record<Instrument, number>> {
  const belief = probability * (1 - DOUBT);
  const neighbours = NEIGHBOURS[heard] ?? {};
  const entries = Object.entries(scores) as [Instrument, number][];
  const others = entries.length - MEMBERS[heard].length;
  const fused = entries.map(([instrument, score]) => {
    const isMember = MEMBERS[heard].includes(instrument);
    const share = isMember ? 1 : (neighbours[instrument] ?? 0);
    return [instrument, (score + 0.01) * (belief * share + (1 - belief) / others)] as const;
  });
  return normalised(Object.fromEntries(fused) as Record<Instrument, number>);
}

/** What neither the rules nor the ear would be surprised by enough to rule it out. */
const FLOOR = 0.01;

/** The rules' instruments with those that an audio-text model hears: what both believe, by their product, the model's to `power`. */
export function withEar(
  scores: Readonly<Partial<Record<Instrument, number>>>,
  heard: Readonly<Partial<Record<Instrument, number>>>,
  power: number,
): Partial<Record<Instrument, number>> {
  const names = [...new Set([...Object.keys(scores), ...Object.keys(heard)])] as Instrument[];
  return normalised(
    Object.fromEntries(
      names.map(name => [name, ((scores[name] ?? 0) + FLOOR) * ((heard[name] ?? 0) + FLOOR) ** power]),
    ) as Record<Instrument, number>,
  );
}

/** The rules' roles with those that the instruments usually play. */
export function rolesWithInstruments(
  roles: RoleScores,
  instruments: Readonly<Partial<Record<Instrument, number>>>,
): RoleScores {
  const usual = Object.fromEntries(ROLES_IN_ORDER.map(role => [role, 0.02])) as Record<
    (typeof ROLES_IN_ORDER)[number],
    number
  >;
  for (const [instrument, score] of Object.entries(instruments) as [Instrument, number][])
    usual[INSTRUMENT_FACTS[instrument].role] += score;
  return normalised(
    Object.fromEntries(
      ROLES_IN_ORDER.map(role => [role, (roles[role] + 0.02) * usual[role] ** ROLE_WEIGHT]),
    ) as Record<(typeof ROLES_IN_ORDER)[number], number>,
  );
}
