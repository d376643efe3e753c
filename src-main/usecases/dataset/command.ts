import { GENERATION_PRESETS, type GenerationConfig, GenerationConfigSchema } from '#shared/dataset';
import { canonicalJson } from '#shared/base';
import type { DatasetRequest } from '#shared/protocol';

const FLAGS = {
  num_profiles: '--profiles',
  tempos_per_rudiment: '--tempos',
  augmentations_per_sample: '--augmentations',
  target_duration_sec: '--fixed-duration',
  seed: '--seed',
} as const satisfies Partial<Record<keyof GenerationConfig, string>>;

/** In single quotes where a shell would take it for something else. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * The command line of a request, and the YAML that `--config` has to name where flags cannot say all of it: null where they can.
 */
export function commandOf(request: DatasetRequest): {
  readonly line: string;
  readonly others: readonly string[];
} {
  const { config } = request;
  const [preset, defaults] = nearestPreset(config);
  const words = ['backbeat', 'dataset', 'generate', ...(preset === null ? [] : ['--preset', preset])];
  const others: string[] = [];
  for (const key of Object.keys(config) as (keyof GenerationConfig)[]) {
    const value = config[key];
    if (canonicalJson(value) === canonicalJson(defaults[key])) continue;
    if (key in FLAGS && value !== null) words.push(FLAGS[key as keyof typeof FLAGS], JSON.stringify(value));
    else if (key === 'rudiments') words.push('--rudiments', config.rudiments.join(','));
    else if (key === 'generate_audio') words.push(value === true ? '--with-audio' : '--no-audio');
    else others.push(key);
  }
  for (const font of request.fonts) words.push('--soundfont', quoted(font));
  if (request.workers !== null) words.push('--workers', String(request.workers));
  if (request.overwrite) words.push('--overwrite');
  if (request.queue)
    words.push('--queue', quoted(request.queue.redis), '--store', quoted(request.queue.store));
  words.push('--out', quoted(request.folder ?? request.name));
  return { line: words.join(' '), others };
}

/** The preset from which the fewest keys differ; none where the defaults are as near. */
function nearestPreset(config: GenerationConfig): readonly [string | null, GenerationConfig] {
  let best: readonly [string | null, GenerationConfig] = [null, GenerationConfigSchema.parse({})];
  const distance = (other: GenerationConfig): number =>
    (Object.keys(config) as (keyof GenerationConfig)[]).filter(
      key => canonicalJson(config[key]) !== canonicalJson(other[key]),
    ).length;
  for (const [name, preset] of Object.entries(GENERATION_PRESETS)) {
    const other = GenerationConfigSchema.parse(preset);
    if (distance(other) < distance(best[1])) best = [name, other];
  }
  return best;
}
