import { extname } from 'node:path';
import { JobFailed, type JobProgram, type Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import type { ImportModel, StoredModel } from '#shared/protocol';
import type { ResolveUpload } from '../uploads';
import { modelFiles } from './files';
import { inspectFiles, InspectModelSchema, MODEL_WEIGHTS } from './inspect-model';
import { z } from 'zod';

const ImportParamsSchema = InspectModelSchema.extend({
  name: z.string().min(1).max(120),
  acceptLicence: z.boolean(),
});

/** Takes a model into the library, after its trial and with its licence accepted: all of it or nothing. */
export function importModelProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { files, name, acceptLicence } = ImportParamsSchema.parse(params);
    call.plan(3, MODEL_WEIGHTS.read + MODEL_WEIGHTS.inspect + MODEL_WEIGHTS.copy);
    const { inspection, sources } = await inspectFiles(call, files);
    const { id, licence, notice } = inspection;
    if (!acceptLicence) {
      const path = files[0]?.path ?? name;
      throw new JobFailed({ code: 'licenceNotAccepted', path, licence, notice });
    }
    await call.step({ title: 'Copying the model', weight: MODEL_WEIGHTS.copy }, report =>
      library.modelFolder.take(id, sources, call.signal, report),
    );
    await library.write(async at => {
      const others = (await at.models.all()).filter(model => model.id !== id);
      const stored: StoredModel = { ...inspection, name: freeName(name, others) };
      await at.models.put(stored, new Date().toISOString());
    });
    return { files: [], made: { modelId: id } };
  };
}

/** `name`, or with a number where another model is called so. */
function freeName(name: string, others: readonly { readonly name: string }[]): string {
  const taken = new Set(others.map(other => other.name.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name.slice(0, 112)} ${number}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

/** Queues the import of a model; answers the job's id. Throws `Failed` when a file of it is missing. */
export async function importModel(
  jobs: Jobs,
  { paths, acceptLicence, name }: ImportModel,
  resolveUpload: ResolveUpload,
): Promise<string> {
  const files = await modelFiles(paths, resolveUpload);
  const fileName = files[0]?.name ?? 'model';
  const called = name ?? (fileName.slice(0, -extname(fileName).length || undefined).slice(0, 120) || 'model');
  return jobs.enqueue('import-model', called, { files, name: called, acceptLicence });
}
