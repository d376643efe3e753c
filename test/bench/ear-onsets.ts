// Onset times of every WAV of a folder, a line each, for shared/eval/onset_eval.py; prints the speed.
//   npm run bench -- ear-onsets DRUMS OUT [SENSITIVITY]
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readWav } from '#main/platform';
import { OnsetDetector } from '#shared/analysis';
import { toMono } from '#shared/model';

const [drums = '', out = '', sensitivity = '0.5'] = process.argv.slice(2);
await mkdir(out, { recursive: true });
for (const name of (await readdir(drums)).filter(file => file.endsWith('.wav')).sort()) {
  const audio = await readWav(join(drums, name));
  if (!audio.ok) throw new Error(`${name}: ${audio.failure.code}`);
  const { sampleRate, samples } = toMono(audio.value);
  const begin = performance.now();
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const detector = new OnsetDetector({ sampleRate, sensitivity: Number(sensitivity), peak });
  const onsets = [...detector.push(samples), ...detector.finish()];
  const seconds = (performance.now() - begin) / 1000;
  await writeFile(
    join(out, `${basename(name, '.wav')}.txt`),
    onsets.map(({ time, strength }) => `${time.toFixed(4)} ${strength.toFixed(3)}\n`).join(''),
  );
  console.log(`${name}: ${onsets.length} onsets, ${(samples.length / sampleRate / seconds).toFixed(0)}x`);
}
