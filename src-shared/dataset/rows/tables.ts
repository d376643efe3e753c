import { ours, oursOrNull, type RowOf, seed, seedOrNull } from './column';

/** Joins every table to `samples`. */
const OF_SAMPLE = seed('sample_id', 'text', 'the sample that the row belongs to');

/** One row a recording. */
const SAMPLES = [
  seed('sample_id', 'text', 'unique; `{beg|int|adv|pro}{NNN}_{slug}_{bpm}bpm_{soundfont8}_{augmentation}`'),
  seed('profile_id', 'text', 'the player'),
  seed('rudiment_slug', 'text', 'what is played: a rudiment, a variation of one, or a groove'),
  seed('tempo_bpm', 'integer', 'quarter notes a minute, as performed'),
  seed('duration_sec', 'double', 'length of the performance, lead-in and tail included'),
  seed('num_cycles', 'integer', 'repetitions of the pattern'),
  seed('skill_tier', 'text', '`beginner`, `intermediate`, `advanced` or `professional`'),
  seed('skill_tier_binary', 'text', '`novice` or `skilled`'),
  seed('dominant_hand', 'text', '`right` or `left`'),
  seedOrNull('soundfont', 'text', 'name of the kit that sounds; null without audio'),
  seedOrNull('augmentation_preset', 'text', 'how it was recorded; null without audio'),
  seed('augmentation_group_id', 'text', 'the performance: its recordings must not be parted by a split'),
  seed('midi_path', 'text', 'from the folder of the dataset'),
  seedOrNull('audio_path', 'text', 'from the folder of the dataset; null without audio'),
  seedOrNull('room_type', 'text', 'kind of room; null for none'),
  seedOrNull(
    'room_wet_dry',
    'double',
    "the room's own sound beside the direct sound, 0 to 4; null for no room",
  ),
  seedOrNull('mic_distance', 'double', 'm'),
  seedOrNull('mic_type', 'text', 'kind of microphone'),
  seedOrNull('compression_ratio', 'double', 'null for none'),
  seedOrNull(
    'noise_level_db',
    'double',
    'added noise under what it is measured by, dB, below 0; null for none',
  ),
  seedOrNull(
    'bit_depth',
    'integer',
    'bits that the sound was brought to; those of the file unless the chain takes fewer',
  ),
  seedOrNull(
    'sample_rate',
    'integer',
    'rate that the sound was brought to, Hz; that of the file unless the chain takes a lower one',
  ),
  ours('take', 'integer', 'tells performances of one player, material and tempo apart, from 0'),
  ours(
    'material_source',
    'text',
    'what is played is taken from: the rudiment that it varies, `midi-` and the SHA-256 of a MIDI file, or itself; splits do not part it',
  ),
  ours('num_strokes', 'integer', 'rows of `strokes`'),
  ours('num_measures', 'integer', 'rows of `measures`'),
  ours('num_beats', 'integer', 'rows of `beats`'),
  ours('num_mishaps', 'integer', 'rows of `mishaps`'),
  oursOrNull('audio_duration_sec', 'double', 'length of the audio'),
  oursOrNull('audio_channels', 'integer', '1 or 2'),
  oursOrNull('audio_frames', 'integer', 'samples a channel'),
  ours('midi_sha256', 'text', 'of the MIDI file'),
  oursOrNull('audio_sha256', 'text', 'of the FLAC file'),
  oursOrNull(
    'audio_pcm_sha256',
    'text',
    'of the samples: 24 bit, little-endian, channels in turn; the same whatever encodes them',
  ),
  oursOrNull('soundfont_sha256', 'text', 'of the soundfont file'),
  ours(
    'augmentation_json',
    'json',
    'every step of the recording in turn with all its parameters, seeds included: `[{name, params}]`',
  ),
  ours('recipe_json', 'json', 'everything else that the sample follows from, as the generator was told it'),
] as const;

const SCORES = [
  seed('timing_accuracy', 'double', '0 to 100'),
  seed('timing_consistency', 'double', '0 to 100'),
  seed('tempo_stability', 'double', '0 to 100'),
  seed('subdivision_evenness', 'double', '0 to 100'),
  seed('velocity_control', 'double', '0 to 100'),
  seed('accent_differentiation', 'double', '0 to 100'),
  seed('accent_accuracy', 'double', '0 to 100'),
  seed('hand_balance', 'double', '0 to 100'),
  seed('weak_hand_index', 'double', '0 to 100; above 50 the left hand errs more'),
  seedOrNull('flam_quality', 'double', '0 to 100; null without flams'),
  seedOrNull('diddle_quality', 'double', '0 to 100; null without diddles'),
  seedOrNull('roll_sustain', 'double', '0 to 100; null without rolls'),
  seed('groove_feel_proxy', 'double', '0 to 1'),
  seed('overall_score', 'double', '0 to 100'),
  seed('tier_confidence', 'double', '0 to 1: how usual the overall score is for the tier'),
] as const;

/** The scores by our formulas: the seed's names with `_v2`. */
const SCORES_V2 = [
  ours('timing_accuracy_v2', 'double', '0 to 100'),
  ours('timing_consistency_v2', 'double', '0 to 100'),
  ours('tempo_stability_v2', 'double', '0 to 100'),
  ours('subdivision_evenness_v2', 'double', '0 to 100'),
  ours('velocity_control_v2', 'double', '0 to 100'),
  ours('accent_differentiation_v2', 'double', '0 to 100'),
  ours('accent_accuracy_v2', 'double', '0 to 100'),
  ours('hand_balance_v2', 'double', '0 to 100'),
  ours('weak_hand_index_v2', 'double', '0 to 100'),
  oursOrNull('flam_quality_v2', 'double', '0 to 100; null without flams'),
  oursOrNull('diddle_quality_v2', 'double', '0 to 100; null without diddles'),
  oursOrNull('roll_sustain_v2', 'double', '0 to 100; null without rolls'),
  ours('groove_feel_proxy_v2', 'double', '0 to 1'),
  ours('overall_score_v2', 'double', '0 to 100'),
  ours('tier_confidence_v2', 'double', '0 to 1'),
] as const;

