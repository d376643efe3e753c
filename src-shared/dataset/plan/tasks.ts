import { type AugmentStep, type Drawn, presetSteps } from '../../augment';
import { fail, invariant, ok, Random, type Result } from '../../base';
import type { Pattern } from '../../model';
import { augmentationGroupId, sampleId } from '../labels';
import { type ExerciseSpec, rudimentMaterial } from '../performance';
import { type Player, samplePlayers } from '../players';
import type { Hand, Rudiment } from '../rudiments';
import type { GenerationConfig } from './config';

export interface CatalogueKit {
  readonly id: string;
  /** It has all drums and cymbals of a groove; a snare alone plays rudiments, so every kit does. */
  readonly isWholeKit: boolean;
}

/** A MIDI file that performances are taken from. */
export interface MidiGroove {
  readonly sha256: string;
  /** Of its file. */
  readonly name: string;
  readonly pattern: Pattern;
}

/** What a configuration may choose from. */
export interface Catalogue {
  readonly rudiments: readonly Rudiment[];
  readonly kits: readonly CatalogueKit[];
  readonly grooves: readonly MidiGroove[];
  /** SHA-256 of what may be mixed in or convolved with. */
  readonly recordings: Drawn['recordings'];
}

/** One sample to be made. Everything of it follows from the configuration and its number. */
export interface Task {
  readonly number: number;
  readonly id: string;
  readonly groupId: string;
  readonly spec: ExerciseSpec;
  /** The hand that leads it. */
  readonly lead: Hand;
  /** null: no audio is asked for. */
  readonly recording: {
    readonly kit: string;
    readonly preset: string;
    readonly steps: readonly AugmentStep[];
  } | null;
}

/** All samples of a configuration, by number: players in order, of each every rudiment at every tempo with every recording. */
export interface Plan {
  readonly config: GenerationConfig;
  readonly count: number;
  readonly players: readonly Player[];
  readonly task: (number: number) => Task;
}

const DRY = 'dry';
/** Strokes add up past full scale; nothing else is done to a dry recording. */
const DRY_STEPS: readonly AugmentStep[] = [{ name: 'PeakNormalization', params: { decibels: -1 } }];

/** The plan of a configuration, or what is wrong with it, key by key. */
export function planOf(config: GenerationConfig, catalogue: Catalogue): Result<Plan, readonly string[]> {
  const problems = [
    ...unknown(
      'rudiments',
      config.rudiments,
      catalogue.rudiments.map(({ slug }) => slug),
    ),
    ...unknown(
      'kits',
      config.kits,
      catalogue.kits.map(({ id }) => id),
    ),
  ];
  const rudiments = catalogue.rudiments.filter(
    ({ slug }) => config.rudiments.length === 0 || config.rudiments.includes(slug),
  );
  const kits = catalogue.kits
    .map(({ id }) => id)
    .filter(kit => config.kits.length === 0 || config.kits.includes(kit));
  const presets = config.apply_augmentation ? config.augmentation_presets : [DRY];
  const recordings = recordingsOf(kits, presets);
  const wanted = config.generate_audio ? config.augmentations_per_sample : 1;
  if (config.generate_audio && wanted > recordings.length)
    problems.push(
      `augmentations_per_sample: ${wanted} different recordings of a performance are asked for, ` +
        `but ${kits.length} kits and ${presets.length} presets give ${recordings.length}`,
    );
  for (const rudiment of rudiments) {
    const [low, high] = tempoRangeOf(rudiment, config);
    if (high - low + 1 < config.tempos_per_rudiment)
      problems.push(
        `tempos_per_rudiment: ${config.tempos_per_rudiment} different tempos of ${rudiment.slug} are asked for, ` +
          `but ${low} to ${high} BPM holds ${high - low + 1}`,
      );
  }
  if (problems.length > 0) return fail(problems);
  const players = samplePlayers(config.seed, config.num_profiles, config.skill_distribution);
  const perRudiment = config.tempos_per_rudiment * wanted;
  const perPlayer = rudiments.length * perRudiment;
  return ok({
    config,
    count: players.length * perPlayer,
    players,
    task(number) {
      const player = players[Math.floor(number / perPlayer)];
      const rudiment = rudiments[Math.floor((number % perPlayer) / perRudiment)];
      invariant(player && rudiment, `the plan has a task ${number}`);
      const tempoIndex = Math.floor((number % perRudiment) / wanted);
      return taskOf(config, number, player, rudiment, tempoIndex, recordings, number % wanted);
    },
  });
}

