// Separates every WAV of one folder into another, for shared/eval/sep_eval.py, and prints the speed.
//   npm run bench -- ear-separation MIXES OUT
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createWavWriter, openWav } from '#main/platform';
import { DrumSeparator } from '#shared/analysis';

const [mixes = '', out = ''] = process.argv.slice(2);
await mkdir(out, { recursive: true });
for (const name of (await readdir(mixes)).filter(file => file.endsWith('.wav')).sort()) {
  const mix = await openWav(join(mixes, name));
  if (!mix.ok) throw new Error(`${name}: ${mix.failure.code}`);
  const { sampleRate, channelCount, frames } = mix.value;
  const begin = performance.now();
  const separator = new DrumSeparator({ sampleRate, channelCount });
  const drums = await createWavWriter(join(out, `${basename(name, '.wav')}_Drum.wav`), {
    sampleRate,
    channelCount,
    format: '32f',
  });
  for (let start = 0; start < frames; start += 65536) {
    const { channels } = await mix.value.read(start, 65536);
    await drums.write({ sampleRate, channels: separator.push(channels).drums });
  }
  await drums.write({ sampleRate, channels: separator.finish().drums });
  await drums.finish();
  await mix.value.close();
  const seconds = (performance.now() - begin) / 1000;
  console.log(`${name}: ${(frames / sampleRate / seconds).toFixed(1)}x real time`);
}
