import { sampleId } from '../labels';
import type { Catalogue } from './catalogue';
import type { GenerationConfig } from './config';
import { composedPieces, figurePieces, midiPieces, type Piece } from './pieces';
import { DRY } from './recording-steps';

/** Kits and presets that go together, of which no two give a sample the same id. */
export interface PlannedRecording {
  readonly kit: string;
  readonly preset: string;
}

/** Everything that `config` chose from `catalogue`. */
export interface Chosen {
  readonly pieces: readonly Piece[];
  /** Played by some of the players only. */
  readonly files: readonly Piece[];
  readonly recordings: readonly PlannedRecording[];
  readonly grooveRecordings: readonly PlannedRecording[];
  /** Recordings of each performance. */
  readonly wanted: number;
}

export function chosenOf(config: GenerationConfig, catalogue: Catalogue): Chosen {
  const { materials } = config;
  const rudiments = catalogue.rudiments.filter(
    ({ slug }) => config.rudiments.length === 0 || config.rudiments.includes(slug),
  );
  const kits = catalogue.kits.filter(({ id }) => config.kits.length === 0 || config.kits.includes(id));
  const presets = config.apply_augmentation ? config.augmentation_presets : [DRY];
  const withGrooves = materials !== 'rudiments';
  return {
    pieces: [
      ...(materials === 'grooves' ? [] : figurePieces(config, rudiments)),
      ...(withGrooves ? composedPieces(config) : []),
    ],
    files: withGrooves ? midiPieces(config, catalogue) : [],
    recordings: recordingsOf(
      kits.map(({ id }) => id),
      presets,
    ),
    grooveRecordings: recordingsOf(
      kits.filter(({ isWholeKit }) => isWholeKit).map(({ id }) => id),
      presets,
    ),
    wanted: config.generate_audio ? config.augmentations_per_sample : 1,
  };
}

/** Kits and presets whose samples have ids of their own: the seed's ids tell eight signs of a kit. */
function recordingsOf(kits: readonly string[], presets: readonly string[]): PlannedRecording[] {
  const shape = { skill_tier: 'beginner', number: 0 } as const;
  const byId = new Map<string, PlannedRecording>();
  for (const kit of kits)
    for (const preset of presets) {
      const id = sampleId(shape, '', 0, kit, preset);
      if (!byId.has(id)) byId.set(id, { kit, preset });
    }
  return [...byId.values()];
}

/** What both the configuration and the piece allow; what the configuration asks for where they do not meet. */
export function tempoRangeOf(
  { tempos: own }: Pick<Piece, 'tempos'>,
  { tempo_range: asked }: GenerationConfig,
): readonly [number, number] {
  const low = Math.max(Math.ceil(own[0]), asked[0]);
  const high = Math.min(Math.floor(own[1]), asked[1]);
  return low <= high ? [low, high] : asked;
}
