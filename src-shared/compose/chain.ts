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
  type PatternTime,
  sortedNotes,
  swingOf,
  timeOf,
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
  const turns = turnsOf(links);
  const frame = frameOf(links, turns);
  const time = timeOf(frame);
  const notes = turns.flatMap(turn => notesOfTurn(links[turn.link]!, turn, time));
  return ok({ turns, pattern: { ...frame, notes: sortedNotes(notes) } });
}

function turnsOf(links: readonly Link[]): Turn[] {
  let start = 0;
  return links.flatMap(({ pattern, times }, link) =>
    Array.from({ length: times }, (_, time): Turn => {
      const turn = { link, time, start };
      start += patternTicks(pattern);
      return turn;
    }),
  );
}

/** The chain without its notes: bars, and a tempo where it is another than before. */
function frameOf(links: readonly Link[], turns: readonly Turn[]): Pattern {
  const tempos = turns.flatMap(({ link, start }): TempoChange[] => {
    const { pattern } = links[link]!;
    const inside = pattern.tempoChanges.filter(({ at }) => at < patternTicks(pattern));
    return [
      { at: start, tempo: pattern.tempo },
      ...inside.map(({ at, tempo }) => ({ at: start + at, tempo })),
    ];
  });
  const [first, ...tempoChanges] = tempos.filter(({ tempo }, index) => tempo !== tempos[index - 1]?.tempo);
  return {
    ...PLAIN_FRAME,
    tempo: first?.tempo ?? 120,
    tempoChanges,
    bars: turns.flatMap(({ link }): Meter[] => links[link]!.pattern.bars),
    mix: links[0]?.pattern.mix ?? PLAIN_FRAME.mix,
    notes: [],
  };
}

/** Feel that differs less, in ticks, is the same but for the last digits. */
const SAME_FEEL = 1e-6;

/**
 * The strokes of one turn, each as many milliseconds from the turn's start as when its pattern plays alone: what is pushed to before a seam,
 * or rings late over the next one, is counted in the tempo that holds there.
 */
function notesOfTurn({ pattern, layer }: Link, { link, time: turn, start }: Turn, time: PatternTime): Note[] {
  const swung = swingOf(pattern);
  const alone = timeOf(pattern);
  const startSeconds = time.secondsAt(start);
  return performedNotes(layerOf(pattern, layer), turn).map(note => {
    const stand = swung(note.at) + note.feel;
    const inChain = time.ticksAt(startSeconds + alone.secondsAt(stand)) - start;
    const sounds = Math.abs(inChain - stand) < SAME_FEEL ? stand : inChain;
    return {
      ...note,
      id: noteId(`${link}.${turn}.${note.id}`),
      at: ticks(note.at + start),
      feel: sounds - note.at,
      probability: 1,
    };
  });
}

/** Where position `at` of a chain lies: its turn, and the ticks since that began; past the end it is in the last turn. */
export function turnAt(
  turns: readonly Turn[],
  at: number,
): { readonly turn: Turn; readonly within: number } | null {
  const turn = turns.findLast(({ start }) => start <= at) ?? turns[0];
  return turn ? { turn, within: at - turn.start } : null;
}
