import { mean } from '../statistics';
import { checkOf, grouped, short } from './check';
import type { ReadSample, StrokeRow } from './read-sample';
import type { Check } from './report';

/** A detector finds nothing in the ringing of a stroke that was much harder: there it, and not the label, is at its end. */
const MASKED_MS = 450;
const MASKED_FACTOR = 1.5;
/** Strokes nearer to one another than this are one attack to it, unless they are a flam. */
const APART_MS = 60;
/** What is farther from its label than this is another stroke. */
const REACH_MS = 40;
const CLEAN_MEDIAN_MS = 1;
const CLEAN_SHARE = 0.99;
const NEAR_MS = 5;
/** A flam counts as resolved when both of its strokes were found where they are. */
const FLAM_MS = 5;
const LEAST_STROKES = 50;
/** Of the hardest stroke of a recording: from here on none is lost in the noise of a chain. */
const LOUD_SHARE = 0.6;
const LEAST_LOUD_SHARE = 0.97;

interface Heard {
  readonly errors: number[];
  /** Of strokes that stand out of any noise. */
  readonly loud: number[];
  /** Strokes that stand alone, and those of them that were not found. */
  clear: number;
  lost: number;
  flams: number;
  resolved: number;
  recordings: number;
  readonly examples: string[];
}

/** Labels held against onsets that were found in the audio without them, by how the recordings were made. */
export class HeardMeter {
  readonly #presets = new Map<string, Heard>();
  readonly #isClean: (preset: string) => boolean;

  /** `isClean`: of a preset whose recordings the strict gate holds for. */
  constructor(isClean: (preset: string) => boolean) {
    this.#isClean = isClean;
  }

  /** `found`: onsets in the audio, seconds, ascending. */
  add({ sample, strokes }: ReadSample, found: readonly number[]): void {
    const preset = sample.augmentation_preset ?? 'none';
    const heard = this.#presets.get(preset) ?? noneHeard();
    this.#presets.set(preset, heard);
    heard.recordings++;
    const onsets = found.map(seconds => seconds * 1000);
    const sounding = strokes
      .filter((stroke): stroke is StrokeRow & { audio_time_ms: number } => stroke.audio_time_ms !== null)
      .toSorted((a, b) => a.audio_time_ms - b.audio_time_ms);
    const hardest = sounding.reduce((most, { actual_velocity }) => Math.max(most, actual_velocity), 0);
    sounding.forEach((stroke, place) => {
      const time = stroke.audio_time_ms;
      if (stroke.buzz_count === null && isClear(sounding, place)) {
        heard.clear++;
        const error = nearest(onsets, time) - time;
        if (Math.abs(error) > REACH_MS) heard.lost++;
        else {
          heard.errors.push(error);
          if (stroke.actual_velocity >= LOUD_SHARE * hardest) heard.loud.push(error);
          if (Math.abs(error) > NEAR_MS && heard.examples.length < 5)
            heard.examples.push(
              `${sample.sample_id}: stroke ${stroke.index} at ${time.toFixed(1)} ms, found ${signed(error)} ms off`,
            );
        }
      }
      const parent = stroke.is_grace_note ? strokes[stroke.parent_stroke_index ?? -1] : undefined;
      if (stroke.flam_spacing_ms === null || parent?.audio_time_ms == null) return;
      heard.flams++;
      const both = [time, parent.audio_time_ms].map(at => onsets.indexOf(nearest(onsets, at)));
      const near = [time, parent.audio_time_ms].every(at => Math.abs(nearest(onsets, at) - at) <= FLAM_MS);
      if (near && both[0] !== both[1]) heard.resolved++;
    });
  }

