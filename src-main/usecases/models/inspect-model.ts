import { stat } from 'node:fs/promises';
import { JobFailed, type JobProgram, type Jobs, type StageCaller } from '#main/jobs';
import { licenceNotice } from '#main/inference';
import type { ModelSource } from '#main/library';
import { type ModelFacts, type ModelInspection, ModelInspectionSchema } from '#shared/protocol';
import { z } from 'zod';
import type { ResolveUpload } from '../uploads';
import { type ModelFile, modelFiles } from './files';

const FilesSchema = z.array(z.object({ name: z.string(), path: z.string() })).min(1);
export const InspectModelSchema = z.object({ files: FilesSchema });

/** Weights of the parts of the work: reading all bytes, loading and trying, copying. */
export const MODEL_WEIGHTS = { read: 1, inspect: 4, copy: 2 } as const;

/** Looks at a model file without taking it in; the answer is the job's data. */
export const inspectModelProgram: JobProgram = async (call, params) => {
  const { files } = InspectModelSchema.parse(params);
  call.plan(2, MODEL_WEIGHTS.read + MODEL_WEIGHTS.inspect);
  const { inspection } = await inspectFiles(call, files);
  return { files: [], made: {}, data: inspection };
};

/** What the files are, and where each of them lies. */
export async function inspectFiles(
  call: StageCaller,
  files: readonly ModelFile[],
): Promise<{ readonly inspection: ModelInspection; readonly sources: readonly ModelSource[] }> {
  const refs = await call.step({ title: 'Reading the model', weight: MODEL_WEIGHTS.read }, async report => {
    const read = [];
    for (const [index, { name, path }] of files.entries()) {
      const file = await call.file(path);
      read.push({ name, file, bytes: (await stat(path)).size });
      report((index + 1) / files.length);
    }
    return read;
  });
  const [graph] = refs;
  if (!graph) throw new JobFailed({ code: 'notFound', path: 'model' });
  const { values } = await call.stage<ModelFacts>(
    'inspect-model',
    { parts: refs.map(({ name, file }) => ({ name, file })) },
    { title: 'Trying the model', weight: MODEL_WEIGHTS.inspect },
  );
  const sources = refs.map(({ name, file, bytes }) => ({
    name,
    sha256: file.sha256,
    bytes,
    path: file.path,
  }));
  const inspection: ModelInspection = {
    ...values,
    id: graph.file.sha256,
    parts: sources.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    ...licenceNotice(values.contract, graph.file.sha256, graph.bytes),
  };
  return { inspection, sources };
}

/** Looks at a model in a worker; null when that was cancelled. Throws `Failed` when it cannot be used. */
export async function inspectModel(
  jobs: Jobs,
  paths: readonly string[],
  resolveUpload: ResolveUpload,
): Promise<ModelInspection | null> {
  const files = await modelFiles(paths, resolveUpload);
  const id = await jobs.enqueue('inspect-model', files[0]?.name ?? '', { files });
  const job = await jobs.finish(id);
  await jobs.dismiss(id);
  if (job.failure) throw new JobFailed(job.failure);
  return job.state === 'done' ? ModelInspectionSchema.parse(job.data) : null;
}
