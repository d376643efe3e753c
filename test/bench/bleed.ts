// How well the bleed curve tells where the accompaniment is left in separated drums: rank correlation with the true bleed per half
// second, for the bundled separators, on pairs of mixes and true drums (FLAC or WAV; as mdb-drums/sep has them).
//   npm run bench -- bleed MIXES DRUMS [hpss,drum-stem]
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBundledSeparator, separateWithModel } from '#main/inference';
import { BleedCurve, bleedFrames } from '#shared/analysis';
import type { PlanarAudio } from '#shared/model';
import { explain } from '#shared/protocol';
import { decoded } from '#test/audio-files';
import { type BleedCase, rankCorrelation } from '#test/bleed-scores';
import { meansPer, trueBleed } from '#test/bleed-truth';
import { drumsOf, trackOf } from '#test/ears';

const [mixes = '', drums = '', separators = 'hpss,drum-stem'] = process.argv.slice(2);
const SECONDS = 0.5;
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

async function byModel(mix: PlanarAudio): Promise<PlanarAudio> {
  const opened = await openBundledSeparator('native-models/drum-stem');
  if (!opened.ok) throw new Error(explain(opened.failure));
  const { sampleRate, channels } = mix;
  const frames = channels[0]?.length ?? 0;
  const stem = channels.map(() => new Float32Array(frames));
  let at = 0;
  const source = {
    sampleRate,
    channelCount: channels.length,
    frames,
    async *pieces() {
      yield await Promise.resolve(channels);
    },
  };
  const done = await separateWithModel(
    opened.value,
    source,
    async ({ stems: [first = []] }) => {
      first.forEach((samples, channel) => stem[channel]?.set(samples, at));
      at += first[0]?.length ?? 0;
      await Promise.resolve();
    },
    { stems: ['drums'], seed: 0, signal: new AbortController().signal },
  );
  await opened.value.close();
  if (!done.ok) throw new Error(explain(done.failure));
  return { sampleRate, channels: stem };
}

for (const separator of separators.split(',')) {
  const correlations: number[] = [];
  const all: BleedCase[] = [];
  for (const name of (await readdir(mixes)).filter(file => /\.(flac|wav)$/.test(file)).sort()) {
    const mix = (await decoded(join(mixes, name))).audio;
    const file = (await readdir(drums)).find(other => trackOf(other) === trackOf(name));
    const truth = (await decoded(join(drums, file ?? ''))).audio;
    const stem = separator === 'hpss' ? drumsOf(mix) : await byModel(mix);
    const rest = mix.channels.map((samples, channel) =>
      samples.map((value, at) => value - (stem.channels[channel]?.[at] ?? 0)),
    );
    const bleed = new BleedCurve(mix.sampleRate);
    bleed.push(stem.channels, rest);
    const curve = meansPer(bleed.finish(), mix.sampleRate / bleedFrames(mix.sampleRate), SECONDS);
    const wanted = trueBleed(stem, truth, mix, SECONDS);
    const cases = Array.from(curve, (said, at) => ({ said, true: wanted[at] ?? 0 }));
    const correlation = rankCorrelation(cases);
    correlations.push(correlation);
    all.push(...cases);
    console.log(
      `${separator} ${trackOf(name)}: ${correlation.toFixed(3)}, mean ${mean(curve).toFixed(3)}, true ${mean(wanted).toFixed(3)}`,
    );
  }
  console.log(
    `${separator} mean ${mean(correlations).toFixed(3)}, all half seconds together ${rankCorrelation(all).toFixed(3)}`,
  );
}
