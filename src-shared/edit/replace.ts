import { type Meter, type Pattern, patternTicks } from '../model';
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

/** Gives the pattern other bars; notes past the new end are removed, so that none is written where there is no bar. */
export function withBars(pattern: Pattern, bars: Meter[]): Edit {
  const end = patternTicks({ bars });
  return {
    kind: 'all',
    edits: [
      { kind: 'remove', ids: pattern.notes.filter(note => note.at >= end).map(note => note.id) },
      { kind: 'frame', frame: { bars } },
    ],
  };
}
