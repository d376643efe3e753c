import { type Voice, VOICES } from './accents';
import type { BeatParts } from './bar-evidence';
import file from './bar-patterns.json';

/**
 * Bars of 4/4 as drummers play them: `patterns` of sixteenth places with the level of each voice, and how usual each is.
 * Made by native-models/training/bar-patterns/train.py.
 */
const { patterns, slots } = file;
const voiceCount = file.voices.length;

interface Weighed {
  /** Log chance of the pattern, all voices silent: by voice, so that unknown ones can be left out. */
  readonly silent: Float64Array;
  readonly logShare: number;
  /** What a full-level stroke adds, by slot and voice. */
  readonly gains: Float64Array;
}

const weighed: readonly Weighed[] = patterns.map(({ share, levels }) => {
  const silent = new Float64Array(voiceCount);
  levels.forEach((level, at) => {
    silent[at % voiceCount]! += Math.log(1 - level);
  });
  return {
    silent,
    logShare: Math.log(share),
    gains: Float64Array.from(levels, level => Math.log(level / (1 - level))),
  };
});

const columns = file.voices.map(voice => VOICES.indexOf(voice as Voice));

/**
 * How much better than chance the patterns explain bars of 4/4 that begin at part `phase`: nats a bar, the mean of all whole
 * bars. Chance is every voice at its mean level in every place. Sixteenths are the parts.
 */
export function commonTimeFits(parts: BeatParts): number[] {
  const chance = chanceFit(parts);
  return Array.from({ length: slots }, (_, phase) => meanFit(parts, phase) - chance);
}

function meanFit({ levels, partCount, known }: BeatParts, phase: number): number {
  let sum = 0;
  let bars = 0;
  for (let bar = phase; bar + slots <= partCount; bar += slots) {
    let all = 0;
    let top = -Infinity;
    for (const { silent, logShare, gains } of weighed) {
      let fit = logShare;
      for (let voice = 0; voice < voiceCount; voice++) {
        if (!known[columns[voice]!]) continue;
        fit += silent[voice]!;
        for (let slot = 0; slot < slots; slot++)
          fit += gains[slot * voiceCount + voice]! * levels[(bar + slot) * VOICES.length + columns[voice]!]!;
      }
      // The logarithm of the sum of chances, without leaving the range of numbers.
      if (fit > top) {
        all = all * Math.exp(top - fit) + 1;
        top = fit;
      } else all += Math.exp(fit - top);
    }
    sum += top + Math.log(all);
    bars++;
  }
  return bars > 0 ? sum / bars : -Infinity;
}

function chanceFit({ levels, partCount, known }: BeatParts): number {
  let fit = 0;
  for (const column of columns) {
    if (!known[column]) continue;
    let mean = 0;
    for (let part = 0; part < partCount; part++) mean += levels[part * VOICES.length + column]! / partCount;
    mean = Math.min(0.99, Math.max(0.005, mean));
    fit += slots * (mean * Math.log(mean) + (1 - mean) * Math.log(1 - mean));
  }
  return fit;
}