/** One row a sample: its scores. */
const EXERCISES = [OF_SAMPLE, ...SCORES, ...SCORES_V2] as const;

/** One row a cycle of the pattern, which the seed calls a measure. */
const MEASURES = [
  OF_SAMPLE,
  seed('index', 'integer', 'of the measure in its sample, from 0'),
  seed('stroke_start', 'integer', '`index` of its first stroke'),
  seed('stroke_end', 'integer', '`index` of the first stroke after it'),
  seed('timing_mean_error_ms', 'double', 'mean of the signed errors'),
  seed('timing_std_ms', 'double', 'their deviation'),
  seed('timing_max_error_ms', 'double', 'the largest, without sign'),
  seed('velocity_mean', 'double', 'MIDI velocity'),
  seed('velocity_std', 'double', 'MIDI velocity'),
  seed('velocity_consistency', 'double', '1 - deviation / mean, 0 to 1'),
  seed('lr_velocity_ratio', 'double', 'softer hand to louder hand; 1 where one plays'),
  seed('lr_timing_diff_ms', 'double', 'how much later the left hand is'),
] as const;

/** One row a stroke, in the order in which they were meant. */
const STROKES = [
  OF_SAMPLE,
  seed('index', 'integer', 'of the stroke in its sample, from 0'),
  seed('hand', 'text', '`R` or `L`'),
  seed('stroke_type', 'text', '`tap`, `accent`, `grace`, `diddle` or `buzz`'),
  seed('intended_time_ms', 'double', "from the performance's start"),
  seed('actual_time_ms', 'double', 'as performed, and as in the MIDI file'),
  seed('timing_error_ms', 'double', 'actual - intended'),
  seed('intended_velocity', 'integer', '1 to 127'),
  seed('actual_velocity', 'integer', '1 to 127'),
  seed('velocity_error', 'integer', 'actual - intended'),
  seed('is_grace_note', 'boolean', 'it leads to its parent'),
  seed('is_accent', 'boolean', 'meant as an accent, however it came'),
  seedOrNull('diddle_position', 'integer', '1 or 2; null where it is not of a diddle'),
  seedOrNull(
    'flam_spacing_ms',
    'double',
    'grace to stroke, negative when inverted; null where it is not of a flam',
  ),
  seedOrNull('parent_stroke_index', 'integer', 'of a grace note: `index` of its stroke'),
  seedOrNull('buzz_count', 'integer', 'of a buzz: all contacts, the first included'),
  ours('midi_note', 'integer', 'the drum that is struck, General MIDI; 38 in rudiments'),
  oursOrNull(
    'audio_time_ms',
    'double',
    'where it sounds in the audio, which steps that change time move away from `actual_time_ms`; null where it does not',
  ),
  ours('audio_repeats_ms', 'doubles', 'where it sounds again, of steps that repeat a part'),
] as const;

/** One row a beat that has strokes. */
const BEATS = [
  OF_SAMPLE,
  ours('index', 'integer', 'of the row in its sample, from 0'),
  ours('measure_index', 'integer', '`index` of its measure'),
  ours('beat', 'integer', 'from the first stroke'),
  ours('stroke_start', 'integer', '`index` of its first stroke'),
  ours('stroke_end', 'integer', '`index` of the first stroke after it'),
  ours('timing_mean_error_ms', 'double', 'mean of the signed errors'),
  ours('timing_std_ms', 'double', 'their deviation'),
  ours('velocity_mean', 'double', 'MIDI velocity'),
  ours('velocity_std', 'double', 'MIDI velocity'),
  ours('timing_accuracy', 'double', '0 to 100'),
  ours('timing_consistency', 'double', '0 to 100'),
  ours('velocity_control', 'double', '0 to 100'),
  ours('overall_score', 'double', '0 to 100'),
] as const;

/** One row a failure that happened. */
const MISHAPS = [
  OF_SAMPLE,
  ours('index', 'integer', 'of the mishap in its sample, from 0'),
  ours(
    'kind',
    'text',
    '`missed_stroke`, `extra_stroke`, `wrong_hand`, `collapsed_diddle`, `flat_flam`, `inverted_flam`, `stumble`, `tempo_step` or `hesitation`',
  ),
  ours('time_ms', 'double', 'where the stroke was meant, in the performance'),
  oursOrNull('stroke_index', 'integer', '`index` of the stroke; null where none sounded'),
] as const;

/** Every table of a dataset: what its Parquet file, its documents, its card and its tests follow from. */
export const TABLES = {
  samples: SAMPLES,
  exercises: EXERCISES,
  measures: MEASURES,
  strokes: STROKES,
  beats: BEATS,
  mishaps: MISHAPS,
} as const;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Rises with every change of a column. */
export const SCHEMA_VERSION = 2;

/** The rows of one or more samples, by table. */
export type DatasetRows = { readonly [Name in TableName]: readonly RowOf<(typeof TABLES)[Name]>[] };
export type SampleRow = DatasetRows['samples'][number];
