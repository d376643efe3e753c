import { type Accent, estimateTempo, voiceLevels } from '#shared/analysis';
import { type Stroke, type Tempo, TempoMap } from '#shared/model';
import type { Performance } from '#test/groove-midi';
import { fMeasure } from '#test/onset-scores';

/** Where beats and bars of a recording are, in seconds. */
export interface BeatTruth {
  readonly beats: readonly number[];
  readonly bars: readonly number[];
}

/** F of beats and of bars within 70 ms, as mir_eval has it. */
export function scoreBeats(tempo: Tempo, { beats, bars }: BeatTruth) {
  const map = new TempoMap(tempo);
  const end = Math.max(beats.at(-1) ?? 0, tempo.beats.at(-1) ?? 0);
  const from = (beats[0] ?? 0) - 0.1;
  const within = (times: readonly number[]): number[] =>
    times.filter(time => time >= from && time <= (beats.at(-1) ?? 0) + 0.1);
  return {
    trueBpm: (60 * (beats.length - 1)) / ((beats.at(-1) ?? 0) - (beats[0] ?? 0)),
    beats: fMeasure(within(tempo.beats), beats, 0.07),
    bars: fMeasure(within(map.bars(end).map(({ seconds }) => seconds)), bars, 0.07),
  };
}

/** Strokes closer than this are one onset, as the detectors hear them. */
const ONE_ONSET_SECONDS = 0.02;

/** Onsets as a detector would find them; `isPlain` leaves out what drums they are and keeps only low and middle. */
export function accentsOfStrokes(
  strokes: readonly (Stroke & { readonly time: number })[],
  isPlain = false,
): Accent[] {
  const groups: (Stroke & { readonly time: number })[][] = [];
  for (const stroke of strokes) {
    const group = groups.at(-1);
    if (group?.[0] && stroke.time - group[0].time < ONE_ONSET_SECONDS) group.push(stroke);
    else groups.push([stroke]);
  }
  return groups.map(group => {
    const voices = voiceLevels(group);
    const loudest = group.reduce((most, { velocity }) => Math.max(most, velocity), 0);
    return {
      time: group[0]?.time ?? 0,
      strength: 0.3 + 0.7 * loudest,
      low: Math.max(voices.kick, 0.4 * voices.toms, 0.1 * voices.snare),
      middle: Math.max(
        voices.snare,
        0.6 * voices.toms,
        0.3 * voices.kick,
        0.1 * voices.hat,
        0.2 * voices.crash,
      ),
      voices: isPlain ? null : voices,
    };
  });
}

/** What is heard in one of Groove's performances, and what it was played to. */
export function tempoOfPerformance(performance: Performance, isPlain = false) {
  const { strokes, bpm, meter } = performance;
  const seconds = (strokes.at(-1)?.time ?? 0) + 0.5;
  const beat = 240 / (bpm * meter.denominator);
  const first = strokes[0]?.time ?? 0;
  const beats = Array.from({ length: Math.floor((seconds - 0.5) / beat) + 1 }, (_, at) => at * beat).filter(
    time => time > first - 0.1,
  );
  const bars = Array.from(
    { length: Math.ceil(seconds / beat / meter.numerator) },
    (_, at) => at * beat * meter.numerator,
  ).filter(time => time > first - 0.1 && time < seconds - 0.4);
  return { tempo: estimateTempo(accentsOfStrokes(strokes, isPlain), seconds), truth: { beats, bars } };
}
