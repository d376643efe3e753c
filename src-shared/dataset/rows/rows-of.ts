import type { Warp } from '../../augment';
import { canonicalJson, invariant } from '../../base';
import { frameCount } from '../../model';
import type { ExerciseScores } from '../scores';
import { recordingSummary } from './recording-summary';
import {
  AUDIO_BITS,
  audioPathOf,
  type GeneratedSample,
  midiPathOf,
  type SampleHashes,
  type SampleRecording,
} from './sample';
import type { DatasetRows, SampleRow } from './tables';

/** The rows of one sample in every table. */
export function rowsOf(sample: GeneratedSample, hashes: SampleHashes): DatasetRows {
  const { labels, recording } = sample;
  const sample_id = sample.id;
  const momentsOf = audioMoments(recording);
  return {
    samples: [sampleRow(sample, hashes)],
    exercises: [{ sample_id, ...labels.exercise_scores, ...secondVersion(labels.exercise_scores_v2) }],
    measures: labels.measures.map(measure => ({ sample_id, ...measure })),
    strokes: labels.strokes.map((stroke, index) => {
      const [audio_time_ms = null, ...audio_repeats_ms] = momentsOf(stroke.actual_time_ms);
      const midi_note = labels.stroke_notes[index];
      invariant(midi_note !== undefined, 'every stroke has a note');
      return { sample_id, ...stroke, midi_note, audio_time_ms, audio_repeats_ms };
    }),
    beats: labels.beat_groups.map(group => ({ sample_id, ...group })),
    mishaps: labels.mishaps.map((mishap, index) => ({ sample_id, index, ...mishap })),
  };
}

function sampleRow(sample: GeneratedSample, hashes: SampleHashes): SampleRow {
  const { labels, recording } = sample;
  const { strokes, measures, beat_groups, mishaps } = labels;
  invariant(
    Number.isInteger(labels.tempo_bpm),
    'the tempo of a sample is a whole number, as the seed has it',
  );
  return {
    sample_id: sample.id,
    profile_id: labels.profile_id,
    rudiment_slug: labels.rudiment_slug,
    tempo_bpm: labels.tempo_bpm,
    duration_sec: labels.duration_sec,
    num_cycles: labels.num_cycles,
    skill_tier: labels.skill_tier,
    skill_tier_binary: labels.skill_tier_binary,
    dominant_hand: labels.dominant_hand,
    augmentation_group_id: sample.groupId,
    midi_path: midiPathOf(sample),
    take: sample.take,
    material_source: sample.source,
    num_strokes: strokes.length,
    num_measures: measures.length,
    num_beats: beat_groups.length,
    num_mishaps: mishaps.length,
    midi_sha256: hashes.midi,
    augmentation_json: canonicalJson(recording?.steps ?? []),
    recipe_json: canonicalJson(sample.recipe),
    ...(recording && hashes.audio ? recordedFields(sample, recording, hashes.audio) : NOT_RECORDED),
  };
}

const NOT_RECORDED = {
  soundfont: null,
  soundfont_sha256: null,
  augmentation_preset: null,
  audio_path: null,
  room_type: null,
  room_wet_dry: null,
  mic_distance: null,
  mic_type: null,
  compression_ratio: null,
  noise_level_db: null,
  bit_depth: null,
  sample_rate: null,
  audio_duration_sec: null,
  audio_channels: null,
  audio_frames: null,
  audio_sha256: null,
  audio_pcm_sha256: null,
};

function recordedFields(
  sample: GeneratedSample,
  { kit, preset, steps, audio }: SampleRecording,
  hashes: NonNullable<SampleHashes['audio']>,
): Pick<SampleRow, keyof typeof NOT_RECORDED> {
  const { sampleRate } = audio;
  return {
    soundfont: kit.name,
    soundfont_sha256: kit.sha256,
    augmentation_preset: preset,
    audio_path: audioPathOf(sample),
    ...recordingSummary(preset, steps, { bits: AUDIO_BITS, sampleRate }),
    audio_duration_sec: rounded(frameCount(audio) / sampleRate),
    audio_channels: audio.channels.length,
    audio_frames: frameCount(audio),
    audio_sha256: hashes.file,
    audio_pcm_sha256: hashes.pcm,
  };
}

/** As labels have them, whole microseconds of ms (and of seconds, which is nearer than a frame). */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Where a moment of the performance (ms) is heard in the audio (ms), in turn. */
function audioMoments(recording: SampleRecording | null): (ms: number) => number[] {
  if (!recording) return () => [];
  const end = frameCount(recording.audio) / recording.audio.sampleRate;
  return ms => heard(recording.warp, ms / 1000, end).map(moment => rounded(moment * 1000));
}

const heard = (warp: Warp, seconds: number, end: number): number[] =>
  warp(seconds).filter(moment => moment >= 0 && moment < end);

type SecondVersion = { readonly [Name in keyof ExerciseScores as `${Name}_v2`]: ExerciseScores[Name] };

const secondVersion = (scores: ExerciseScores): SecondVersion =>
  Object.fromEntries(
    Object.entries(scores).map(([name, score]: [string, number | null]) => [`${name}_v2`, score]),
  ) as unknown as SecondVersion;
