import type { Material, Slot } from '../performance';
import { otherHand } from '../rudiments';
import type { SampleRow } from '../rows';
import { checkOf, grouped, Tally } from './check';
import { extraStrokes, type ReadSample, type StrokeRow } from './read-sample';
import type { Check } from './report';

/** A written moment is known to this. */
const SAME_MS = 0.01;

/**
 * Whether what was played is the rudiment that its row names: every stroke of it at its moment with its hand, accent, graces and diddle,
 * but for what a mishap explains. The rudiments' definitions themselves are held against an independent table elsewhere
 * (test/contract/dataset-rudiments.test.ts).
 */
export class PatternMeter {
  readonly #materialOf: (sample: SampleRow) => Material | null;
  readonly #tally = new Tally({
    name: 'rudiment_pattern_correctness',
    title: 'Stroke order and sticking',
    group: 'integrity',
  });
  readonly #unknown = new Set<string>();
  readonly #known = new Set<string>();
  readonly #wrong = new Set<string>();

  /** `materialOf`: what a row says was to be played; null where its definition is not known here. */
  constructor(materialOf: (sample: SampleRow) => Material | null) {
    this.#materialOf = materialOf;
  }

  add(read: ReadSample): void {
    const { sample } = read;
    const material = this.#materialOf(sample);
    if (!material) {
      this.#unknown.add(sample.rudiment_slug);
      return;
    }
    this.#known.add(sample.rudiment_slug);
    const fault = faultOf(read, material);
    if (fault !== null) this.#wrong.add(sample.rudiment_slug);
    this.#tally.see(fault === null, () => `${sample.sample_id}: ${fault}`);
  }

  check(): Check {
    const check = this.#tally.check('samples');
    if (check.state === 'skipped')
      return checkOf(check, 'skipped', `${this.#unknown.size} figures that are not known here`, check.wanted);
    const unknown = this.#unknown.size === 0 ? '' : `; ${this.#unknown.size} figures are not known here`;
    const known = this.#known.size;
    return {
      ...check,
      found: `${grouped(known - this.#wrong.size)} of ${grouped(known)} rudiments, ${check.found}${unknown}`,
    };
  }
}

/** What of `read` is not the material; null where all of it is. */
function faultOf(read: ReadSample, { cycles, beatsPerCycle }: Material): string | null {
  const { sample, strokes, mishaps } = read;
  const beatMs = 60_000 / sample.tempo_bpm;
  const extra = extraStrokes(read);
  const primary = strokes.filter(({ is_grace_note, index }) => !is_grace_note && !extra.has(index));
  const graces = Map.groupBy(
    strokes.filter(({ is_grace_note }) => is_grace_note),
    ({ parent_stroke_index }) => parent_stroke_index,
  );
  const missed = mishaps.filter(({ kind }) => kind === 'missed_stroke').map(({ time_ms }) => time_ms);
  const wrongHands = new Set(
    mishaps.filter(({ kind }) => kind === 'wrong_hand').map(({ stroke_index }) => stroke_index),
  );
  const start = startOf(primary[0], missed, cycles[0]?.[0], beatMs);
  let at = 0;
  for (let cycle = 0; cycle < sample.num_cycles; cycle++)
    for (const slot of cycles[cycle % cycles.length] ?? []) {
      const meant = start + (cycle * beatsPerCycle + slot.beat) * beatMs;
      const stroke = primary[at];
      // Of strokes together one may be missing.
      if (!stroke || Math.abs(stroke.intended_time_ms - meant) > SAME_MS || stroke.midi_note !== slot.note) {
        if (missed.some(time => Math.abs(time - meant) <= SAME_MS)) continue;
        return `there is no stroke at ${meant.toFixed(1)} ms`;
      }
      at++;
      const fault = strokeFault(stroke, slot, wrongHands.has(stroke.index), graces.get(stroke.index) ?? []);
      if (fault !== null) return `stroke ${stroke.index} ${fault}`;
    }
  return at === primary.length ? null : `stroke ${primary[at]?.index} belongs to no figure`;
}

/** When the first stroke was meant: its own time, or that of the one that was missed before it. */
const startOf = (
  first: StrokeRow | undefined,
  missed: readonly number[],
  slot: Slot | undefined,
  beatMs: number,
): number => Math.min(first?.intended_time_ms ?? Infinity, ...missed) - (slot?.beat ?? 0) * beatMs;

function strokeFault(
  { hand, is_accent, stroke_type, diddle_position }: StrokeRow,
  slot: Slot,
  isWrongHand: boolean,
  graces: readonly StrokeRow[],
): string | null {
  const wanted = isWrongHand ? otherHand(slot.hand) : slot.hand;
  if (hand !== wanted) return `is played by ${hand}, and ${wanted} is its hand`;
  if (is_accent !== slot.accent) return slot.accent ? 'is no accent' : 'is an accent';
  if ((diddle_position ?? 0) !== slot.diddle) return `is stroke ${diddle_position} of a diddle`;
  if ((stroke_type === 'buzz') !== slot.buzz && !slot.accent)
    return slot.buzz ? 'is not buzzed' : 'is buzzed';
  if (graces.length !== slot.graces) return `has ${graces.length} graces of ${slot.graces}`;
  return null;
}
