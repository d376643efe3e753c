/**
 * Where a command's keys act: everywhere, on one screen, or only inside the part of a screen that says `data-keys`. Those of the song's
 * parts come before the groove's, and act while the focus is on a part alone.
 */
export type Scope =
  | 'everywhere'
  | 'library'
  | 'library-stems'
  | 'slices'
  | 'kit'
  | 'groove'
  | 'groove-grid'
  | 'song-parts'
  | 'slices-list'
  | 'kit-list'
  | 'kit-map'
  /** The list, the map and what lies around them; not the pads, whose letters strike them. */
  | 'kit-browse';

export interface Command {
  readonly id: string;
  readonly name: string;
  /** First is the one that is printed. */
  readonly keys: readonly string[];
  readonly group: string;
  readonly scope: Scope;
}
