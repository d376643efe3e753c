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
  #unknown = 0;

  constructor(rebuilding: Rebuilding) {
    this.#rebuilding = rebuilding;
  }

  add(read: ReadSample): void {
    const fault = rebuildFault(read, this.#rebuilding);
    if (fault === UNKNOWN) this.#unknown++;
    else this.#tally.see(fault === null, () => `${read.sample.sample_id}: made again, ${fault}`);
  }

  check(): Check {
    const check = this.#tally.check('rows');
    if (this.#unknown === 0) return check;
    return { ...check, found: `${check.found}; ${this.#unknown} follow from files that are not here` };
  }
}

const UNKNOWN = Symbol('this machine lacks what it was made with');

/** What differs between a row and what is made from it alone; null for nothing. */
function rebuildFault(read: ReadSample, { sounding, catalogue }: Rebuilding): string | null | typeof UNKNOWN {
  const { sample } = read;
  const asked = askedBy(sample, catalogue);
  if (!asked) return UNKNOWN;
  const { recipe, spec } = asked;
  if (recipe.kit !== null && sounding.kits.every(({ id }) => id !== recipe.kit)) return UNKNOWN;
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
