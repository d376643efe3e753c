import { createHash } from 'node:crypto';
import { flacOf } from '#main/platform';
import { canonicalJson } from '#shared/base';
import {
  AUDIO_BITS,
  type Catalogue,
  encodePerformance,
  type ExerciseSpec,
  type GeneratedSample,
  labelsOf,
  performExercise,
  type ReadSample,
  type Recipe,
  RecipeSchema,
  rowsOf,
  type SampleRow,
  specOf,
  Tally,
  type Check,
} from '#shared/dataset';
import { compareText } from '#shared/model';
import { recordingOf } from '../run';
import type { Sounding } from '../sound';

/** What rows are rebuilt with. */
export interface Rebuilding {
  readonly sounding: Sounding;
  readonly catalogue: Catalogue;
}

export interface Asked {
  readonly recipe: Recipe;
  readonly spec: ExerciseSpec;
}

/** What a row says that it follows from; null where its recipe is none, or asks for what is not here. */
export function askedBy({ recipe_json }: SampleRow, catalogue: Catalogue): Asked | null {
  const recipe = RecipeSchema.safeParse(jsonOf(recipe_json));
  if (!recipe.success) return null;
  const spec = specOf(recipe.data, catalogue);
  return spec.ok ? { recipe: recipe.data, spec: spec.value } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Makes rows again and compares all that they say. */
export class RebuildMeter {
  readonly #rebuilding: Rebuilding;
  readonly #tally = new Tally({
    name: 'rows_rebuild',
    title: 'Rows alone make the same bytes again',
    group: 'integrity',
  });
  /** Rows that follow from files which are not here, and those files. */
  #unknown = 0;
  readonly #lacking = new Set<string>();

  constructor(rebuilding: Rebuilding) {
    this.#rebuilding = rebuilding;
  }

  add(read: ReadSample): void {
    const lacking = lackingFor(read.sample, this.#rebuilding);
    if (lacking.length > 0) {
      this.#unknown++;
      for (const file of lacking) this.#lacking.add(file);
      return;
    }
    const fault = rebuildFault(read, this.#rebuilding);
    this.#tally.see(fault === null, () => `${read.sample.sample_id}: made again, ${fault}`);
  }

  /** Rows that cannot be made again are told, with what they need: nobody learns of them otherwise. */
  check(): Check {
    const check = this.#tally.check('rows');
    if (this.#unknown === 0) return check;
    const files = [...this.#lacking].sort(compareText);
    return {
      ...check,
      state: check.state === 'failed' ? 'failed' : 'warned',
      found: `${check.found}; ${this.#unknown} need ${files.length === 1 ? 'a file that is' : `${files.length} files that are`} not here`,
      examples: [
        ...check.examples,
        ...files.slice(0, MOST_LACKING),
        ...(files.length > MOST_LACKING ? [`and ${files.length - MOST_LACKING} more`] : []),
        'Give fonts with --soundfont FILE; all files with --config FILE.yaml, the configuration of the dataset',
      ],
    };
  }
}

const MOST_LACKING = 8;
/** A step's parameter that names a recording. */
const RECORDING = /"recording":"([0-9a-f]{64})"/g;
const shortly = (sha256: string | null): string => (sha256 ?? '').slice(0, 12);

/** What `sample` was made with and this machine lacks, in words. */
function lackingFor(sample: SampleRow, { sounding, catalogue }: Rebuilding): string[] {
  const recipe = RecipeSchema.safeParse(jsonOf(sample.recipe_json));
  if (!recipe.success) return ['the recipe of the row'];
  const { kit, rudiment, definition, groove } = recipe.data;
  const lacking: string[] = [];
  if (!specOf(recipe.data, catalogue).ok)
    lacking.push(
      groove?.midi
        ? `MIDI file ${shortly(groove.midi)} (${rudiment})`
        : `definition of the rudiment ${rudiment}${definition === undefined ? '' : ` (${shortly(definition)})`}`,
    );
  const isHere = sounding.kits.some(({ id, font }) => id === kit && font === sample.soundfont_sha256);
  if (kit !== null && !isHere) lacking.push(`SoundFont ${shortly(sample.soundfont_sha256)} (kit ${kit})`);
  const known = new Set(Object.values(catalogue.recordings).flat());
  for (const [, sha256 = ''] of sample.augmentation_json?.matchAll(RECORDING) ?? [])
    if (!known.has(sha256)) lacking.push(`recording ${shortly(sha256)} of a room or a noise`);
  return lacking;
}

/** What differs between a row and what is made from it alone; null for nothing. */
function rebuildFault(read: ReadSample, { sounding, catalogue }: Rebuilding): string | null {
  const { sample } = read;
  const asked = askedBy(sample, catalogue);
  if (!asked) return 'its recipe is none';
  const { recipe, spec } = asked;
  const performance = performExercise(spec);
  const midi = encodePerformance(performance);
  const recording =
    recipe.kit === null || sample.augmentation_preset === null
      ? null
      : recordingOf(
          spec,
          {
            kit: recipe.kit,
            preset: sample.augmentation_preset,
            steps: JSON.parse(sample.augmentation_json),
          },
          sounding,
        );
  const again: GeneratedSample = {
    id: sample.sample_id,
    groupId: sample.augmentation_group_id,
    take: recipe.take,
    source: sample.material_source,
    labels: labelsOf(performance),
    recipe,
    midi,
    recording,
  };
  const audio = recording && flacOf(recording.audio, { bits: AUDIO_BITS });
  const rows = rowsOf(again, {
    midi: sha256(midi),
    audio: audio && { file: sha256(audio.flac), pcm: sha256(audio.pcm) },
  });
  const [made] = rows.samples;
  const differing = Object.entries(made ?? {}).find(
    ([name, cell]) => canonicalJson(cell) !== canonicalJson(sample[name as keyof SampleRow] ?? null),
  );
  if (differing) return `${differing[0]} is ${String(differing[1]).slice(0, 40)}`;
  const table = (['exercises', 'measures', 'strokes', 'beats', 'mishaps'] as const).find(
    name => canonicalJson(rows[name]) !== canonicalJson(read[name]),
  );
  return table === undefined ? null : `its ${table} are others`;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
