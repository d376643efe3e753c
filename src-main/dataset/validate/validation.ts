import { setImmediate as turn } from 'node:timers/promises';
import { join } from 'node:path';
import { Random } from '#shared/base';
import {
  type Check,
  type Distribution,
  HeardMeter,
  IntegrityMeter,
  KitMeter,
  type PartedSample,
  partedChecks,
  PatternMeter,
  type ReadSample,
  RealismMeter,
  SoundMeter,
} from '#shared/dataset';
import { explain } from '#shared/protocol';
import { type Manifest, readIndex, readSplits, splitHashesCheck } from './dataset-files';
import { IndexMeter } from './index-meter';
import { listenTo } from './listen';
import { humanAnchors, measuredPeople } from './measured';
import { voiceOfKits } from './kit-voices';
import { midiNotes } from './midi-notes';
import { readSamples } from './read-samples';
import { askedBy, type Rebuilding, RebuildMeter } from './rebuild';
import { RowMeter } from './row-meter';
import { openTables, rowsOfTables, type Tables } from './table';
import { TableFaults } from './table-faults';

/** How long listening to a recording and making a row again take, in samples that are only read. */
const LISTENING = 150;
const REBUILDING = 60;
/** Samples between two turns of the event loop, which hear a cancellation. */
const SAMPLES_A_TURN = 20;

/** Recordings in which little but the kit sounds, by a microphone near to it: there the detector is exact. */
const isClean = (preset: string): boolean => preset === 'dry' || preset.startsWith('clean_');

export interface ValidationRequest {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly rebuilding: Rebuilding;
  readonly recordings: number;
  readonly rebuilt: number;
  readonly signal: AbortSignal;
  readonly report: (share: number, what: string) => void;
}

interface Found {
  readonly checks: readonly Check[];
  readonly distributions: readonly Distribution[];
  readonly samples: number;
}

/** One validation on its way: every sample of the tables in turn, some of them listened to and made again. */
export class Validation {
  readonly #request: ValidationRequest;
  readonly #faults = new TableFaults();
  readonly #integrity = new IntegrityMeter();
  readonly #patterns: PatternMeter;
  readonly #realism = new RealismMeter(humanAnchors(), measuredPeople());
  readonly #sounds: SoundMeter;
  readonly #heard = new HeardMeter(isClean);
  readonly #rows: RowMeter;
  readonly #rebuilt: RebuildMeter;
  readonly #parted: PartedSample[] = [];

  constructor(request: ValidationRequest) {
    this.#request = request;
    const { manifest, rebuilding } = request;
    this.#patterns = new PatternMeter(row => askedBy(row, rebuilding.catalogue)?.spec.material ?? null);
    this.#sounds = new SoundMeter(new KitMeter(isClean, voiceOfKits(rebuilding.sounding)));
    this.#rows = new RowMeter(manifest);
    this.#rebuilt = new RebuildMeter(rebuilding);
  }

  async run(): Promise<Found> {
    const { folder, manifest, signal } = this.#request;
    const opened = await openTables(folder, this.#faults);
    if (!opened || this.#faults.count > 0)
      return {
        checks: [this.#faults.check(manifest.rows)],
        distributions: [],
        samples: manifest.rows.samples,
      };
    try {
      await this.#read(opened);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      this.#faults.add(`a table cannot be read: ${error.message}`);
    }
    return {
      checks: [
        this.#faults.check(manifest.rows, rowsOfTables(opened)),
        ...this.#rows.checks(),
        ...this.#integrity.checks().map(check => this.#faults.withStrays(check)),
        this.#patterns.check(),
        this.#rebuilt.check(),
        ...this.#heard.checks(),
        ...(await this.#soundsAndSplits()),
        ...this.#realism.checks(),
      ],
      distributions: this.#realism.distributions(),
      samples: opened.samples.rows,
    };
  }

  async #read(tables: Tables): Promise<void> {
    const { folder, recordings, signal, report } = this.#request;
    const count = tables.samples.rows;
    const listened = this.#chosen('recordings', recordings, count);
    const rebuilt = this.#chosen('rows', this.#request.rebuilt, count);
    const index = new IndexMeter(await readIndex(folder));
    const work = count + LISTENING * listened.size + REBUILDING * rebuilt.size;
    let done = 0;
    let number = 0;
    for await (const rows of readSamples(tables, this.#faults)) {
      const { sample } = rows;
      const midi = await midiNotes(join(folder, sample.midi_path));
      const read: ReadSample = { ...rows, notes: midi };
      this.#integrity.add(read);
      this.#patterns.add(read);
      this.#realism.add(read);
      this.#rows.add(read);
      index.add(read);
      this.#parted.push({
        id: sample.sample_id,
        profile: sample.profile_id,
        group: sample.augmentation_group_id,
        midi: sample.midi_sha256,
        pcm: sample.audio_pcm_sha256,
      });
      done++;
      if (listened.has(number)) {
        if (sample.audio_path !== null) await this.#listen(read);
        done += LISTENING;
      }
      if (rebuilt.has(number)) {
        this.#rebuilt.add(read);
        done += REBUILDING;
      }
      if (++number % SAMPLES_A_TURN === 0) await turn();
      signal.throwIfAborted();
      report(done / work, 'Samples');
    }
    this.#rows.finish(index.check());
  }

  async #listen(read: ReadSample): Promise<void> {
    const { folder, signal } = this.#request;
    await turn();
    const heard = await listenTo(folder, read, signal);
    this.#sounds.add(heard);
    if (heard.fault === null) this.#heard.add(read, heard.onsets);
  }

  /** Numbers of samples spread by the dataset's own hash: the same dataset is always looked at in the same places. */
  #chosen(what: string, wanted: number, count: number): ReadonlySet<number> {
    const random = Random.ofSeed(this.#request.manifest.sha256).fork(what);
    const chosen = new Set<number>();
    if (wanted >= count) for (let number = 0; number < count; number++) chosen.add(number);
    while (chosen.size < Math.min(wanted, count)) chosen.add(random.below(count));
    return chosen;
  }

  async #soundsAndSplits(): Promise<readonly Check[]> {
    const splits = await readSplits(this.#request.folder);
    if (!splits.ok)
      return [
        ...this.#sounds.checks({}),
        {
          name: 'split_lists',
          title: 'Splits name samples that are there, once',
          group: 'splits',
          state: 'failed',
          found: 'splits.json cannot be read',
          wanted: 'all',
          examples: [explain(splits.failure)],
        },
      ];
    return [
      ...this.#sounds.checks(splits.value),
      ...partedChecks(this.#parted, splits.value),
      splitHashesCheck(splits.value),
    ];
  }
}
