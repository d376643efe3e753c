import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hitsStage } from '#main/pipeline/preprocess/hits';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import type { FileRef } from '#main/pipeline/stage';
import { writeWav } from '#main/platform';
import { type OnsetsFile, OnsetsFileSchema } from '#shared/analysis';
import type { PlanarAudio } from '#shared/model';
import { filesOf, refOf } from './stage-run';

export type Detector = 'drum-hits' | 'superflux';

/** The `onsets.json` that a detector's stage makes of a drum stem. */
export async function onsetsBy(
  detector: Detector,
  drums: FileRef,
  folder: string,
  sensitivity = 0.5,
): Promise<FileRef> {
  const model = join(resolve('native-models/drum-hits'), 'drum-hits.onnx');
  const { files } =
    detector === 'superflux'
      ? await filesOf(onsetsStage, folder, { drums, sensitivity })
      : await filesOf(hitsStage, folder, { drums, sensitivity, model: await refOf(model) });
  return files['onsets'] as FileRef;
}

/** The same for audio in memory, parsed. */
export async function heardBy(
  detector: Detector,
  audio: PlanarAudio,
  folder: string,
  sensitivity = 0.5,
): Promise<OnsetsFile> {
  const path = join(folder, 'drums.wav');
  await writeWav(path, audio, '32f');
  const onsets = await onsetsBy(detector, await refOf(path), folder, sensitivity);
  return OnsetsFileSchema.parse(JSON.parse(await readFile(onsets.path, 'utf8')));
}