  checks(): Check[] {
    const entries = [...this.#presets].sort(([a], [b]) => (a < b ? -1 : 1));
    const clean = entries.filter(([preset]) => this.#isClean(preset)).map(([, heard]) => heard);
    return [
      cleanCheck(clean),
      ...entries
        .filter(([preset]) => !this.#isClean(preset))
        .map(([preset, heard]) => presetCheck(preset, heard)),
      flamCheck(clean),
    ];
  }
}

const noneHeard = (): Heard => ({
  errors: [],
  loud: [],
  clear: 0,
  lost: 0,
  flams: 0,
  resolved: 0,
  recordings: 0,
  examples: [],
});

/** Whether a stroke stands alone: nothing else begins near it and nothing much harder rings. */
function isClear(sounding: readonly (StrokeRow & { audio_time_ms: number })[], place: number): boolean {
  const stroke = sounding[place];
  if (!stroke) return false;
  const { audio_time_ms: time, actual_velocity } = stroke;
  if ((sounding[place + 1]?.audio_time_ms ?? Infinity) - time < APART_MS) return false;
  for (let before = place - 1; before >= 0; before--) {
    const other = sounding[before];
    if (!other || other.audio_time_ms < time - MASKED_MS) return true;
    if (time - other.audio_time_ms < APART_MS || other.buzz_count !== null) return false;
    if (other.actual_velocity > MASKED_FACTOR * actual_velocity) return false;
  }
  return true;
}

function nearest(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  const [below = -Infinity, above = Infinity] = [ascending[low - 1], ascending[low]];
  return value - below < above - value ? below : above;
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

function figuresOf(all: readonly Heard[]) {
  const errors = all.flatMap(({ errors }) => errors);
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  const clear = all.reduce((sum, heard) => sum + heard.clear, 0);
  return {
    errors,
    clear,
    lost: all.reduce((sum, heard) => sum + heard.lost, 0),
    recordings: all.reduce((sum, heard) => sum + heard.recordings, 0),
    median: sizes[sizes.length >> 1] ?? 0,
    shift: mean(errors),
    near: sizes.filter(size => size <= NEAR_MS).length / Math.max(1, sizes.length),
    examples: all.flatMap(({ examples }) => examples),
  };
}

const told = ({ errors, clear, lost, recordings, median, near }: ReturnType<typeof figuresOf>): string =>
  `median ${short(median)} ms, ${(100 * near).toFixed(1)} % within ${NEAR_MS} ms of ${grouped(errors.length)} strokes in ${grouped(recordings)} recordings; ` +
  `${grouped(lost)} of ${grouped(clear)} not heard`;

function cleanCheck(clean: readonly Heard[]): Check {
  const facts = {
    name: 'label_audio_alignment',
    title: 'Labels match the audio, clean',
    group: 'alignment',
  } as const;
  const wanted = `median below ${CLEAN_MEDIAN_MS} ms, 99 % within ${NEAR_MS} ms, 5 % unheard at most`;
  const figures = figuresOf(clean);
  if (figures.errors.length < LEAST_STROKES)
    return checkOf(facts, 'skipped', `${figures.recordings} clean recordings`, wanted);
  const isNear = figures.median < CLEAN_MEDIAN_MS && figures.near >= CLEAN_SHARE;
  const isHeard = figures.lost <= 0.05 * figures.clear;
  return checkOf(facts, isNear && isHeard ? 'passed' : 'failed', told(figures), wanted, figures.examples);
}

/**
 * Rooms and noise are the detector's difficulty: it loses soft strokes in them, and what it takes for them may be anything. Loud strokes it finds, so
 * that they are judged; a shift of all labels fails.
 */
function presetCheck(preset: string, heard: Heard): Check {
  const facts = {
    name: `label_audio_alignment_${preset.replace(/[^a-z0-9]+/g, '_')}`,
    title: `Labels match the audio, ${preset.replaceAll('_', ' ')}`,
    group: 'alignment',
  } as const;
  const wanted = 'median within 5 ms, 97 % of loud strokes; the rest is told';
  const figures = figuresOf([heard]);
  if (figures.errors.length < LEAST_STROKES)
    return checkOf(
      facts,
      'skipped',
      `${figures.errors.length} strokes in ${figures.recordings} recordings`,
      wanted,
    );
  const loud = heard.loud.filter(error => Math.abs(error) <= NEAR_MS).length / Math.max(1, heard.loud.length);
  const state = figures.median > NEAR_MS ? 'failed' : loud >= LEAST_LOUD_SHARE ? 'passed' : 'warned';
  const limit =
    figures.near >= CLEAN_SHARE
      ? ''
      : `; of the ${grouped(heard.loud.length)} loud ones ${(100 * loud).toFixed(1)} %: ${loud >= LEAST_LOUD_SHARE ? 'the detector loses soft ones in this chain, the labels are not off' : 'labels or detector are off'}`;
  return checkOf(
    facts,
    state,
    `${told(figures)}${limit}`,
    wanted,
    state === 'failed' ? figures.examples : [],
  );
}

/** Pairs nearer than 20 ms are one stroke to the detector, so this is told and never refused. */
function flamCheck(clean: readonly Heard[]): Check {
  const facts = {
    name: 'flam_pairs_resolved',
    title: 'Both strokes of flams are heard',
    group: 'alignment',
  } as const;
  const wanted = 'told: the detector resolves pairs 20 to 45 ms apart';
  const flams = clean.reduce((sum, heard) => sum + heard.flams, 0);
  const resolved = clean.reduce((sum, heard) => sum + heard.resolved, 0);
  if (flams === 0) return checkOf(facts, 'skipped', 'no flams in clean recordings', wanted);
  return checkOf(
    facts,
    'passed',
    `${grouped(resolved)} of ${grouped(flams)} pairs, ${((100 * resolved) / flams).toFixed(0)} %`,
    wanted,
  );
}
