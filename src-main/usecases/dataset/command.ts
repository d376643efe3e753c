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

const PATH_KEYS = {
  rudiment: 'rudiment_folder',
  midi: 'midi_folder',
  response: 'impulse_response_paths',
  noise: 'noise_paths',
  'short-noise': 'short_noise_paths',
} as const;
const FILE_KINDS = ['font', 'rudiment', 'midi', 'response', 'noise', 'short-noise'] as const;

/** In single quotes where a shell would take it for something else. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * The command line of a request. What flags cannot say goes into a file that `--config` names; what has to stand in it is told behind the line, as a comment of shells
 * (JSON is YAML).
 */
export function commandOf(request: DatasetRequest): string {
  const { config } = request;
  const [preset, defaults] = nearestPreset(config);
  const words = ['backbeat', 'dataset', 'generate', ...(preset === null ? [] : ['--preset', preset])];
  const others: Record<string, unknown> = {};
  for (const key of Object.keys(config) as (keyof GenerationConfig)[]) {
    const value = config[key];
    if (canonicalJson(value) === canonicalJson(defaults[key])) continue;
    if (key in FLAGS && value !== null) words.push(FLAGS[key as keyof typeof FLAGS], JSON.stringify(value));
    else if (key === 'rudiments') words.push('--rudiments', config.rudiments.join(','));
    else if (key === 'generate_audio') words.push(value === true ? '--with-audio' : '--no-audio');
    else others[key] = value;
  }
  for (const font of request.fonts) words.push('--soundfont', quoted(font));
  if (request.workers !== null) words.push('--workers', String(request.workers));
  if (request.overwrite) words.push('--overwrite');
  if (request.queue)
    words.push('--queue', quoted(request.queue.redis), '--store', quoted(request.queue.store));
  words.push('--name', request.name, '--out', quoted(request.folder ?? request.name));
  for (const kind of FILE_KINDS) {
    const paths = request.files.filter(file => file.kind === kind).map(({ path }) => path);
    if (kind === 'font') for (const path of paths) words.push('--soundfont', quoted(path));
    else if (kind === 'rudiment' && paths[0] !== undefined) others['rudiment_folder'] = paths[0];
    else if (paths.length > 0) others[PATH_KEYS[kind]] = paths;
  }
  if (Object.keys(others).length === 0) return words.join(' ');
  words.push('--config', `${request.name}.yaml`);
  return `${words.join(' ')}  # ${request.name}.yaml: ${JSON.stringify(others)}`;
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
