import type { GenerationConfig } from '#shared/dataset';
import type { DatasetCatalogue } from '#shared/protocol';
import { PRESET_NAMES } from '#shared/augment';
import { count } from '#renderer/ui';

const LEADS = { both: 'both leads', R: 'right leads', L: 'left leads' } as const;

/** "40 of 40, both leads". */
export function rudimentWords({ rudiments, leads }: GenerationConfig, all: number): string {
  const chosen = rudiments.length === 0 ? all : rudiments.length;
  return `${chosen} of ${all}, ${LEADS[leads]}`;
}

/** "2 of 3"; an empty list takes all. */
export const chosenWords = (chosen: readonly string[], all: number): string =>
  `${chosen.length === 0 ? all : chosen.length} of ${all}`;

/** "5 of 11 chains", "dry". */
export const chainWords = ({ apply_augmentation, augmentation_presets }: GenerationConfig): string =>
  apply_augmentation ? `${augmentation_presets.length} of ${PRESET_NAMES.length} chains` : 'dry, none';

/** What a run is made of, after its number: "rudiments, 100 players, seed 42". */
export function configWords(config: GenerationConfig): string {
  const material = {
    rudiments: 'rudiments',
    grooves: 'full kit',
    both: 'rudiments and full kit',
  }[config.materials];
  return `${material}, ${count(config.num_profiles, 'player')}, seed ${config.seed}`;
}

/** The list as a configuration keeps it: empty where it is all of them, so that it stays all when more are added. */
export const asChosen = (chosen: ReadonlySet<string>, all: readonly string[]): string[] =>
  all.every(value => chosen.has(value)) ? [] : all.filter(value => chosen.has(value));

/** Kits that play what is asked for: a snare alone plays no grooves. */
export const kitsFor = ({ materials }: GenerationConfig, { kits }: DatasetCatalogue) =>
  materials === 'rudiments' ? kits : kits.filter(({ isWholeKit }) => isWholeKit);
