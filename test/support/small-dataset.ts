import { join } from 'node:path';
import { assemble, writePart } from '#main/dataset';
import { neverAborted } from '#test/audio-files';
import { DATASET_META, datasetSample } from '#test/dataset-samples';

/** A whole dataset in `home` of so many samples, of which the first ones are recorded; answers its folder. */
export async function smallDataset(home: string, count: number, recorded: number): Promise<string> {
  const kits = ['pad', 'snare'] as const;
  const samples = Array.from({ length: count }, (_, number) =>
    datasetSample(number, {
      players: 2,
      recorded: number < recorded ? { kit: kits[number % 2] ?? 'pad', preset: 'clean_close' } : null,
    }),
  );
  const part = await writePart(join(home, 'parts'), 0, samples);
  const folder = join(home, 'dataset');
  const parts = [join(home, 'parts', 'part-000000')];
  const whole = await assemble({ parts, folder, meta: DATASET_META, signal: neverAborted });
  if (!part.ok || !whole.ok) throw new Error('the dataset could not be made');
  return folder;
}
