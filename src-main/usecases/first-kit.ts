import {
  type Hit,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Instrument,
  type Kit,
  type Pad,
  PLAIN_PAD,
  ROLES_IN_ORDER,
  type Role,
} from '#shared/model';

/** More takes of one sound than this are no use to a player, and a pad of hundreds none to a screen. */
const HITS_A_PAD = 24;

/** What counts for a hit: the user's word, else the machine's; null while nobody has judged it. */
export function placeOf(hit: Hit): { readonly role: Role; readonly instrument: Instrument } | null {
  const instrument = hit.override?.instrument ?? hit.judgement?.instrument;
  const role = hit.override?.role ?? hit.judgement?.role;
  return role && instrument ? { role, instrument } : null;
}

/** How far the quality of a take counts beside how sure its place is. */
const TAKE_SHARE = 0.4;

/** How well a hit serves on the pad, 0..1: how sure it is that it belongs there, and how good a take it is; louder hits win among equals. */
function fitness(hit: Hit, role: Role, instrument: Instrument): number {
  if (hit.override) return 2;
  const { judgement } = hit;
  if (!judgement) return 0;
  const sure = judgement.roleScores[role] * (judgement.instrumentScores[instrument] ?? 0);
  const take = hit.quality ? 1 - TAKE_SHARE + TAKE_SHARE * hit.quality.score : 1;
  return sure * take + 0.1 * hit.velocity;
}

export function emptyPad(role: Role, instrument: Instrument): Pad {
  const { name, note, choke } = INSTRUMENT_FACTS[instrument];
  return {
    id: `${role}.${instrument}`,
    name,
    role,
    instrument,
    note,
    hits: [],
    ...PLAIN_PAD,
    choke,
  };
}

/** A kit of all judged hits: a pad for each instrument in each role, its best hits first. */
export function firstKit(id: string, name: string, sampleRate: number, hits: readonly Hit[]): Kit {
  const pads = ROLES_IN_ORDER.flatMap(role =>
    INSTRUMENTS.flatMap((instrument): Pad[] => {
      const own = hits
        .filter(hit => {
          const place = placeOf(hit);
          return place?.role === role && place.instrument === instrument;
        })
        .map(hit => ({ hit, fit: fitness(hit, role, instrument) }))
        .sort((a, b) => b.fit - a.fit || a.hit.index - b.hit.index)
        .slice(0, HITS_A_PAD);
      if (own.length === 0) return [];
      return [{ ...emptyPad(role, instrument), hits: own.map(({ hit }) => hit.id) }];
    }),
  );
  return { id, name, sampleRate, pads, shapes: {} };
}

/** `kit` with `hit`, if it has it, on the pad where it now belongs; locked pads neither lose nor gain anything. */
export function moveHit(kit: Kit, hit: Hit): Kit {
  const place = placeOf(hit);
  const from = kit.pads.find(pad => pad.hits.includes(hit.id));
  if (!place || !from || from.locked) return kit;
  if (from.role === place.role && from.instrument === place.instrument) return kit;
  const to = kit.pads.find(pad => pad.role === place.role && pad.instrument === place.instrument);
  if (to?.locked) return kit;
  const without = kit.pads.flatMap((pad): Pad[] => {
    if (pad !== from) return [pad];
    const hits = pad.hits.filter(id => id !== hit.id);
    return hits.length === 0 ? [] : [{ ...pad, hits, chosen: Math.min(pad.chosen, hits.length - 1) }];
  });
  if (!to)
    return { ...kit, pads: [...without, { ...emptyPad(place.role, place.instrument), hits: [hit.id] }] };
  return { ...kit, pads: without.map(pad => (pad === to ? { ...pad, hits: [...pad.hits, hit.id] } : pad)) };
}
