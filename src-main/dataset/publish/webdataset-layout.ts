import { type Cell, SPLITS, type Split, TABLES, type TableName } from '#shared/dataset';
import type { WrittenFile } from '../storage/output-file';
import type { LayoutFiles } from './layout-files';
import { BySplit, type LayoutConfig, type LayoutWriter } from './layout-writer';
import { type Shard, Shards } from './shards';
import type { Row } from './table-rows';
import type { SourceSample } from './source';
import { TarFile, tarEntryBytes } from './tar-file';

/** What those who stream them are used to. */
const SHARD_BYTES = 1_000_000_000;

/** Samples as TAR archives to be streamed: `train/shard-000000.tar`, of each sample its audio, its MIDI and all its labels, one after the other. */
export class WebDatasetLayout implements LayoutWriter {
  readonly #shards: BySplit<Shards<SourceEntry>>;

  constructor(files: LayoutFiles, { shardBytes = SHARD_BYTES }: { readonly shardBytes?: number } = {}) {
    this.#shards = new BySplit(
      split =>
        new Shards(index => new TarShard(new TarFile(files.open(shardPath(split, index)))), shardBytes),
    );
  }

  add(split: Split, sample: SourceSample): void {
    const entry = { sample, json: Buffer.from(`${JSON.stringify(labelsOf(sample))}\n`, 'utf8') };
    const { midi, audio } = sample;
    const bytes = [audio, midi, entry.json].reduce(
      (sum, each) => sum + (each ? tarEntryBytes(each.length) : 0),
      0,
    );
    this.#shards.at(split).add(entry, bytes);
  }

  finish(): readonly LayoutConfig[] {
    const finished = this.#shards.map(shards => shards.finish());
    return [
      {
        name: 'samples',
        features: null,
        files: this.#shards.map((_, split) => [`${split}/shard-*.tar`]),
        splits: Object.fromEntries(
          SPLITS.flatMap(split => {
            const size = finished[split]?.size;
            return size ? [[split, size]] : [];
          }),
        ),
      },
    ];
  }

  discard(): void {
    for (const shards of this.#shards.values()) shards.discard();
  }
}

const shardPath = (split: Split, index: number): string =>
  `${split}/shard-${String(index).padStart(6, '0')}.tar`;

interface SourceEntry {
  readonly sample: SourceSample;
  readonly json: Uint8Array;
}

class TarShard implements Shard<SourceEntry> {
  readonly #tar: TarFile;
  rows = 0;

  constructor(tar: TarFile) {
    this.#tar = tar;
  }

  get bytes(): number {
    return this.#tar.bytes;
  }

  get rawBytes(): number {
    return this.#tar.bytes;
  }

  add({ sample: { row, audio, midi }, json }: SourceEntry): void {
    if (audio) this.#tar.add(`${row.sample_id}.flac`, audio);
    this.#tar.add(`${row.sample_id}.mid`, midi);
    this.#tar.add(`${row.sample_id}.json`, json);
    this.rows++;
  }

  finish(): WrittenFile {
    return this.#tar.finish();
  }

  discard(): void {
    this.#tar.discard();
  }
}

/** All rows of a sample by table, by the columns' names; paths are those of the archive. */
function labelsOf({ row, audio, cells }: SourceSample) {
  const { sample_id } = row;
  const moved = { midi_path: `${sample_id}.mid`, audio_path: audio && `${sample_id}.flac` };
  const [sample = {}] = namedRows('samples', cells.samples);
  const [exercise = {}] = namedRows('exercises', cells.exercises);
  return {
    sample: { ...sample, ...moved },
    exercise,
    measures: namedRows('measures', cells.measures),
    strokes: namedRows('strokes', cells.strokes),
    beats: namedRows('beats', cells.beats),
    mishaps: namedRows('mishaps', cells.mishaps),
  };
}

const namedRows = (table: TableName, rows: readonly Row[]): Readonly<Record<string, Cell>>[] =>
  rows.map(row => Object.fromEntries(TABLES[table].map(({ name }, at) => [name, row[at] ?? null])));
