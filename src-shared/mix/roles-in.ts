import { firstPasses, type Kit, type Pattern, passesOf, type Role, ROLES_IN_ORDER } from '../model';
import { isHeard } from './mixed-through';
import { padOf } from './pad-of';

/** The roles with strokes in so many passes, and those of them that are heard: `kit` can sound them and the mix lets them through. */
export function rolesIn(
  pattern: Pattern,
  kit: Kit,
  passes: number,
): { readonly written: readonly Role[]; readonly sounding: readonly Role[] } {
  const strokes = passesOf(pattern, firstPasses(passes)).notes.filter(
    ({ muted, velocity }) => !muted && velocity > 0,
  );
  const heard = strokes.filter(note => {
    const pad = padOf(note, kit);
    return isHeard(pattern.mix, note.role) && pad !== undefined && (note.hit !== null || pad.hits.length > 0);
  });
  const rolesOf = (notes: readonly { readonly role: Role }[]): readonly Role[] =>
    ROLES_IN_ORDER.filter(role => notes.some(note => note.role === role));
  return { written: rolesOf(strokes), sounding: rolesOf(heard) };
}
