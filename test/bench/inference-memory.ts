// Peak memory of separating a song of MINUTES with the bundled model in a folder or with an ONNX file, all its stems; the song
// is made up while it is read.
//   npm run bench -- inference-memory native-models/drum-stem 5
import {
  type MixSource,
  openBundledSeparator,
  openSeparationModel,
  separateWithModel,
} from '#main/inference';
import { explain } from '#shared/protocol';

const [model = '', minutes = '5'] = process.argv.slice(2);
const sampleRate = 44_100;
const frames = Number(minutes) * 60 * sampleRate;
const mix: MixSource = {
  sampleRate,
  channelCount: 2,
  frames,
  async *pieces() {
    for (let start = 0; start < frames; start += 32_768) {
      const left = new Float32Array(Math.min(32_768, frames - start));
      for (let at = 0; at < left.length; at++) left[at] = 0.4 * Math.sin((start + at) ** 2 * 1e-9);
      yield await Promise.resolve([left, left.map(value => value / 2)]);
    }
  },
};
const open = model.endsWith('.onnx') ? openSeparationModel : openBundledSeparator;
const opened = await open(model, { threads: 1 });
if (!opened.ok) throw new Error(explain(opened.failure));
const result = await separateWithModel(opened.value, mix, () => Promise.resolve(), {
  seed: 1,
  signal: new AbortController().signal,
});
await opened.value.close();
if (!result.ok) throw new Error(explain(result.failure));
console.log(`${minutes} min: peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
