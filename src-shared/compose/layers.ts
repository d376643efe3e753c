import {
  barStarts,
  type Meter,
  type Note,
  noteId,
  type Pattern,
  patternTicks,
  type Role,
  sortedNotes,
} from '../model';
import { ticks } from '../units';

/** From the least intense to the whole. */
export const LAYER_NAMES = ['core', 'core-accent', 'full'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export const LAYER_ROLES: Readonly<Record<LayerName, readonly Role[]>> = {
  core: ['CORE'],
  'core-accent': ['CORE', 'ACCENT'],
  full: ['CORE', 'ACCENT', 'MOTION', 'FILL', 'TEXTURE'],
};

/** The notes of one layer of intensity: Core, Core+Accent, or all. */
export function layerOf(pattern: Pattern, layer: LayerName): Pattern {
  return { ...pattern, notes: pattern.notes.filter(note => LAYER_ROLES[layer].includes(note.role)) };
}

/** Part of an arrangement: the groove, in one layer, so many times. */
export interface Section {
  readonly layer: LayerName;
  readonly times: number;
}

/** From an intro to everything. */
export const INTRO_TO_FULL: readonly Section[] = [
  { layer: 'core', times: 1 },
  { layer: 'core-accent', times: 1 },
  { layer: 'full', times: 2 },
];

/**
 * The groove as an arrangement of its layers. A fill in the last bar of a section stays whatever the layer: it leads into the next.
 * Notes of the n-th time round have their name with `~n` (from 1) behind it; those of the first keep theirs.
 */
export function arrange(pattern: Pattern, sections: readonly Section[]): Pattern {
  const length = patternTicks(pattern);
  const lastBar = barStarts(pattern.bars).at(-2) ?? 0;
  const bars: Meter[] = [];
  const notes: Note[] = [];
  let time = 0;
  for (const { layer, times } of sections) {
    for (let turn = 0; turn < times; turn++, time++) {
      const leadsOn = turn === times - 1;
      bars.push(...pattern.bars);
      for (const note of pattern.notes) {
        const isFill = leadsOn && note.role === 'FILL' && note.at >= lastBar;
        if (!isFill && !LAYER_ROLES[layer].includes(note.role)) continue;
        notes.push({
          ...note,
          id: time === 0 ? note.id : noteId(`${note.id}~${time}`),
          at: ticks(note.at + time * length),
        });
      }
    }
  }
  return { ...pattern, bars, notes: sortedNotes(notes) };
}
