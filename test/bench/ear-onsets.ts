// Onsets and strokes of all audio files of a folder for shared/eval: OUT/onsets/<track>.txt, a time a line, and, by the network,
// OUT/hits/<track>.txt, time and class. Prints the speed. A mix is separated first by the bundled model when MODEL is given.
//   npm run bench -- ear-onsets DRUMS OUT [drum-hits|superflux] [SENSITIVITY] [--mixes]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readStage } from '#main/pipeline/preprocess/read';
import { separateStage } from '#main/pipeline/preprocess/separate';
import type { FileRef } from '#main/pipeline/stage';
import { OnsetsFileSchema } from '#shared/analysis';
import { type Detector, onsetsBy } from '#test/hearing';
import { filesOf, refOf } from '#test/stage-run';

const all = process.argv.slice(2);
const areMixes = all.includes('--mixes');
const [drums = '', out = '', detector = 'drum-hits', sensitivity = '0.5'] = all.filter(
  argument => argument !== '--mixes',
);
for (const folder of ['onsets', 'hits']) mkdirSync(join(out, folder), { recursive: true });
for (const name of (await readdir(drums)).sort()) {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-onsets-'));
  try {
    const own = (stage: string): string => {
      mkdirSync(join(folder, stage));
      return join(folder, stage);
    };
    const read = await filesOf(readStage, own('read'), { source: await refOf(join(drums, name)), name });
    let stem = read.files['mix'] as FileRef;
    if (areMixes) {
      const model = await refOf(resolve('native-models/drum-stem/drum-stem.onnx'));
      const parted = await filesOf(separateStage, own('separate'), { method: 'bundled', mix: stem, model });
      stem = parted.files['drums'] as FileRef;
    }
    const begin = performance.now();
    const found = await onsetsBy(detector as Detector, stem, own('onsets'), Number(sensitivity));
    const seconds = (performance.now() - begin) / 1000;
    const { onsets } = OnsetsFileSchema.parse(JSON.parse(await readFile(found.path, 'utf8')));
    const track = basename(name, extname(name)).replace(/_(Drum|MIX|drums|mix)$/, '');
    await writeFile(
      join(out, 'onsets', `${track}.txt`),
      onsets.map(({ time }) => `${time.toFixed(4)}\n`).join(''),
    );
    const strokes = onsets.flatMap(({ time, strokes: struck = [] }) =>
      struck.map(stroke => `${time.toFixed(4)}\t${stroke.class}\n`),
    );
    await writeFile(join(out, 'hits', `${track}.txt`), strokes.join(''));
    const length = read.values.frames / read.values.sampleRate;
    console.log(`${track}: ${onsets.length} onsets, ${(length / seconds).toFixed(0)}x real time`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
