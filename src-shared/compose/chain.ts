import { fail, ok, type Result } from '../base';
import {
  type Meter,
  MOST_BARS,
  type Note,
  noteId,
  type Pattern,
  patternTicks,
  performedNotes,
  PLAIN_FRAME,
  STRAIGHT,
  sortedNotes,
  swingOf,
  type TempoChange,
} from '../model';
import { ticks } from '../units';
import { layerOf, type LayerName } from './layers';

/** A pattern in a chain. */
export interface Link {
  readonly pattern: Pattern;
  readonly times: number;
  readonly layer: LayerName;
}

/** Where a turn of a link begins in the chain, in ticks. */
export interface Turn {
  readonly link: number;
  readonly time: number;
  readonly start: number;
}

export interface Chain {
  readonly pattern: Pattern;
  /** Every turn of every link, in order. */
  readonly turns: readonly Turn[];
}

/** What cannot be chained, in numbers. */
export interface ChainProblem {
  readonly bars: number;
  readonly most: number;
}

/**
 * Patterns one after another as one pattern that plays as they do: each turn draws its own chances, and rows of their own length, ornaments,
 * ratchets and swing are written out as plain notes with feel, since patterns may differ in them. It is mixed as the first one is.
 */
export function chain(links: readonly Link[]): Result<Chain, ChainProblem> {
  const count = links.reduce((sum, { pattern, times }) => sum + times * pattern.bars.length, 0);
  if (count > MOST_BARS) return fail({ bars: count, most: MOST_BARS });
  const bars: Meter[] = [];
  const notes: Note[] = [];
  const tempos: TempoChange[] = [];
  const turns: Turn[] = [];
  let start = 0;
  for (const [link, { pattern, times, layer }] of links.entries()) {
    const layered = layerOf(pattern, layer);
    const length = patternTicks(pattern);
    for (let time = 0; time < times; time++) {
      turns.push({ link, time, start });
      bars.push(...pattern.bars);
      tempos.push({ at: start, tempo: pattern.tempo });
      for (const { at, tempo } of pattern.tempoChanges)
        if (at < length) tempos.push({ at: start + at, tempo });
      for (const note of straightened(layered, time))
        notes.push({
          ...note,
          id: noteId(`${link}.${time}.${note.id}`),
          at: ticks(note.at + start),
        });
      start += length;
    }
  }
  const changes = tempos.filter(({ tempo }, index) => tempo !== tempos[index - 1]?.tempo);
  return ok({
    turns,
    pattern: {
      ...PLAIN_FRAME,
      tempo: changes[0]?.tempo ?? 120,
      tempoChanges: changes.slice(1),
      bars,
      mix: links[0]?.pattern.mix ?? PLAIN_FRAME.mix,
      notes: sortedNotes(notes),
    },
  });
}

/** The notes of one pass with swing in their feel. */
function straightened(pattern: Pattern, pass: number): Note[] {
  const swung = swingOf(pattern);
  const isStraight = pattern.swing.percent === STRAIGHT.percent;
  return performedNotes(pattern, pass).map(note => ({
    ...note,
    feel: isStraight ? note.feel : swung(note.at) - note.at + note.feel,
    probability: 1,
  }));
}

/** Where position `at` of a chain lies: its turn, and the ticks since that began; past the end it is in the last turn. */
export function turnAt(
  turns: readonly Turn[],
  at: number,
): { readonly turn: Turn; readonly within: number } | null {
  const turn = turns.findLast(({ start }) => start <= at) ?? turns[0];
  return turn ? { turn, within: at - turn.start } : null;
}
