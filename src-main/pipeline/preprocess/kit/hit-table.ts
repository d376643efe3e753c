import { loudestStroke } from '#shared/analysis';
import {
  type BleedParts,
  type DrumEvidence,
  type Slice,
  type SliceQuality,
  STROKE_CLASSES,
} from '#shared/model';

/** What is known of one slice of one of the songs, in plain numbers. */
export interface TableHit {
  /** Index into the sorted songs. */
  readonly song: number;
  readonly onset_frame: number;
  readonly start_frame: number;
  readonly frames: number;
  readonly fade_in_frames: number;
  readonly fade_out_frames: number;
  /** 0 when the hit is single. */
  readonly flam_frames: number;
  readonly velocity: number;
  readonly signal_to_floor_db: number;
  readonly tail_db: number;
  readonly clipped_frames: number;
  /** Where the onset was heard or put first. */
  readonly origin_frame: number;
  /** Shares of the energy that bleed in; NaN where nobody measured them. */
  readonly accompaniment: number;
  readonly ringing: number;
  readonly others: number;
  /** 1 where the user wants it as it is. */
  readonly by_hand: number;
  /** Index of the class of its loudest stroke; -1 where none was heard. */
  readonly drum: number;
  readonly drum_probability: number;
}

/** What a network thinks that the hit is. */
export function drumOf({ drum, drum_probability }: TableHit): DrumEvidence | null {
  const name = STROKE_CLASSES[drum];
  return name ? { class: name, probability: drum_probability } : null;
}

/** The quality as the slices file had it. */
export const qualityOf = (hit: TableHit): SliceQuality => ({
  signal_to_floor_db: hit.signal_to_floor_db,
  tail_db: hit.tail_db,
  clipped_frames: hit.clipped_frames,
  ...(Number.isNaN(hit.others)
    ? {}
    : { bleed: { accompaniment: hit.accompaniment, ringing: hit.ringing, others: hit.others } }),
});

const UNMEASURED: BleedParts = { accompaniment: Number.NaN, ringing: Number.NaN, others: Number.NaN };

const COLUMNS = [
  'song',
  'onset_frame',
  'start_frame',
  'frames',
  'fade_in_frames',
  'fade_out_frames',
  'flam_frames',
  'velocity',
  'signal_to_floor_db',
  'tail_db',
  'clipped_frames',
  'origin_frame',
  'accompaniment',
  'ringing',
  'others',
  'by_hand',
  'drum',
  'drum_probability',
] as const satisfies readonly (keyof TableHit)[];

/** All hits of all songs in two blocks of numbers: a few megabytes for an hour of drums, where objects would take tens. */
export class HitTable {
  #count = 0;
  #fingerprintLength = 0;
  #numbers = new Float64Array(1024 * COLUMNS.length);
  #fingerprints = new Float32Array(0);

  get count(): number {
    return this.#count;
  }

  get fingerprintLength(): number {
    return this.#fingerprintLength;
  }

  add(song: number, record: Slice): void {
    const { fingerprint, strokes = [], quality: measured, ...slice } = record;
    const { bleed = UNMEASURED, ...quality } = measured;
    const drum = loudestStroke(strokes);
    this.#fingerprintLength ||= fingerprint.length;
    this.#makeRoom();
    const hit: TableHit = {
      ...slice,
      ...quality,
      ...bleed,
      song,
      flam_frames: slice.flam_frames ?? 0,
      origin_frame: slice.origin_frame ?? slice.onset_frame,
      by_hand: slice.by_hand ? 1 : 0,
      drum: drum ? STROKE_CLASSES.indexOf(drum.class) : -1,
      drum_probability: drum?.probability ?? 0,
    };
    for (const [column, name] of COLUMNS.entries())
      this.#numbers[this.#count * COLUMNS.length + column] = hit[name];
    this.#fingerprints.set(fingerprint, this.#count * this.#fingerprintLength);
    this.#count++;
  }

  hit(index: number): TableHit {
    const from = index * COLUMNS.length;
    return Object.fromEntries(
      COLUMNS.map((name, column) => [name, this.#numbers[from + column]]),
    ) as unknown as TableHit;
  }

  fingerprint(index: number): Float32Array {
    return this.#fingerprints.subarray(
      index * this.#fingerprintLength,
      (index + 1) * this.#fingerprintLength,
    );
  }

  #makeRoom(): void {
    const room = this.#numbers.length / COLUMNS.length;
    if (this.#fingerprints.length === 0)
      this.#fingerprints = new Float32Array(room * this.#fingerprintLength);
    if (this.#count < room) return;
    const numbers = new Float64Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const fingerprints = new Float32Array(2 * this.#fingerprints.length);
    fingerprints.set(this.#fingerprints);
    this.#fingerprints = fingerprints;
  }
}
