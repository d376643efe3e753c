import {
  type HitId,
  INSTRUMENT_FACTS,
  type Kit,
  type Pad,
  type Pattern,
  PLAIN_PAD,
  ROLES_IN_ORDER,
} from '../model';

/** A kit that plays `pattern` as it stands, for events that come without one: a plain pad for each role and instrument. */
export function kitOfPattern(pattern: Pattern, sampleRate: number): Kit {
  const lanes = ROLES_IN_ORDER.flatMap(role => {
    const notes = pattern.notes.filter(note => note.role === role);
    return [...new Set(notes.map(note => note.instrument))].map(instrument => ({
      role,
      instrument,
      hits: notes.flatMap((note): HitId[] =>
        note.instrument === instrument && note.hit !== null ? [note.hit] : [],
      ),
    }));
  });
  const pads = lanes.map(({ role, instrument, hits }): Pad => {
    const { name, note, choke } = INSTRUMENT_FACTS[instrument];
    return {
      id: `${role}.${instrument}`,
      name,
      role,
      instrument,
      note,
      hits: [...new Set(hits)],
      ...PLAIN_PAD,
      choke,
    };
  });
  return { id: 'pattern', name: 'Pattern', sampleRate, pads, shapes: {} };
}
