import type { Difference } from '#shared/edit';
import type { Note, NoteId } from '#shared/model';
import type { BeatLine } from './beat-lines';
import type { GridRows } from './grid-rows';

/** All that decides how the rows look while nothing plays. */
export interface GridScene {
  readonly rows: GridRows;
  /** What the take that is heard leaves out, in the same rows. */
  readonly removed: GridRows | null;
  /** What that take would change; null when the groove itself is shown. */
  readonly difference: Difference | null;
  readonly beats: readonly BeatLine[];
  readonly stepWidth: number;
  readonly rowHeight: number;
  readonly selection: ReadonlySet<NoteId>;
  /** Drawn pale: what the chosen layer, another row's solo or the kit silences. */
  readonly isSilent: (note: Note) => boolean;
  /** How much longer than true time the offset bars are. */
  readonly offsetScale: number;
  readonly theme: string;
}
