import { compareText } from '#shared/model';

/** What the index counts by. */
const COUNTED = ['skill_tier', 'rudiment_slug', 'soundfont', 'augmentation_preset', 'room_type'] as const;
export type Counted = (typeof COUNTED)[number];

/** A step's parameter that names a file. */
const RESOURCE = /"recording":"([0-9a-f]{64})"/g;

/** Counts of a dataset while it goes by. */
export class Totals {
  readonly #counts = new Map(COUNTED.map(name => [name, new Map<string, number>()]));
  samples = 0;
  seconds = 0;
  recordings = 0;
  /** SHA-256 of every file that a step of the recordings takes: responses of rooms, noises. */
  readonly resources = new Set<string>();
  lowestTempo = Infinity;
  highestTempo = 0;

  add(
    row: {
      readonly [Name in Counted]: string | null;
    } & {
      readonly tempo_bpm: number;
      readonly duration_sec: number;
      readonly audio_path: string | null;
      readonly augmentation_json: string;
    },
  ): void {
    this.samples++;
    this.seconds += row.duration_sec;
    if (row.audio_path !== null) this.recordings++;
    this.lowestTempo = Math.min(this.lowestTempo, row.tempo_bpm);
    this.highestTempo = Math.max(this.highestTempo, row.tempo_bpm);
    for (const [, sha256 = ''] of row.augmentation_json.matchAll(RESOURCE)) this.resources.add(sha256);
    for (const [name, counts] of this.#counts) {
      const value = row[name] ?? 'none';
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }

  /** Samples by each value, sorted by it. */
  by(name: Counted): Record<string, number> {
    const counts = [...(this.#counts.get(name) ?? [])];
    return Object.fromEntries(counts.sort(([a], [b]) => compareText(a, b)));
  }

  get all() {
    return {
      samples: this.samples,
      recordings: this.recordings,
      duration_sec: Math.round(this.seconds * 1e6) / 1e6,
      tempo_bpm: this.samples === 0 ? null : [this.lowestTempo, this.highestTempo],
      ...Object.fromEntries(COUNTED.map(name => [`by_${name}`, this.by(name)])),
    };
  }
}
