import { BAR_CELLS, CLASS_COUNT, type Word } from '../groove';
import { GROOVE_STYLES } from '../../model';

/** What a user may ask for; null where nothing is asked. */
export interface Controls {
  /** Index into `GROOVE_STYLES`, 0 when not given. */
  readonly style: number;
  /** Quarter notes a minute. */
  readonly tempo: number | null;
  /** Strokes per sixteenth. */
  readonly density: number | null;
  /** Of each bar whether it is to be a fill. */
  readonly fillBars: readonly boolean[] | null;
}

/** Steps back and ahead whose words a step is told, besides what it attends to. */
const LAGS = [1, 16, 32, 48, 64, 128] as const;
const LEADS = [16, 32] as const;
const SLOT = CLASS_COUNT + 1;
const POSITION = SLOT * (LAGS.length + LEADS.length);
const BAR_OF_FOUR = POSITION + BAR_CELLS;
const STYLE = BAR_OF_FOUR + 4;
const TEMPO = STYLE + GROOVE_STYLES.length;
/** Numbers that the transformer is told of a step. */
export const STEP_FEATURES = TEMPO + 6;

/** What a window of steps is: it begins on a bar line, `first` steps into the song. */
export interface StepWindow {
  readonly first: number;
  /** All words of the song, as far as they are written. */
  readonly words: Uint16Array;
  /** Step of the song from which on words are written already, seen ahead; null when nothing is. */
  readonly knownFrom: number | null;
  readonly controls: Controls;
}

/** Writes what the model is told of step `step` of the song, which sees no word at or after itself but known ones. */
export function writeFeatures(
  row: Float32Array,
  { first, words, knownFrom, controls }: StepWindow,
  step: number,
): void {
  row.fill(0);
  const writeWord = (slot: number, word: Word): void => {
    for (let index = 0; index < CLASS_COUNT; index++) row[slot * SLOT + index] = (word >> index) & 1;
    row[slot * SLOT + CLASS_COUNT] = 1;
  };
  for (const [slot, lag] of LAGS.entries()) if (step - lag >= first) writeWord(slot, words[step - lag] ?? 0);
  if (knownFrom !== null && step < knownFrom) {
    for (const [slot, lead] of LEADS.entries()) {
      const at = step + lead;
      if (at >= knownFrom && at < words.length) writeWord(LAGS.length + slot, words[at] ?? 0);
    }
  }
  const bar = Math.floor(step / BAR_CELLS);
  row[POSITION + (step % BAR_CELLS)] = 1;
  row[BAR_OF_FOUR + (bar % 4)] = 1;
  row[STYLE + controls.style] = 1;
  if (controls.tempo !== null) row.set([(controls.tempo - 110) / 40, 1], TEMPO);
  if (controls.density !== null) row.set([controls.density - 1, 1], TEMPO + 2);
  if (controls.fillBars) row.set([controls.fillBars[bar] ? 1 : 0, 1], TEMPO + 4);
}
