// Time and peak memory of the stages separate, onsets and tempo on a made-up stereo song of MINUTES.
//   npm run bench -- ear-memory MINUTES
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createWavWriter } from '#main/platform';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import { separateStage } from '#main/pipeline/preprocess/separate';
import { tempoStage } from '#main/pipeline/preprocess/tempo';
import type { FileRef, Stage } from '#main/pipeline/stage';
import { drumTrack, rockBars } from '#test/drum-sounds';

const minutes = Number(process.argv[2] ?? 5);
const sampleRate = 44_100;
const root = await mkdtemp(join(tmpdir(), 'backbeat-bench-'));
const fileAt = (path: string): FileRef => ({ kind: 'file', path, sha256: '' });

async function song(): Promise<FileRef> {
  const path = join(root, 'mix.wav');
  const writer = await createWavWriter(path, { sampleRate, channelCount: 2, format: '32f' });
  const [drums = new Float32Array()] = drumTrack(rockBars(120, 2), 4).channels;
  for (let piece = 0; piece < minutes * 15; piece++) {
    const hertz = 110 * 2 ** ((piece % 5) / 12);
    const channels = [1, 1.01].map(detune =>
      drums.map(
        (value, frame) => value + 0.1 * Math.sin((2 * Math.PI * hertz * detune * frame) / sampleRate),
      ),
    );
    await writer.write({ sampleRate, channels });
  }
  await writer.finish();
  return fileAt(path);
}

async function run<Input, Values>(stage: Stage<Input, Values>, input: unknown): Promise<string> {
  const folder = join(root, stage.name);
  await mkdir(folder);
  const begin = performance.now();
  const context = { folder, signal: new AbortController().signal, report: () => undefined };
  const result = await stage.run(stage.input.parse(input), context);
  if (!result.ok) throw new Error(result.failure.code);
  const seconds = (performance.now() - begin) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${stage.name}: ${seconds.toFixed(1)} s, ${((60 * minutes) / seconds).toFixed(0)}x real time, peak so far ${megabytes.toFixed(0)} MB`,
  );
  return folder;
}

try {
  const mix = await song();
  const drums = fileAt(join(await run(separateStage, { mix, method: 'hpss' }), 'drums.wav'));
  const onsets = fileAt(join(await run(onsetsStage, { drums }), 'onsets.json'));
  await run(tempoStage, { drums, onsets });
} finally {
  await rm(root, { recursive: true, force: true });
}
