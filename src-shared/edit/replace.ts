import type { Pattern } from '../model';
import type { Edit } from './edit';

/**
 * One edit that gives `pattern` the notes and the time of another, for what arrives whole: a generated take, a paste over all. How its
 * rows are divided and how it is mixed stay.
 */
export const replacement = (
  pattern: Pattern,
  { tempo, tempoChanges, bars, swing, notes }: Pattern,
): Edit => ({
  kind: 'all',
  edits: [
    { kind: 'remove', ids: pattern.notes.map(note => note.id) },
    { kind: 'frame', frame: { tempo, tempoChanges, bars, swing } },
    { kind: 'put', notes },
  ],
});
