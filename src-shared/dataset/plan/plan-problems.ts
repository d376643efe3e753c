import type { Catalogue } from './catalogue';
import type { GenerationConfig } from './config';
import { type Chosen, tempoRangeOf } from './chosen';

/** What of a configuration cannot be with what there is to choose from: sentences that begin with the key. */
export function planProblems(config: GenerationConfig, catalogue: Catalogue, chosen: Chosen): string[] {
  const slugs = catalogue.rudiments.map(({ slug }) => slug);
  const kits = catalogue.kits.map(({ id }) => id);
  return [
    ...unknown('rudiments', config.rudiments, slugs),
    ...unknown('kits', config.kits, kits),
    ...materialProblems(config, catalogue, chosen),
    ...recordingProblems(config, catalogue, chosen),
    ...tempoProblems(config, chosen),
  ];
}

const unknown = (key: string, asked: readonly string[], known: readonly string[]): string[] =>
  asked
    .filter(name => !known.includes(name))
    .map(name => `${key}: there is no "${name}"; there are ${known.slice(0, 50).join(', ')}`);

function materialProblems(
  config: GenerationConfig,
  { grooves }: Catalogue,
  { pieces, files }: Chosen,
): string[] {
  const problems: string[] = [];
  if (config.materials === 'rudiments' && grooves.length > 0)
    problems.push(
      `materials: is rudiments, so none of the ${grooves.length} MIDI files would be played; it must be grooves or both`,
    );
  if (config.materials === 'grooves' && pieces.length + files.length === 0)
    problems.push('grooves_per_style: is 0 and there are no MIDI files, so there is nothing to play');
  const known = new Set<string>();
  for (const { slug } of [...pieces, ...files]) {
    if (known.has(slug)) problems.push(`rudiments: ${slug} is the name of two things to play`);
    known.add(slug);
  }
  return problems;
}

function recordingProblems(
  config: GenerationConfig,
  catalogue: Catalogue,
  { pieces, files, recordings, grooveRecordings, wanted }: Chosen,
): string[] {
  if (!config.generate_audio) return [];
  const all = [...pieces, ...files];
  const asked = (what: string, there: number, kits: string): string =>
    `augmentations_per_sample: ${wanted} different recordings of ${what} are asked for, but ${kits} give ${there}`;
  const presets = config.apply_augmentation ? config.augmentation_presets.length : 1;
  const chosen = catalogue.kits.filter(({ id }) => config.kits.length === 0 || config.kits.includes(id));
  const whole = chosen.filter(({ isWholeKit }) => isWholeKit);
  const problems: string[] = [];
  if (wanted > recordings.length && chosen.length > 0)
    problems.push(asked('a performance', recordings.length, `${chosen.length} kits and ${presets} presets`));
  if (all.some(({ barBeats }) => barBeats !== null) && wanted > grooveRecordings.length)
    problems.push(
      whole.length === 0
        ? 'kits: none of them is a whole drum kit, and nothing else can play a groove'
        : asked(
            'a groove',
            grooveRecordings.length,
            `${whole.length} whole drum kits and ${presets} presets`,
          ),
    );
  return problems;
}

function tempoProblems(config: GenerationConfig, { pieces, files }: Chosen): string[] {
  return [...pieces, ...files].flatMap(piece => {
    const [low, high] = tempoRangeOf(piece, config);
    return high - low + 1 >= config.tempos_per_rudiment
      ? []
      : [
          `tempos_per_rudiment: ${config.tempos_per_rudiment} different tempos of ${piece.slug} are asked for, ` +
            `but ${low} to ${high} BPM holds ${high - low + 1}`,
        ];
  });
}
