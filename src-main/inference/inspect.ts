import { fail, ok, type Result } from '#shared/base';
import type { Failure, ModelFacts } from '#shared/protocol';
import { inspectBeatModel } from './beat-model';
import { inspectClapModel } from './clap-published';
import { readModelFile } from './model-file';
import { loadSeparationModel } from './separation-model';
import type { ModelFile } from './session';

/** Finds out of what kind a model file is. A failure `modelShape` says: of another kind. */
type InspectKind = (file: ModelFile) => Promise<Result<ModelFacts, Failure>>;

const inspectSeparation: InspectKind = async file => {
  const opened = await loadSeparationModel(file);
  if (!opened.ok) return opened;
  const { contract, stems, close } = opened.value;
  await close();
  if (!stems.includes('drums')) return fail({ code: 'modelStems', path: file.path, stems: [...stems] });
  return ok({
    kind: 'separation',
    contract: contract.id,
    stems: [...stems],
    sampleRate: contract.sampleRate,
  });
};

/** Kinds of models that can be imported, in the order in which a file is tried as one. */
const KINDS: readonly InspectKind[] = [inspectClapModel, inspectSeparation, inspectBeatModel];

/** Loads a model of the user's, finds its kind and contract by its shapes, and tries it. For worker processes. */
export async function inspectModel(path: string): Promise<Result<ModelFacts, Failure>> {
  const file = await readModelFile(path);
  if (!file.ok) return file;
  let refusal: Result<ModelFacts, Failure> = fail({ code: 'modelRefused', path, reason: 'of no known kind' });
  for (const inspect of KINDS) {
    const found = await inspect(file.value);
    if (found.ok || found.failure.code !== 'modelShape') return found;
    refusal = found;
  }
  return refusal;
}
