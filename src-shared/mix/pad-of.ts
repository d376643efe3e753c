import type { Kit, Note, Pad } from '../model';

/** The pad that plays `note`: one that holds its hit, else its instrument's, else the first of its role. */
export function padOf(note: Note, kit: Kit): Pad | undefined {
  const inRole = kit.pads.filter(pad => pad.role === note.role);
  const holding = (pads: readonly Pad[]): Pad | undefined =>
    pads.find(pad => note.hit !== null && pad.hits.includes(note.hit));
  return (
    holding(inRole) ??
    holding(kit.pads) ??
    inRole.find(pad => pad.instrument === note.instrument) ??
    kit.pads.find(pad => pad.instrument === note.instrument) ??
    inRole[0]
  );
}
