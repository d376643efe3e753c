import { INSTRUMENT_FACTS, type Instrument, type Note, type Role } from '../../model';
import { CLASS_COUNT, CLASS_INSTRUMENTS, CLOSED_HAT, classOf, KICK, OPEN_HAT } from './classes';

/** Sets of the nine classes that strike in one cell, as bits: bit c for class c. */
export type Word = number;
export const WORDS = 1 << CLASS_COUNT;

const bit = (index: number): Word => 1 << index;
/** What hands play; the kick is a foot's, and the closed hat a hand's or, as a pedal hat, the other foot's. */
const HANDS = (WORDS - 1) & ~bit(KICK) & ~bit(CLOSED_HAT);
const BOTH_HATS = bit(CLOSED_HAT) | bit(OPEN_HAT);
const MOST_HANDS = 2;

export interface VoiceLimits {
  /** Voices that may sound at once. */
  readonly voices: number;
  /** Whether two hands and two feet must be able to play it. */
  readonly playable: boolean;
}

/** What may be written in one cell. */
export interface CellLimits extends VoiceLimits {
  /** Classes that strike there whatever is drawn. */
  readonly fixed: Word;
  /** Classes that may strike there beside them. */
  readonly free: Word;
  /** Voices and hands that sounds beyond the nine classes take there. */
  readonly otherVoices: number;
  readonly otherHands: number;
}

const BIT_COUNTS = Uint8Array.from({ length: WORDS }, (_, word) => {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count++;
  return count;
});

/** Strokes in a word. */
export const bitCount = (word: Word): number => BIT_COUNTS[word]!;

/**
 * Whether `word` may stand in a cell. What is fixed there alone always may, even where it breaks a limit: it is the user's own.
 */
export function allows(limits: CellLimits, word: Word): boolean {
  const { fixed, free, voices, playable, otherVoices, otherHands } = limits;
  if (word === fixed) return true;
  if ((word & fixed) !== fixed || (word & ~(fixed | free)) !== 0) return false;
  if (bitCount(word) + otherVoices > voices) return false;
  if (!playable) return true;
  return bitCount(word & HANDS) + otherHands <= MOST_HANDS && (word & BOTH_HATS) !== BOTH_HATS;
}

/** Whether a closed hat in `word` has to be trodden, because both hands have something else to play. */
export const isPedalHat = (word: Word, otherHands: number): boolean =>
  bitCount(word & HANDS) + otherHands >= MOST_HANDS;

/** What needs no hand of its own: feet, sounds that nobody plays, and the closed hat, which is counted apart. */
const FEET: ReadonlySet<Instrument> = new Set(['kick', 'phh', 'fx', 'chh']);

/** What notes of the user's own take of a cell: classes, and voices and hands beyond the classes. */
export function takenBy(notes: readonly Note[]): Pick<CellLimits, 'fixed' | 'otherVoices' | 'otherHands'> {
  let fixed = 0;
  let otherVoices = 0;
  let otherHands = 0;
  for (const { instrument } of notes) {
    const known = classOf(instrument);
    const isNew = known !== null && (fixed & bit(known)) === 0;
    if (known !== null) fixed |= bit(known);
    // The closed hat's class is not counted among the hands, as it may be a pedal's; this one is a stick's.
    if (instrument === 'chh') otherHands++;
    if (isNew) continue;
    // Percussion, or a second sound of a class, such as a clap beside the snare.
    otherVoices++;
    if (!FEET.has(instrument)) otherHands++;
  }
  return { fixed, otherVoices, otherHands };
}

export const classesIn = (word: Word): number[] =>
  Array.from({ length: CLASS_COUNT }, (_, index) => index).filter(index => (word & bit(index)) !== 0);

export const wordOf = (classes: Iterable<number>): Word => {
  let word = 0;
  for (const index of classes) word |= bit(index);
  return word;
};

/** Classes that are a locked role's: all of their notes are, or they have none and would be. */
export function closedClasses(notes: readonly Note[], locked: readonly Role[]): Word {
  let closed = 0;
  for (const [known, usual] of CLASS_INSTRUMENTS.entries()) {
    const roles = notes.filter(note => classOf(note.instrument) === known).map(note => note.role);
    const isLocked = (role: Role): boolean => locked.includes(role);
    if (roles.length > 0 ? roles.every(isLocked) : isLocked(INSTRUMENT_FACTS[usual].role))
      closed |= 1 << known;
  }
  return closed;
}
