// Separates a WAV with the bundled model in a folder or with an ONNX file, and prints the speed and the memory's peak.
//   npm run bench -- inference-separate native-models/drum-stem MIX.wav DRUMS.wav [THREADS] [STEM,...]
import { performance } from 'node:perf_hooks';
import { mixOfWav, openBundledSeparator, openSeparationModel, separateWithModel } from '#main/inference';
import { createWavWriter, openWav } from '#main/platform';
import { explain } from '#shared/protocol';

const [model = '', mix = '', out = '', threads = '2', stems = 'drums'] = process.argv.slice(2);
const open = model.endsWith('.onnx') ? openSeparationModel : openBundledSeparator;
const opened = await open(model, { threads: Number(threads) });
if (!opened.ok) throw new Error(explain(opened.failure));
const wav = await openWav(mix);
if (!wav.ok) throw new Error(explain(wav.failure));
const { sampleRate, channelCount, frames } = wav.value;
const drums = await createWavWriter(out, { sampleRate, channelCount, format: '32f' });
const begin = performance.now();
const result = await separateWithModel(
  opened.value,
  mixOfWav(wav.value),
  ({ stems: [first = []] }) => drums.write({ sampleRate, channels: first }),
  { seed: 1, stems: stems.split(','), signal: new AbortController().signal },
);
const seconds = (performance.now() - begin) / 1000;
await drums.finish();
await opened.value.close();
await wav.value.close();
if (!result.ok) throw new Error(explain(result.failure));
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `contract ${opened.value.contract.id}: ${(frames / sampleRate).toFixed(0)} s in ${seconds.toFixed(1)} s, ` +
    `${(frames / sampleRate / seconds).toFixed(1)}x real time, ${peak.toFixed(0)} MB`,
);
