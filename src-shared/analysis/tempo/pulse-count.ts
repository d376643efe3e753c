import type { Accent } from './accents';
import { partsOf } from './bar-evidence';
import { commonTimeFits } from './bar-patterns';
import { type BeatGrid, lineOf } from './beat-grid';

/** A way to count a recording: beats to one of the pulse that was found. */
export interface PulseCount {
  readonly ratio: number;
  readonly confidence: number;
  /** Its beats; a line stays a line. */
  readonly grid: BeatGrid;
}

const RATIOS = [1, 2, 1 / 2, 3 / 2, 2 / 3, 3, 1 / 3, 4 / 3, 3 / 4];
const SLOWEST_BPM = 38;
const FASTEST_BPM = 260;
/** Tempi most grooves are counted at, and how far from it in octaves others are. Set on Groove's train split. */
const USUAL_BPM = 110;
const PRIOR_OCTAVES = 0.6;
/** Of a nat of fit: bars are much like each other. */
const FIT_WEIGHT = 0.5;
const LEAST_CONFIDENCE = 0.02;
/** A pulse in threes for fours is weighed, because a tracker takes it for the beat, but seldom what a user would choose. */
const CROSS_RATIOS: ReadonlySet<number> = new Set([4 / 3, 3 / 4]);
const LEAST_CROSS_CONFIDENCE = 0.2;

/**
 * Whether the pulse is the beat, its half, its double, or at two to three with it, and which of its parts the beats fall on: as
 * bars of drums at that count are more like bars that drummers play. The likeliest first.
 */
export function countPulse(grid: BeatGrid, accents: readonly Accent[]): PulseCount[] {
  const counts = RATIOS.flatMap(ratio => {
    const bpm = (60 / grid.period) * ratio;
    if (bpm < SLOWEST_BPM || bpm > FASTEST_BPM) return [];
    const counted = atRatio(grid, ratio, 0);
    if (counted.beats.length < 5) return [];
    const fits = commonTimeFits(partsOf(lineOf(counted), accents, 4));
    const fit = Math.max(...fits);
    const octaves = Math.log2(bpm / USUAL_BPM) / PRIOR_OCTAVES;
    const score = FIT_WEIGHT * fit - 0.5 * octaves * octaves;
    const shift = (fits.indexOf(fit) % 4) / 4;
    return [{ ratio, score, grid: shift === 0 ? counted : atRatio(grid, ratio, shift) }];
  });
  const best = counts.reduce((most, { score }) => Math.max(most, score), -Infinity);
  const all = counts.reduce((sum, { score }) => sum + Math.exp(score - best), 0);
  return counts
    .map(({ ratio, score, grid: counted }) => ({
      ratio,
      confidence: Math.exp(score - best) / all,
      grid: counted,
    }))
    .filter(
      ({ ratio, confidence }) =>
        confidence >= (CROSS_RATIOS.has(ratio) ? LEAST_CROSS_CONFIDENCE : LEAST_CONFIDENCE),
    )
    .sort((a, b) => b.confidence - a.confidence);
}

/** `ratio` beats for each one, later by `shift` of the new beats. */
function atRatio({ beats, period, error, lineStart }: BeatGrid, ratio: number, shift: number): BeatGrid {
  const last = Math.floor((beats.length - 1) * ratio - shift + 1e-9);
  const between = Array.from({ length: Math.max(0, last + 1) }, (_, index) => {
    const at = (index + shift) / ratio;
    const before = Math.min(beats.length - 2, Math.floor(at + 1e-9));
    return beats[before]! + (at - before) * (beats[before + 1]! - beats[before]!);
  });
  return {
    beats: between,
    period: period / ratio,
    error: error / ratio,
    lineStart: lineStart === null ? null : lineStart + (shift * period) / ratio,
  };
}
