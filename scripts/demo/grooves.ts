import type { Random } from '#shared/base';
import {
  COMMON_TIME,
  INSTRUMENT_FACTS,
  type Note,
  noteId,
  type Pattern,
  PLAIN,
  PLAIN_FRAME,
  STEP_TICKS,
  sortedNotes,
} from '#shared/model';
import { ticks, ticksOfSeconds } from '#shared/units';
import { drumPart, STEP, type Stroke, TEMPO } from './song';

const SECTION_BARS = 4;
const SECTIONS = ['Sunrise', 'Tide', 'Harbour', 'Lanterns'] as const;

/** Written position on the step grid, everything else of the played time as feel. */
function toNote(stroke: Stroke, firstBar: number, index: number): Note {
  const written = (stroke.bar - firstBar) * 16 + stroke.step;
  const played = stroke.time - firstBar * 16 * STEP;
  return {
    id: noteId(`n${index}`),
    role: INSTRUMENT_FACTS[stroke.instrument].role,
    instrument: stroke.instrument,
    at: ticks(written * STEP_TICKS),
    feel: Math.round(100 * (ticksOfSeconds(played, TEMPO) - written * STEP_TICKS)) / 100,
    velocity: Math.round(stroke.velocity * 127) / 127,
    length: ticks(STEP_TICKS),
    ...PLAIN,
    hit: null,
    source: 'import',
  };
}

/** The song's own drum part as four grooves of four bars, with its feel. */
export function demoGrooves(random: Random): { readonly name: string; readonly pattern: Pattern }[] {
  const strokes = drumPart(random);
  return SECTIONS.map((name, section) => {
    const first = section * SECTION_BARS;
    const own = strokes.filter(stroke => stroke.bar >= first && stroke.bar < first + SECTION_BARS);
    const notes = sortedNotes(own.map((stroke, index) => toNote(stroke, first, index)));
    return {
      name,
      pattern: {
        ...PLAIN_FRAME,
        tempo: TEMPO,
        bars: Array.from({ length: SECTION_BARS }, () => COMMON_TIME),
        notes,
      },
    };
  });
}
