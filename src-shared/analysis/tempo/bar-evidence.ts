import { type Accent, VOICES } from './accents';

/** Numbers of one place in the bar: a level 0..1 for each of `VOICES`. */
const WIDTH = VOICES.length;

/** What sounds at equal parts of every beat: `partsPerBeat` rows of a level for each of `VOICES`. */
export interface BeatParts {
  readonly partsPerBeat: number;
  readonly partCount: number;
  readonly levels: Float32Array;
  /** Voices that could be told: without strokes only kick and snare. */
  readonly known: readonly boolean[];
}

/** Every onset at the part of a beat that it lies nearest to. */
export function partsOf(
  beats: readonly number[],
  accents: readonly Accent[],
  partsPerBeat: number,
): BeatParts {
  const partCount = beats.length * partsPerBeat;
  const levels = new Float32Array(partCount * WIDTH);
  const isTold = accents.some(({ voices }) => voices !== null);
  let beat = 0;
  for (const accent of accents) {
    while (beat + 2 < beats.length && beats[beat + 1]! <= accent.time) beat++;
    const part = Math.round(partsPerBeat * placeIn(beats, beat, accent.time));
    if (part < 0 || part >= partCount) continue;
    const heard = levelsOf(accent);
    for (let voice = 0; voice < WIDTH; voice++) {
      const at = part * WIDTH + voice;
      levels[at] = Math.max(levels[at]!, heard[voice]!);
    }
  }
  return { partsPerBeat, partCount, levels, known: VOICES.map((_, voice) => isTold || voice < 2) };
}

/** A time in beats, given the beat at or before it. */
const placeIn = (beats: readonly number[], beat: number, time: number): number =>
  beat + (time - beats[beat]!) / ((beats[beat + 1] ?? beats[beat]! + 1) - beats[beat]!);

/** A kick has something in the middle as well, which is no snare. */
const KICK_IN_MIDDLE = 0.3;

function levelsOf({ voices, low, middle }: Accent): readonly number[] {
  if (voices) return VOICES.map(voice => voices[voice]);
  return [low, Math.max(0, middle - KICK_IN_MIDDLE * low), 0, 0, 0];
}

/** How alike the parts are to those `lag` parts later, -1..1, all voices together; 0 where there is nothing to compare. */
export function likenessAt({ levels, partCount, known }: BeatParts, lag: number): number {
  let products = 0;
  let squares = 0;
  for (let voice = 0; voice < WIDTH; voice++) {
    if (!known[voice]) continue;
    let mean = 0;
    for (let part = 0; part < partCount; part++) mean += levels[part * WIDTH + voice]! / partCount;
    for (let part = 0; part + lag < partCount; part++) {
      const early = levels[part * WIDTH + voice]! - mean;
      const late = levels[(part + lag) * WIDTH + voice]! - mean;
      products += early * late;
      squares += 0.5 * (early * early + late * late);
    }
  }
  return squares > 0 ? products / squares : 0;
}

/** Mean level of one voice at each part of a bar of `barParts`, the first bar beginning at part `phase`. */
export function barMeans(parts: BeatParts, voice: number, barParts: number, phase: number): Float64Array {
  const means = new Float64Array(barParts);
  const counts = new Float64Array(barParts);
  for (let part = 0; part < parts.partCount; part++) {
    const place = (((part - phase) % barParts) + barParts) % barParts;
    means[place]! += parts.levels[part * WIDTH + voice]!;
    counts[place]!++;
  }
  return means.map((sum, place) => sum / Math.max(1, counts[place]!));
}