const unknown = (key: string, asked: readonly string[], known: readonly string[]): string[] =>
  asked
    .filter(name => !known.includes(name))
    .map(name => `${key}: there is no "${name}"; there are ${known.slice(0, 50).join(', ')}`);

/** Kits and presets whose samples have ids of their own: the seed's ids tell eight signs of a kit. */
function recordingsOf(kits: readonly string[], presets: readonly string[]) {
  const shape = { skill_tier: 'beginner', number: 0 } as const;
  const byId = new Map<string, { readonly kit: string; readonly preset: string }>();
  for (const kit of kits)
    for (const preset of presets) {
      const id = sampleId(shape, '', 0, kit, preset);
      if (!byId.has(id)) byId.set(id, { kit, preset });
    }
  return [...byId.values()];
}

/** What both the configuration and the rudiment allow; the rudiment's own nearest tempo where they do not meet. */
function tempoRangeOf(
  { tempo_range: own }: Rudiment,
  { tempo_range: asked }: GenerationConfig,
): readonly [number, number] {
  const low = Math.max(Math.ceil(own[0]), asked[0]);
  const high = Math.min(Math.floor(own[1]), asked[1]);
  return low <= high ? [low, high] : asked;
}

function taskOf(
  config: GenerationConfig,
  number: number,
  player: Player,
  rudiment: Rudiment,
  tempoIndex: number,
  recordings: readonly { readonly kit: string; readonly preset: string }[],
  recordingIndex: number,
): Task {
  const random = Random.ofSeed(config.seed).fork('plan', player.id, rudiment.slug);
  const tempo = tempoAt(
    random.fork('tempos'),
    tempoRangeOf(rudiment, config),
    config.tempos_per_rudiment,
    tempoIndex,
  );
  const performance = random.fork('performance', tempo);
  const lead: Hand = config.leads === 'both' ? performance.fork('lead').pick(['R', 'L']) : config.leads;
  const chosen = performance.fork('recordings').shuffled(recordings)[recordingIndex] ?? {
    kit: DRY,
    preset: DRY,
  };
  const name = config.generate_audio ? chosen : { kit: 'midi', preset: 'none' };
  return {
    number,
    id: sampleId(player, rudiment.slug, tempo, name.kit, name.preset),
    groupId: augmentationGroupId(player, rudiment.slug, tempo),
    spec: {
      datasetSeed: config.seed,
      player,
      material: rudimentMaterial(rudiment, lead),
      tempo,
      take: 0,
      length:
        config.target_duration_sec === null
          ? { cycles: config.num_cycles_per_sample }
          : { seconds: config.target_duration_sec },
    },
    lead,
    recording: config.generate_audio
      ? {
          ...chosen,
          steps: stepsOf(chosen.preset, performance.fork('steps', chosen.kit, chosen.preset), config),
        }
      : null,
  };
}

const stepsOf = (
  preset: string,
  random: Random,
  { augmentation_presets }: GenerationConfig,
): readonly AugmentStep[] => {
  const known = augmentation_presets.find(name => name === preset);
  return known ? presetSteps(known, random) : DRY_STEPS;
};

/** Tempos spread over the range: one drawn from each of `count` equal parts of it, so that none comes twice. */
function tempoAt(
  random: Random,
  [low, high]: readonly [number, number],
  count: number,
  index: number,
): number {
  const total = high - low + 1;
  const from = low + Math.floor((index * total) / count);
  const to = low + Math.floor(((index + 1) * total) / count);
  return from + random.fork(index).below(to - from);
}
