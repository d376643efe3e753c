import { create } from 'zustand';
import { importNames, studio, studioPort } from '#renderer/bridge';
import { failureIn, sentenceOf, tell } from '#renderer/state';
import type { ModelInspection } from '#shared/protocol';

/** How far the import of one model is; one at a time. */
export type ModelImport =
  | { readonly step: 'none' }
  /** The browser sends the file. */
  | { readonly step: 'sending'; readonly fileName: string }
  /** A worker tries it. */
  | { readonly step: 'trying'; readonly fileName: string }
  /** The user reads its licence. */
  | { readonly step: 'licence'; readonly paths: readonly string[]; readonly inspection: ModelInspection }
  | { readonly step: 'copying'; readonly jobId: string; readonly name: string }
  | { readonly step: 'refused'; readonly fileName: string; readonly sentence: string };

export const useModelImport = create<{ readonly now: ModelImport }>(() => ({ now: { step: 'none' } }));

const go = (now: ModelImport): void => useModelImport.setState({ now });
export const endModelImport = (): void => go({ step: 'none' });

const ONNX = /\.onnx$/i;
/** Of a model of several networks, the one that it is known by. */
const AUDIO_NETWORK = /^audio_model.*\.onnx$/i;

/** The model among files, which goes first, and the name that the user knows it by. */
function modelFirst(
  files: readonly File[],
): { readonly ordered: readonly File[]; readonly fileName: string } | null {
  const model = files.find(file => AUDIO_NETWORK.test(file.name)) ?? files.find(file => ONNX.test(file.name));
  if (!model) return null;
  return { ordered: [model, ...files.filter(file => file !== model)], fileName: model.name };
}

/** From files that were dropped or chosen in a browser to the licence, or to a refusal. */
export async function takeModelFiles(files: readonly File[]): Promise<void> {
  const chosen = modelFirst(files);
  if (!chosen) {
    const names = files.map(file => file.name).join(', ') || 'nothing';
    refuse(names, 'There is no ONNX file in there. Choose a file whose name ends in .onnx.');
    return;
  }
  const { ordered, fileName } = chosen;
  go({ step: 'sending', fileName });
  try {
    const paths: string[] = [];
    for await (const path of importNames(ordered)) paths.push(path);
    await tryModel(paths, fileName);
  } catch (error) {
    refuse(fileName, sentenceOf(error));
  }
}

/** The same by Electron's own dialog; false where there is none. */
export async function takeModelByDialog(): Promise<boolean> {
  const port = studioPort();
  if (!port) return false;
  const paths = await port.chooseFiles('model');
  const [path] = paths;
  if (path !== undefined) await tryModel(paths, path.split(/[\\/]/).at(-1) ?? path);
  return true;
}

const refuse = (fileName: string, sentence: string): void => go({ step: 'refused', fileName, sentence });

async function tryModel(paths: readonly string[], fileName: string): Promise<void> {
  go({ step: 'trying', fileName });
  try {
    const inspection = await studio.inspectModel.mutate({ paths: [...paths] });
    if (inspection) go({ step: 'licence', paths, inspection });
    else endModelImport();
  } catch (error) {
    const failure = failureIn(error);
    refuse(fileName, failure ? tell(failure) : sentenceOf(error));
  }
}

/** The user has accepted the licence. */
export async function importAccepted(paths: readonly string[], name: string): Promise<void> {
  try {
    const { jobId } = await studio.importModel.mutate({ paths: [...paths], acceptLicence: true, name });
    go({ step: 'copying', jobId, name });
  } catch (error) {
    refuse(name, sentenceOf(error));
  }
}
