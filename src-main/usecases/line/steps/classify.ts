import type { JobOutcome, StageCaller } from '#main/jobs';
import { SeparatorSchema } from '#shared/model';
import { midiVelocity } from '#shared/units';
import { z } from 'zod';
import { cutSlices, findOnsets, HearingSchema, readSong, songName, WEIGHTS } from '../hear';
import { ensureWritable, publishPlain } from '../publish';
import { drumsOf, drumsStages, drumsWeight } from './hearing-files';
import { makeKit } from '../song-kit';
import { judgeSamples } from './roles';

export const ClassifySchema = z.object({
  step: z.literal('classify'),
  file: z.string(),
  config: z.string().nullable(),
});

/** Instrument and role of a one-shot, with probabilities and reasons. */
export async function classify(
  call: StageCaller,
  params: z.infer<typeof ClassifySchema>,
): Promise<JobOutcome> {
  call.plan(2, WEIGHTS.read + WEIGHTS.roles);
  const { mix } = await readSong(call, params.file, 'one-shot');
  const sample = { sampleId: songName(params.file), file: mix, onsetFrame: 0 };
  const { judgements } = await judgeSamples(call, [sample], params.config);
  const judgement = judgements[0]?.judgement;
  const data = judgement && {
    file: params.file,
    instrument: judgement.instrument,
    instrument_probabilities: judgement.instrumentScores,
    role: judgement.role,
    role_probabilities: judgement.roleScores,
    reasons: judgement.reasons,
  };
  return { files: [], made: {}, data };
}

export const TranscribeSchema = z.object({
  step: z.literal('transcribe'),
  file: z.string(),
  separate: SeparatorSchema.nullable(),
  sensitivity: z.number().min(0).max(1),
  out: z.string(),
});

/** `DIR/<name>.txt`: time, instrument and velocity (1-127) of every hit, by the rules of role assignment. */
export async function transcribe(
  call: StageCaller,
  params: z.infer<typeof TranscribeSchema>,
): Promise<JobOutcome> {
  await ensureWritable(params.out);
  const weight = drumsWeight(params.separate) + WEIGHTS.onsets + WEIGHTS.slices + WEIGHTS.kit + WEIGHTS.roles;
  call.plan(drumsStages(params.separate) + 5, weight + WEIGHTS.publish);
  const drums = await drumsOf(call, params.file, params.separate);
  const found = await findOnsets(call, drums, params.sensitivity);
  const slices = await cutSlices(
    call,
    { drums, residual: null },
    found,
    HearingSchema.parse({ sensitivity: params.sensitivity, flamMs: 0 }),
  );
  const { manifest, samples } = await makeKit(
    call,
    { name: songName(params.file), source: drums, drums, slices },
    1,
  );
  const { judgements } = await judgeSamples(call, samples, null);
  const instruments = new Map(judgements.map(({ sampleId, judgement }) => [sampleId, judgement.instrument]));
  const lines = manifest.slices
    .map(slice => ({
      time: slice.onset_frame / slice.sample_rate,
      instrument: instruments.get(slice.sample_id) ?? 'perc',
      velocity: midiVelocity(slice.velocity),
    }))
    .sort((a, b) => a.time - b.time)
    .map(hit => `${hit.time.toFixed(6)}\t${hit.instrument}\t${hit.velocity}\n`);
  const files = await call.step({ title: 'Writing the transcription', weight: WEIGHTS.publish }, () =>
    publishPlain(params.out, [
      {
        kind: 'transcription',
        stem: songName(params.file),
        extension: '.txt',
        content: { text: lines.join('') },
      },
    ]),
  );
  return { files, made: {} };
}
