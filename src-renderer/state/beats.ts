import {
  barAt,
  barStarts,
  type Meter,
  type Pattern,
  STEP_TICKS,
  stepsPerBar,
  type Tempo,
  TempoMap,
} from '#shared/model';
import { PPQ } from '#shared/units';

/** Where a written position stands in the bars, counted from 1 as musicians do. */
export interface Place {
  readonly bar: number;
  readonly beat: number;
  /** Sixteenth steps after the beat. */
  readonly step: number;
}

/** Ticks of the note that a meter counts: quarters in 4/4, eighths in 6/8. */
export const beatTicks = (meter: Meter): number => (4 * PPQ) / meter.denominator;

export function placeOf(pattern: Pick<Pattern, 'bars'>, at: number): Place {
  const { bar, within } = barAt(barStarts(pattern.bars), at);
  const length = beatTicks(pattern.bars[bar] ?? { numerator: 4, denominator: 4 });
  const beat = Math.floor(within / length);
  return { bar: bar + 1, beat: beat + 1, step: Math.floor((within - beat * length) / STEP_TICKS) };
}

/** What follows the beat's number: "-e", "-and", "-a" in quarters, "-and" in eighths. */
const INSIDE_QUARTER = ['', '-e', '-and', '-a'] as const;
const INSIDE_EIGHTH = ['', '-and'] as const;

/** "bar 2 beat 4-and"; "bar 2 beat 4, triplet 3"; "bar 2 beat 4-e and 17 ticks" where nothing has a name. */
export function spokenPlace(pattern: Pick<Pattern, 'bars'>, at: number): string {
  const { bar, within } = barAt(barStarts(pattern.bars), at);
  const meter = pattern.bars[bar] ?? { numerator: 4, denominator: 4 };
  const length = beatTicks(meter);
  const beat = Math.floor(within / length);
  return `bar ${bar + 1} beat ${beat + 1}${insideBeat(within - beat * length, length, meter.denominator)}`;
}

function insideBeat(inside: number, length: number, denominator: number): string {
  const names = denominator >= 8 ? INSIDE_EIGHTH : INSIDE_QUARTER;
  const step = Math.floor(inside / STEP_TICKS);
  const sixteenth = names[step] ?? `, step ${step + 1}`;
  const rest = inside - step * STEP_TICKS;
  if (rest === 0) return sixteenth;
  if ((inside * 3) % length === 0) return `, triplet ${(inside * 3) / length + 1}`;
  if ((inside * 6) % length === 0) return `, sextuplet ${(inside * 6) / length + 1}`;
  if (rest * 2 === STEP_TICKS) return `, 32nd ${(inside * 2) / STEP_TICKS + 1}`;
  return `${sixteenth} and ${rest} ticks`;
}

/** "2.4.3": bar, beat and sixteenth, as transports print it. */
export function printedPlace(pattern: Pick<Pattern, 'bars'>, at: number): string {
  const { bar, beat, step } = placeOf(pattern, at);
  return `${bar}.${beat}.${step + 1}`;
}

let lastMap: { readonly tempo: Tempo; readonly map: TempoMap } | undefined;

/** "4.2.3": bar, beat and sixteenth of a song at `seconds`, by its tempo. Asked for at every frame: one map is kept. */
export function placeWords(tempo: Tempo, seconds: number): string {
  if (lastMap?.tempo !== tempo) lastMap = { tempo, map: new TempoMap(tempo) };
  const { bar, beat, within } = lastMap.map.placeAt(seconds);
  return `${bar}.${beat}.${Math.floor((within * 16) / tempo.meter.denominator) + 1}`;
}

/** Steps of the whole pattern. */
export const stepCount = (pattern: Pick<Pattern, 'bars'>): number =>
  pattern.bars.reduce((sum, meter) => sum + stepsPerBar(meter), 0);
