import { join } from 'node:path';
import { type Cell, type Column, type Split, TABLES } from '#shared/dataset';
import { cardFeatures, ParquetTable } from '../storage/parquet-table';
import { LabelTables } from './label-tables';
import type { LayoutFiles } from './layout-files';
import { BySplit, type LayoutConfig, type LayoutWriter } from './layout-writer';
import { AUDIO_FEATURE } from './payload-table';
import type { SourceSample } from './source';

/** What joins a row to its file, from the folder of the split: the hub's name for it. */
const FILE_NAME: Column = {
  name: 'file_name',
  type: 'text',
  nullable: false,
  of: 'backbeat',
  meaning: 'from the folder of the split: the audio, or the MIDI file where there is none',
};
const COLUMNS: readonly Column[] = [FILE_NAME, ...TABLES.samples];

interface Part {
  readonly table: ParquetTable;
  rows: number;
  /** Of audio. */
  bytes: number;
}

/** A folder for each split with the files of its samples and a table that names them: `train/{figure}/{sample_id}.flac`, `train/metadata.parquet`. */
export class AudioFolderLayout implements LayoutWriter {
  readonly #files: LayoutFiles;
  readonly #folder: string;
  readonly #hasAudio: boolean;
  readonly #parts: BySplit<Part>;
  readonly #labels: LabelTables;

  /** `folder`: of the dataset, whose files are taken as they are. */
  constructor(
    files: LayoutFiles,
    { folder, hasAudio }: { readonly folder: string; readonly hasAudio: boolean },
  ) {
    this.#files = files;
    this.#folder = folder;
    this.#hasAudio = hasAudio;
    this.#parts = new BySplit(split => ({
      table: new ParquetTable(files.open(`${split}/metadata.parquet`), 'samples', COLUMNS),
      rows: 0,
      bytes: 0,
    }));
    this.#labels = new LabelTables(files);
  }

  async add(split: Split, sample: SourceSample): Promise<void> {
    const { row, midi, audio, cells } = sample;
    const part = this.#parts.at(split);
    const own = (extension: string): string => `${row.rudiment_slug}/${row.sample_id}.${extension}`;
    const take = (name: string, path: string, bytes: number, sha256: string): Promise<void> =>
      this.#files.same(`${split}/${name}`, join(this.#folder, path), { bytes, sha256 });
    await take(own('mid'), row.midi_path, midi.length, row.midi_sha256);
    if (audio && row.audio_path !== null && row.audio_sha256 !== null) {
      await take(own('flac'), row.audio_path, audio.length, row.audio_sha256);
      part.bytes += audio.length;
    }
    const moved: Readonly<Record<string, Cell>> = {
      file_name: own(audio ? 'flac' : 'mid'),
      midi_path: `${split}/${own('mid')}`,
      audio_path: audio && `${split}/${own('flac')}`,
    };
    const [, ...columns] = COLUMNS;
    part.table.append([
      [moved['file_name'] ?? null],
      ...columns.map(({ name }, at) => [
        moved[name] === undefined ? (cells.samples[0]?.[at] ?? null) : moved[name],
      ]),
    ]);
    part.rows++;
    this.#labels.add(split, sample);
  }

  finish(): readonly LayoutConfig[] {
    const samples: LayoutConfig = {
      name: 'samples',
      features: this.#hasAudio ? [AUDIO_FEATURE, ...cardFeatures(TABLES.samples)] : cardFeatures(COLUMNS),
      files: this.#parts.map((_, split) => [
        `${split}/metadata.parquet`,
        ...(this.#hasAudio ? [`${split}/**/*.flac`] : []),
      ]),
      splits: this.#parts.map(({ table, rows, bytes }) => {
        const written = table.finish().bytes;
        return { rows, bytes: bytes + written, rawBytes: bytes + table.rawBytes };
      }),
    };
    return [samples, ...this.#labels.finish()];
  }

  discard(): void {
    for (const { table } of this.#parts.values()) table.discard();
    this.#labels.discard();
  }
}
