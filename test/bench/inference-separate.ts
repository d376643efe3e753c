// Separates a WAV, or every WAV of a folder, with the bundled model in a folder or with an ONNX file, and prints the speed and the memory's peak.
//   npm run bench -- inference-separate native-models/drum-stem MIX.wav DRUMS.wav [THREADS] [STEM,...]
//   npm run bench -- inference-separate native-models/drum-stem MIXES OUT [THREADS] [STEM,...]
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { mixOfWav, openBundledSeparator, openSeparationModel, separateWithModel } from '#main/inference';
import { createWavWriter, openWav } from '#main/platform';
import { explain } from '#shared/protocol';

const [model = '', mixes = '', out = '', threads = '2', stems = 'drums'] = process.argv.slice(2);
const open = model.endsWith('.onnx') ? openSeparationModel : openBundledSeparator;
const opened = await open(model, { threads: Number(threads) });
if (!opened.ok) throw new Error(explain(opened.failure));
const separator = opened.value;

/** Seconds of audio that were separated. */
async function separate(mix: string, target: string): Promise<number> {
  const wav = await openWav(mix);
  if (!wav.ok) throw new Error(explain(wav.failure));
  const { sampleRate, channelCount, frames } = wav.value;
  const drums = await createWavWriter(target, { sampleRate, channelCount, format: '32f' });
  const result = await separateWithModel(
    separator,
    mixOfWav(wav.value),
    ({ stems: [first = []] }) => drums.write({ sampleRate, channels: first }),
    { seed: 1, stems: stems.split(','), signal: new AbortController().signal },
  );
  await drums.finish();
  await wav.value.close();
  if (!result.ok) throw new Error(explain(result.failure));
  return frames / sampleRate;
}

const begin = performance.now();
const usedBefore = process.cpuUsage();
let audio = 0;
if ((await stat(mixes)).isDirectory()) {
  await mkdir(out, { recursive: true });
  for (const name of (await readdir(mixes)).filter(file => file.endsWith('.wav')).sort()) {
    audio += await separate(join(mixes, name), join(out, name.replace(/(_MIX)?\.wav$/, '_drums.wav')));
  }
} else audio = await separate(mixes, out);
const seconds = (performance.now() - begin) / 1000;
const used = process.cpuUsage(usedBefore);
await separator.close();
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `contract ${separator.contract.id}: ${audio.toFixed(0)} s in ${seconds.toFixed(1)} s, ` +
    `${(audio / seconds).toFixed(1)}x real time, ${(audio / ((used.user + used.system) / 1e6)).toFixed(1)}x by processor time, ${peak.toFixed(0)} MB`,
);
