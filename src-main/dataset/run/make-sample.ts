import { augmented } from '#shared/augment';
import { invariant } from '#shared/base';
import {
  encodePerformance,
  type ExerciseSpec,
  type GeneratedSample,
  labelsOf,
  performExercise,
  recipeOf,
  type SampleRecording,
  type Task,
} from '#shared/dataset';
import { performanceAudio, type Sounding } from '../sound';

/** The sample of a task: played, labelled, written as MIDI, and heard where audio is asked for. A pure function of the task. */
export function makeSample(task: Task, sounding: Sounding): GeneratedSample {
  const performance = performExercise(task.spec);
  const { recording } = task;
  return {
    id: task.id,
    groupId: task.groupId,
    take: task.spec.take,
    source: task.source,
    labels: labelsOf(performance),
    recipe: recipeOf(task),
    midi: encodePerformance(performance),
    recording: recording && recordingOf(task.spec, recording, sounding),
  };
}

/** What an exercise sounds like on a kit, through these steps. */
export function recordingOf(
  spec: ExerciseSpec,
  { kit: id, preset, steps }: NonNullable<Task['recording']>,
  { synth, kits, context }: Sounding,
): SampleRecording {
  const kit = kits.find(one => one.id === id);
  invariant(kit, `there is a kit ${id}`);
  const dry = performanceAudio(synth, kit, performExercise(spec));
  const { audio, warp } = augmented(dry, steps, context);
  return { kit: { name: kit.id, sha256: kit.font }, preset, steps, audio, warp };
}
