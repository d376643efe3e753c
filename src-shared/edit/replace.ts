import { type Meter, type Pattern, patternTicks } from '../model';
import type { Edit } from './edit';

/** One edit that makes `pattern` into `next`, for what arrives whole: a generated take, an import, a paste over all. */
export const replacement = (pattern: Pattern, next: Pattern): Edit => ({
  kind: 'all',
  edits: [
    { kind: 'remove', ids: pattern.notes.map(note => note.id) },
    { kind: 'frame', frame: { tempo: next.tempo, bars: next.bars, swing: next.swing } },
    { kind: 'put', notes: next.notes },
  ],
});

/** Gives the pattern other bars; notes past the new end are removed, so that none is written where there is no bar. */
export function withBars(pattern: Pattern, bars: Meter[]): Edit {
  const end = patternTicks({ bars });
  return {
    kind: 'all',
    edits: [
      { kind: 'remove', ids: pattern.notes.filter(note => note.at >= end).map(note => note.id) },
      { kind: 'frame', frame: { tempo: pattern.tempo, bars, swing: pattern.swing } },
    ],
  };
}
