import { type AugmentStep, type Drawn, presetSteps, transformNamed } from '../../augment';
import { invariant, type Random } from '../../base';
import type { GenerationConfig } from './config';
import { drawnSteps } from './extra-steps';

export const DRY = 'dry';
/** Strokes add up past full scale; nothing else is done to a dry recording. */
const DRY_STEPS: readonly AugmentStep[] = [{ name: 'PeakNormalization', params: { decibels: -1 } }];
const LEVEL_STEP = 'PeakNormalization';

/**
 * The steps of one recording: those of its preset, a recorded response in place of the preset's room, backgrounds and noises before its level is set, then
 * the user's own steps. What is drawn for one of these does not depend on the others.
 */
export function recordingSteps(
  preset: string,
  random: Random,
  config: GenerationConfig,
  recording: Drawn,
): readonly AugmentStep[] {
  const known = config.augmentation_presets.find(name => name === preset);
  if (!known || !config.apply_augmentation) return DRY_STEPS;
  const steps = presetSteps(known, random);
  placeResponse(steps, random.fork('response'), config, recording);
  const noises = noiseSteps(random, config, recording);
  steps.splice(
    Math.max(
      0,
      steps.findLastIndex(({ name }) => name === LEVEL_STEP),
    ),
    0,
    ...noises,
  );
  const own = drawnSteps(config.transforms, random.fork('transforms'), recording);
  // What the user's steps made louder than full scale is brought down to it, what they made softer stays.
  const level: AugmentStep[] = own.length > 0 ? [{ name: 'Normalize', params: { onlyTooLoud: true } }] : [];
  return [...steps, ...own, ...level];
}

function placeResponse(
  steps: AugmentStep[],
  random: Random,
  { response_probability }: GenerationConfig,
  { recordings }: Drawn,
): void {
  const room = steps.findIndex(({ name }) => name === 'RoomSimulator');
  const responses = recordings.impulse ?? [];
  if (room < 0 || responses.length === 0 || !random.chance(response_probability)) return;
  steps[room] = {
    name: 'ApplyImpulseResponse',
    params: { recording: random.fork('which').pick(responses), keepsLength: false },
  };
}

function noiseSteps(random: Random, config: GenerationConfig, recording: Drawn): AugmentStep[] {
  const [min_snr_db, max_snr_db] = config.noise_snr_range;
  const drawn = (name: string, stream: string, p: number, ranges: unknown): AugmentStep[] => {
    const own = random.fork(stream);
    if (!own.chance(p)) return [];
    const known = transformNamed(name);
    invariant(known, `there is a step ${name}`);
    return [known.draw(own.fork('draw'), ranges, recording)];
  };
  const { noise = [], 'short-noise': short = [] } = recording.recordings;
  return [
    ...(noise.length > 0
      ? drawn('AddBackgroundNoise', 'background', config.noise_probability, { min_snr_db, max_snr_db })
      : []),
    ...(short.length > 0 ? drawn('AddShortNoises', 'short noises', config.short_noise_probability, {}) : []),
  ];
}
