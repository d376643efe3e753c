import type { Tempo } from '../../model';
import { clamp } from '../../units';
import type { Accent } from './accents';
import { guessBars } from './bars';
import { beatPath } from './beat-path';
import { localPeriods } from './local-period';
import { beatWeight, pulseCurves } from './pulse-curve';
import { atOnsets, quarters, reachingBack, rounded, subdivided } from './beat-times';
import { type BeatGrid, lineOf } from './beat-grid';
import { driftingGrid } from './drift';
import { countPulse } from './pulse-count';
import { steadyGrid } from './steadiness';
import { guessPulse } from './tempogram';

/** Onsets this near, in shares of the beat, pull a beat to their own time. */
const SNAP = 0.08;
const LEAST_ONSETS = 6;
/** Onsets at random reach 0.06, a groove 40 ms loose about 0.25, a tight one 0.5 and more. */
const LEAST_STRENGTH = 0.05;
/** Strength of a pulse that is believed to 63 %. */
const CONVINCING_STRENGTH = 0.2;

/**
 * Tempo, beats and bars of a track from its onsets; null when they show no pulse.
 *
 * @see docs/algorithms/onsets-and-tempo.md
 */
export function estimateTempo(accents: readonly Accent[], seconds: number): Tempo | null {
  if (accents.length < LEAST_ONSETS) return null;
  const curves = pulseCurves(accents, seconds);
  const pulse = guessPulse(curves);
  if (!pulse) return null;
  const pulseGrid = steadyGrid(accents, pulse.period) ?? followed(curves.all, pulse.period, accents);
  if (pulseGrid.beats.length < 4) return null;
  const strength = clamp(pulse.clarity * shareOnBeat(pulseGrid, accents), 0, 1);
  if (strength < LEAST_STRENGTH) return null;
  const counts = countPulse(pulseGrid, accents);
  const grid = counts[0]?.grid ?? pulseGrid;
  const line = lineOf(grid);
  const bars = guessBars(line, accents);
  const bpm = quarters(grid, bars.perPulse);
  const before = Math.max(0, -bars.firstBar);
  const counted = (beats: readonly number[]): number[] =>
    reachingBack(subdivided(beats, bars.perPulse), before).map(rounded);
  return {
    bpm,
    firstDownbeat: counted(line)[bars.firstBar + before] ?? 0,
    meter: bars.meter,
    confidence: 1 - Math.exp(-strength / CONVINCING_STRENGTH),
    beats: counted(grid.beats),
    steady: grid.lineStart !== null,
    downbeats: [],
    candidates: counts.map(({ ratio, confidence }) => ({
      bpm: (bpm * ratio) / (counts[0]?.ratio ?? 1),
      confidence,
    })),
    meters: [...bars.meters],
  };
}

/** Beats by the pace of each moment, as they are heard. */
function followed(curve: Float32Array, period: number, accents: readonly Accent[]): BeatGrid {
  const periodAt = localPeriods(curve, period);
  const rough = beatPath(curve, periodAt);
  return driftingGrid(rough.map(beat => atOnsets(beat, SNAP * periodAt(beat), accents)));
}

/** Share of all onset weight that lies on beats or halfway between them. */
function shareOnBeat({ beats }: BeatGrid, accents: readonly Accent[]): number {
  let on = 0;
  let all = 0;
  let beat = 0;
  for (const accent of accents) {
    while (beat + 2 < beats.length && beats[beat + 1]! <= accent.time) beat++;
    const eighths = (2 * (accent.time - beats[beat]!)) / (beats[beat + 1]! - beats[beat]!);
    const weight = beatWeight(accent);
    all += weight;
    if (Math.abs(eighths - Math.round(eighths)) < 0.25) on += weight;
  }
  return all > 0 ? on / all : 0;
}
