import { BAR_CELLS, type Word, WORDS } from '../groove';
import { type Controls, STEP_FEATURES, type StepWindow, writeFeatures } from './features';

/** The trained transformer, whatever runs it. It remembers the steps that it was told since `begin`. */
export interface StepModel {
  /** Steps that it can remember. */
  readonly windowSteps: number;
  begin(): void;
  /** Tells it the features of the next steps, and answers the log chances of each one's words: `step * 512 + word`. */
  goOn(features: Float32Array): Promise<Float32Array>;
}

export interface Gap {
  /** All words of the song; those from `from` to `to` are written. */
  readonly words: Uint16Array;
  readonly from: number;
  readonly to: number;
  /** Whether what comes after the gap is written already. */
  readonly isKnownAfter: boolean;
  readonly controls: Controls;
  choose(step: number, logChances: Float32Array): Word;
}

/** Steps before a gap that a full window begins with. */
const CONTEXT_STEPS = 128;

/**
 * Writes the words of a gap one after the other. When the window is full it begins again with the newest eight bars, from a bar line, as the
 * model was trained and measured.
 */
export async function writeGap(model: StepModel, gap: Gap): Promise<void> {
  const { words, from, to, controls, choose } = gap;
  const knownFrom = gap.isKnownAfter && to < words.length ? to : null;
  const bar = (step: number): number => Math.floor(step / BAR_CELLS) * BAR_CELLS;
  let first = to <= model.windowSteps ? 0 : Math.max(0, bar(from) - CONTEXT_STEPS);
  let told = first;
  model.begin();
  for (let step = from; step < to; step++) {
    if (step - first >= model.windowSteps) {
      first = bar(step) - CONTEXT_STEPS;
      told = first;
      model.begin();
    }
    const logChances = await tell(model, { first, words, knownFrom, controls }, told, step + 1);
    told = step + 1;
    words[step] = choose(step, logChances);
  }
}

async function tell(model: StepModel, window: StepWindow, from: number, to: number): Promise<Float32Array> {
  const features = new Float32Array((to - from) * STEP_FEATURES);
  for (let step = from; step < to; step++) {
    const at = (step - from) * STEP_FEATURES;
    writeFeatures(features.subarray(at, at + STEP_FEATURES), window, step);
  }
  const answer = await model.goOn(features);
  return answer.subarray(answer.length - WORDS);
}

/** Mean bits that the model needs to predict each of `words`, in windows at least half of which is context. */
export async function bitsPerStep(model: StepModel, words: Uint16Array, controls: Controls): Promise<number> {
  const half = model.windowSteps / 2;
  let nats = 0;
  for (let first = 0; first < Math.max(1, words.length - half); first += half) {
    const end = Math.min(words.length, first + model.windowSteps);
    const features = new Float32Array((end - first) * STEP_FEATURES);
    for (let step = first; step < end; step++) {
      const at = (step - first) * STEP_FEATURES;
      const row = features.subarray(at, at + STEP_FEATURES);
      writeFeatures(row, { first, words, knownFrom: null, controls }, step);
    }
    model.begin();
    const answer = await model.goOn(features);
    for (let step = first === 0 ? 0 : first + half; step < end; step++)
      nats -= answer[(step - first) * WORDS + (words[step] ?? 0)]!;
  }
  return nats / words.length / Math.log(2);
}
