import type { GrooveManifests, TakeContext, WarmModels } from '#main/inference';
import { hashText } from '#shared/base';
import {
  CLASS_COUNT,
  type Humaniser,
  STEP_FEATURES,
  type StepModel,
  type Tapper,
  WINDOW_CELLS,
  WORDS,
} from '#shared/compose';

/**
 * Cheap models of the same shape as the trained ones: every number of theirs follows from what they are told, so that takes are as various,
 * and as repeatable, as the real ones are.
 */

/** Numbers 0..1 that follow from an array. */
function noiseOf(values: Float32Array, salt: number): () => number {
  let state = salt >>> 0;
  for (const value of values) state = Math.imul(state ^ Math.round(value * 1000), 0x9e3779b1) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const filled = (length: number, next: () => number): Float32Array => Float32Array.from({ length }, next);

export function standInTransformer(windowSteps = 256): StepModel {
  return {
    windowSteps,
    begin: () => undefined,
    goOn(features) {
      const steps = features.length / STEP_FEATURES;
      const answer = new Float32Array(steps * WORDS);
      // Only the last step is drawn from; all others are context.
      const next = noiseOf(features.subarray((steps - 1) * STEP_FEATURES), 7);
      for (let word = 0; word < WORDS; word++) answer[(steps - 1) * WORDS + word] = -12 * next();
      return Promise.resolve(answer);
    },
  };
}

export const standInHumaniser: Humaniser = {
  sizes: { context: 1, state: 1, groove: 2, velocityLevels: 4, offsetLevels: 5 },
  tight({ hits, count }) {
    const next = noiseOf(hits, 1);
    const length = count * WINDOW_CELLS * CLASS_COUNT;
    return Promise.resolve({ velocities: filled(length, next), offsets: filled(length, () => next() - 0.5) });
  },
  context({ hits, count }) {
    const next = noiseOf(hits, 2);
    return Promise.resolve({
      context: filled(count * WINDOW_CELLS, next),
      mean: filled(count * 2, next),
      logDeviation: filled(count * 2, () => -next()),
    });
  },
  listen: (_context, performance, count) => Promise.resolve(filled(count * 2, noiseOf(performance, 3))),
  play({ rows, context, groove, previous }) {
    const logits = new Float32Array(rows * CLASS_COUNT * 9);
    for (let row = 0; row < rows; row++) {
      const heard = [context[row], groove[2 * row], groove[2 * row + 1], previous[27 * row]];
      const next = noiseOf(
        Float32Array.from(heard, value => value ?? 0),
        4,
      );
      logits.set(
        filled(CLASS_COUNT * 9, () => 4 * next()),
        row * CLASS_COUNT * 9,
      );
    }
    return Promise.resolve({ logits, state: new Float32Array(rows) });
  },
};

export const standInTapper: Tapper = {
  thresholds: { exact: Array<number>(9).fill(0.5), colourful: Array<number>(9).fill(0.3) },
  play({ taps, count }) {
    const next = noiseOf(taps, hashText('taps'));
    const length = count * WINDOW_CELLS * CLASS_COUNT;
    return Promise.resolve({
      chances: filled(length, next),
      velocities: filled(length, next),
      offsets: filled(length, () => next() - 0.5),
    });
  },
};

const manifests: GrooveManifests = { humaniser: '', tapper: '', transformer: '' };

export function standInContext(): TakeContext {
  const transformer = standInTransformer();
  const models: WarmModels = {
    humaniser: () => Promise.resolve(standInHumaniser),
    tapper: () => Promise.resolve(standInTapper),
    transformer: () => Promise.resolve(transformer),
    close: () => Promise.resolve(),
  };
  return { models, manifests, signal: new AbortController().signal };
}
