// Compares the bleed that slices are said to have with what the true drum stems give, for both bundled separators.
//   BACKBEAT_DATA=... npm run bench -- slice-bleed
import { openBundledSeparator, separateWithModel } from '#main/inference';
import type { PlanarAudio } from '#shared/model';
import { explain } from '#shared/protocol';
import { decoded } from '#test/audio-files';
import { type BleedCase, bleedCases, rankCorrelation } from '#test/bleed-scores';
import { drumsOf, trackOf } from '#test/ears';
import { materialFiles } from '#test/material';

async function byModel(mix: PlanarAudio): Promise<PlanarAudio> {
  const opened = await openBundledSeparator('native-models/drum-stem', { threads: 1 });
  if (!opened.ok) throw new Error(explain(opened.failure));
  const { sampleRate } = mix;
  const frames = mix.channels[0]?.length ?? 0;
  const channels = mix.channels.map(() => new Float32Array(frames));
  let at = 0;
  const pieces = async function* () {
    for (let start = 0; start < frames; start += 65_536)
      yield await Promise.resolve(mix.channels.map(channel => channel.subarray(start, start + 65_536)));
  };
  const done = await separateWithModel(
    opened.value,
    { sampleRate, channelCount: channels.length, frames, pieces },
    ({ stems: [drums = []] }) => {
      drums.forEach((channel, index) => channels[index]?.set(channel, at));
      at += drums[0]?.length ?? 0;
      return Promise.resolve();
    },
    { seed: 1, stems: ['drums'], signal: new AbortController().signal },
  );
  await opened.value.close();
  if (!done.ok) throw new Error(explain(done.failure));
  return { sampleRate, channels };
}

const truths = materialFiles('mdb-drums/sep/drums');
const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
const line = (name: string, cases: readonly BleedCase[]): string =>
  `${name.padEnd(34)} ${String(cases.length).padStart(5)} slices, rank correlation ${rankCorrelation(cases).toFixed(3)}, ` +
  `said ${mean(cases.map(({ said }) => said))}, true ${mean(cases.map(one => one.true))}`;
for (const [separator, separated] of [
  ['hpss', (mix: PlanarAudio) => Promise.resolve(drumsOf(mix))],
  ['drum-stem', byModel],
] as const) {
  const all: BleedCase[] = [];
  for (const path of materialFiles('mdb-drums/sep/mix')) {
    const truth = truths.find(file => trackOf(file) === trackOf(path));
    if (truth === undefined) continue;
    const mix = (await decoded(path)).audio;
    const cases = bleedCases(mix, await separated(mix), (await decoded(truth)).audio);
    console.log(line(`${separator} ${trackOf(path)}`, cases));
    all.push(...cases);
  }
  console.log(line(`${separator}, all`, all));
}
