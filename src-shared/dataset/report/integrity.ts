import type { Check } from './report';
import { checkOf, grouped, short, Tally } from './check';
import { type ReadSample, type StrokeRow } from './read-sample';

const tally = (name: string, title: string): Tally => new Tally({ name, title, group: 'integrity' });

/** What labels are rounded to, and a little: their differences are compared with this. */
const ROUNDING_MS = 0.0015;
/** No stroke is farther from where it was meant than a tempo that ran away for a figure. */
const MOST_ERROR_MS = 1000;
const SCORES_OF_ONE = new Set(['groove_feel_proxy', 'tier_confidence']);
/** A grace this near to its stroke is no flam. */
const FLAT_MS = 8;
/** How near a note of the file must be to its label, and how many must be. */
const MOST_MIDI_MS = 5;
const LEAST_MIDI_SHARE = 0.99;

/** Looks at samples one by one, as far as each can be judged alone: ranges, counts, references, and what follows from what. */
export class IntegrityMeter {
  readonly #ids = new Set<string>();
  readonly #unique = tally('sample_ids_unique', 'Every sample has an id of its own');
  readonly #exercises = tally('exercise_refs_valid', 'Every sample has one row of scores');
  readonly #strokes = tally('stroke_refs_valid', 'Strokes are numbered, and graces name their strokes');
  readonly #measures = tally('measure_refs_valid', 'Measures cover the strokes without a gap');
  readonly #beats = tally('beat_refs_valid', 'Beats cover the strokes, each in its measure');
  readonly #mishapRefs = tally('mishap_refs_valid', 'Mishaps name strokes that are there');
  readonly #velocity = tally('velocity_range', 'Velocities are 1 to 127');
  readonly #timing = tally('timing_range', 'Strokes lie within their performance');
  readonly #scores = tally('score_ranges', 'Scores lie within their ranges');
  readonly #strokeCounts = tally('stroke_counts_match', 'As many strokes as the sample says');
  readonly #measureCounts = tally(
    'measure_counts_match',
    'As many measures, beats and mishaps as the sample says',
  );
  readonly #errors = tally('errors_follow', 'Errors are actual less intended, and measures sum them up');
  readonly #mishaps = tally('mishaps_labelled', 'Flat and inverted flams are labelled as such');
  readonly #midi = { notes: 0, near: 0, worst: 0, examples: [] as string[], files: 0, faulty: 0 };

  add(read: ReadSample): void {
    const { sample, exercises, measures, strokes, beats, mishaps } = read;
    const { sample_id } = sample;
    this.#unique.see(!this.#ids.has(sample_id), () => `${sample_id} is there more than once`);
    this.#ids.add(sample_id);
    this.#exercises.see(exercises.length === 1, () => `${sample_id} has ${exercises.length} rows of scores`);
    this.#scoresOf(read);
    this.#strokeCounts.see(
      strokes.length === sample.num_strokes,
      () => `${sample_id}: ${strokes.length} strokes, and ${sample.num_strokes} are promised`,
    );
    const counts = [
      ['measures', measures.length, sample.num_measures],
      ['beats', beats.length, sample.num_beats],
      ['mishaps', mishaps.length, sample.num_mishaps],
    ] as const;
    for (const [what, found, promised] of counts)
      this.#measureCounts.see(
        found === promised,
        () => `${sample_id}: ${found} ${what}, and ${promised} are promised`,
      );
    strokes.forEach((stroke, place) => this.#stroke(read, stroke, place));
    this.#covers(this.#measures, sample_id, measures, strokes.length);
    this.#covers(this.#beats, sample_id, beats, strokes.length);
    for (const { measure_index, index } of beats)
      this.#beats.see(
        measure_index >= 0 && measure_index < Math.max(sample.num_cycles, measures.length),
        () => `${sample_id}: beat ${index} lies in measure ${measure_index}`,
      );
    this.#measuresFollow(read);
    this.#mishapsOf(read);
    this.#midiOf(read);
  }

  #stroke({ sample, strokes }: ReadSample, stroke: StrokeRow, place: number): void {
    const { sample_id } = sample;
    const { index, parent_stroke_index: parent, is_grace_note } = stroke;
    const parentStroke = parent === null ? undefined : strokes[parent];
    const isBound = is_grace_note
      ? parent !== null &&
        parent > index &&
        parentStroke?.is_grace_note === false &&
        parentStroke.hand !== stroke.hand
      : parent === null;
    this.#strokes.see(index === place && isBound, () =>
      index === place
        ? `${sample_id}: grace ${index} names stroke ${parent}`
        : `${sample_id}: stroke ${index} stands at place ${place}`,
    );
    for (const velocity of [stroke.intended_velocity, stroke.actual_velocity])
      this.#velocity.see(
        velocity >= 1 && velocity <= 127,
        () => `${sample_id}: stroke ${index} has velocity ${velocity}`,
      );
    const end = sample.duration_sec * 1000;
    this.#timing.see(
      stroke.actual_time_ms >= 0 &&
        stroke.actual_time_ms <= end &&
        Math.abs(stroke.timing_error_ms) <= MOST_ERROR_MS &&
        (stroke.audio_time_ms === null ||
          (stroke.audio_time_ms >= 0 && stroke.audio_time_ms <= 1000 * (sample.audio_duration_sec ?? 0))),
      () => `${sample_id}: stroke ${index} at ${stroke.actual_time_ms} ms of ${Math.round(end)} ms`,
    );
    this.#errors.see(
      Math.abs(stroke.actual_time_ms - stroke.intended_time_ms - stroke.timing_error_ms) <= ROUNDING_MS &&
        stroke.actual_velocity - stroke.intended_velocity === stroke.velocity_error,
      () => `${sample_id}: the errors of stroke ${index} are not what its times and velocities say`,
    );
  }

  #covers(
    into: Tally,
    sampleId: string,
    rows: readonly { readonly index: number; readonly stroke_start: number; readonly stroke_end: number }[],
    count: number,
  ): void {
    rows.forEach(({ index, stroke_start, stroke_end }, place) => {
      const start = rows[place - 1]?.stroke_end ?? 0;
      const isLast = place === rows.length - 1;
      into.see(
        index === place &&
          stroke_start === start &&
          stroke_end > stroke_start &&
          (!isLast || stroke_end === count),
        () => `${sampleId}: row ${index} has strokes ${stroke_start} to ${stroke_end} of ${count}`,
      );
    });
  }

  #measuresFollow({ sample, measures, strokes }: ReadSample): void {
    for (const measure of measures) {
      const errors = strokes
        .slice(measure.stroke_start, measure.stroke_end)
        .filter(({ is_grace_note }) => !is_grace_note)
        .map(({ timing_error_ms }) => timing_error_ms);
      const mean = errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length);
      this.#errors.see(
        Math.abs(mean - measure.timing_mean_error_ms) <= ROUNDING_MS,
        () => `${sample.sample_id}: the mean error of measure ${measure.index} is not that of its strokes`,
      );
    }
  }

  #scoresOf({ sample, exercises }: ReadSample): void {
    for (const row of exercises)
      for (const [name, score] of Object.entries(row)) {
        if (typeof score !== 'number') continue;
        const most = SCORES_OF_ONE.has(name.replace(/_v2$/, '')) ? 1 : 100;
        this.#scores.see(
          score >= 0 && score <= most,
          () => `${sample.sample_id}: ${name} is ${score}, of 0 to ${most}`,
        );
      }
  }

  #mishapsOf({ sample, strokes, mishaps }: ReadSample): void {
    const named = new Map<number, Set<string>>();
    mishaps.forEach(({ index, kind, stroke_index }, place) => {
      this.#mishapRefs.see(
        index === place &&
          (stroke_index === null
            ? kind === 'missed_stroke'
            : stroke_index >= 0 && stroke_index < strokes.length),
        () => `${sample.sample_id}: ${kind} names stroke ${stroke_index} of ${strokes.length}`,
      );
      if (stroke_index === null) return;
      const kinds = named.get(stroke_index) ?? new Set();
      named.set(stroke_index, kinds.add(kind));
    });
    for (const { is_grace_note, flam_spacing_ms, parent_stroke_index } of strokes) {
      if (!is_grace_note || flam_spacing_ms === null || parent_stroke_index === null) continue;
      const kinds = named.get(parent_stroke_index);
      const wanted = flam_spacing_ms < 0 ? 'inverted_flam' : flam_spacing_ms < FLAT_MS ? 'flat_flam' : null;
      const isLabelled =
        wanted === null
          ? !kinds?.has('flat_flam') && !kinds?.has('inverted_flam')
          : kinds?.has(wanted) === true;
      this.#mishaps.see(
        isLabelled,
        () => `${sample.sample_id}: the flam of stroke ${parent_stroke_index} has ${flam_spacing_ms} ms`,
      );
    }
  }

  #midiOf({ sample, strokes, notes }: ReadSample): void {
    const { sample_id } = sample;
    this.#midi.files++;
    if (notes === null) {
      this.#midi.faulty++;
      this.#note(`${sample.midi_path} cannot be read`);
      return;
    }
    const left = [...notes];
    for (const { index, actual_time_ms, actual_velocity } of strokes) {
      this.#midi.notes++;
      const at = nearestNote(left, actual_time_ms, actual_velocity);
      const off = at < 0 ? Infinity : Math.abs((left[at]?.ms ?? 0) - actual_time_ms);
      if (off <= MOST_MIDI_MS) {
        this.#midi.near++;
        this.#midi.worst = Math.max(this.#midi.worst, off);
        left.splice(at, 1);
      } else this.#note(`${sample_id}: stroke ${index} at ${actual_time_ms} ms has no note within 5 ms`);
    }
    // What bounces of buzzes are, the labels count.
    const bounces = strokes.reduce((sum, { buzz_count }) => sum + Math.max(0, (buzz_count ?? 1) - 1), 0);
    if (left.length !== bounces) {
      this.#midi.faulty++;
      this.#note(`${sample_id}: ${left.length} notes of its file are no stroke, and ${bounces} are bounces`);
    }
  }

  #note(example: string): void {
    if (this.#midi.examples.length < 5) this.#midi.examples.push(example);
  }

  checks(): Check[] {
    return [
      this.#unique.check('samples'),
      this.#exercises.check('samples'),
      this.#strokes.check('strokes'),
      this.#measures.check('measures'),
      this.#beats.check('beats'),
      this.#mishapRefs.check('mishaps'),
      this.#velocity.check('velocities'),
      this.#timing.check('strokes'),
      this.#scores.check('scores'),
      this.#strokeCounts.check('samples'),
      this.#measureCounts.check('counts'),
      this.#errors.check('strokes and measures'),
      this.#mishaps.check('flams'),
      this.#midiCheck(),
    ];
  }

  #midiCheck(): Check {
    const facts = { name: 'label_midi_alignment', title: 'Labels match MIDI', group: 'alignment' } as const;
    const wanted = 'within 5 ms for 99 %, and no other notes';
    const { notes, near, worst, examples, faulty, files } = this.#midi;
    if (notes === 0) return checkOf(facts, 'skipped', 'no strokes', wanted);
    const state = near >= LEAST_MIDI_SHARE * notes && faulty === 0 ? 'passed' : 'failed';
    return checkOf(
      facts,
      state,
      `${grouped(near)} of ${grouped(notes)} strokes, the farthest ${short(worst)} ms; ${grouped(files - faulty)} of ${grouped(files)} files`,
      wanted,
      state === 'failed' ? examples : [],
    );
  }
}

/** The note of this velocity that is nearest; of any velocity where none of it is near. -1 for no notes. */
function nearestNote(notes: ReadSample['notes'] & {}, ms: number, velocity: number): number {
  let best = -1;
  let least = Infinity;
  notes.forEach((note, at) => {
    const off = Math.abs(note.ms - ms) + (note.velocity === velocity ? 0 : MOST_MIDI_MS * 0.9);
    if (off >= least) return;
    least = off;
    best = at;
  });
  return best;
}
