import { Random } from '../base';
import type { HitId, Note, Pattern } from '../model';
import { clamp, ticksOfMilliseconds } from '../units';
import { PlayedChoice } from './hit-choice';
import { candidatesFor, type HitPools } from './hit-pools';

export const HIT_CHOICES = ['played', 'round_robin', 'random', 'fixed'] as const;
export type HitChoice = (typeof HIT_CHOICES)[number];

/**
 * Gives every note a hit. `played` chooses as a drummer's hands would (`PlayedChoice`), `round_robin` takes each instrument's
 * candidates in turn, `random` draws one for each note from the note's own stream, `fixed` takes the best. A note that nothing can
 * play keeps null and stays silent.
 */
export function layOut(
  pattern: Pattern,
  pools: HitPools,
  { choice, seed }: { readonly choice: HitChoice; readonly seed: number },
): Pattern {
  const random = Random.ofSeed(seed).fork('layout');
  const turns = new Map<string, number>();
  const played = new PlayedChoice();
  const choose = (note: Note): HitId | null => {
    const candidates = candidatesFor(note, pools);
    if (candidates.length === 0) return null;
    const lane = `${note.role} ${note.instrument}`;
    const turn = turns.get(lane) ?? 0;
    turns.set(lane, turn + 1);
    const chosen = {
      played: () => played.next(note, candidates),
      round_robin: () => candidates[turn % candidates.length],
      random: () => random.fork(note.id).pick(candidates),
      fixed: () => candidates[0],
    }[choice]();
    return chosen?.hit ?? null;
  };
  return { ...pattern, notes: pattern.notes.map(note => ({ ...note, hit: choose(note) })) };
}

/** Gives hits to the notes that have none yet, as `layOut` does; the others keep theirs. */
export function layOutNew(pattern: Pattern, pools: HitPools, options: Parameters<typeof layOut>[2]): Pattern {
  const { notes } = layOut(pattern, pools, options);
  return {
    ...pattern,
    notes: pattern.notes.map((note, at) => (note.hit === null ? (notes[at] ?? note) : note)),
  };
}

/** Gives all notes of one role and instrument the same hit, drawn by seed: what a skeleton sounds with. */
export function chooseOneEach(pattern: Pattern, pools: HitPools, seed: number): Pattern {
  const random = Random.ofSeed(seed).fork('samples');
  return {
    ...pattern,
    notes: pattern.notes.map(note => {
      const candidates = candidatesFor(note, pools);
      if (candidates.length === 0) return note;
      return { ...note, hit: random.fork(note.role, note.instrument).pick(candidates).hit };
    }),
  };
}

/** Limits every note's feel to `milliseconds` either way; 0 puts all on the (swung) grid. */
export function clampFeel(pattern: Pattern, milliseconds: number): Pattern {
  const most = ticksOfMilliseconds(milliseconds, pattern.tempo);
  return {
    ...pattern,
    notes: pattern.notes.map(note => ({ ...note, feel: clamp(note.feel, 0 - most, most) })),
  };
}
