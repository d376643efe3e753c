// What the snares of our own kits are like, how long a performance of 9 s takes to sound on each, its voices rendered and cached, and what
// one passage through each codec and the stretcher costs: the time of one core. With a path, a font's drum kits as well.
//   npm run bench -- dataset-sounds [FONT.sf2]
import { readFileSync } from 'node:fs';
import { generalKitsOf, openAugmentContext, performanceAudio, type SoundKit } from '#main/dataset';
import type { Evidence } from '#shared/analysis';
import { evidenceOf, exerciseOf, ownKits, strokeOf } from '#test/sounding-kits';

const ROUNDS = 20;
const milliseconds = (work: () => void, rounds = 1): number => {
  const started = process.cpuUsage();
  for (let round = 0; round < rounds; round++) work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000 / rounds;
};

const SNARE = 38;
const hertz = ({ centroid_oct }: Evidence): string => (100 * 2 ** centroid_oct).toFixed(0);

const { synth, kits } = await ownKits();
const performance = exerciseOf('single_stroke_roll', { tempo: 140 });
const others = exerciseOf('single_paradiddle', { tempo: 140 });
const [path] = process.argv.slice(2);
const all: SoundKit[] = [...kits];
if (path !== undefined) {
  const font = await synth.load(readFileSync(path), path);
  if (font.ok) all.push(...generalKitsOf(synth, font.value));
}
console.log(`${performance.strokes.length} strokes in ${(performance.duration_ms / 1000).toFixed(1)} s`);
for (const kit of all) {
  const of = (velocity: number) => evidenceOf(strokeOf(synth, kit, SNARE, velocity));
  const [soft, hard] = [of(40), of(110)];
  console.log(
    `${kit.id.padEnd(16)} snare at 40 and 110: flatness ${soft.flatness.toFixed(4)} ${hard.flatness.toFixed(4)}, after 150 ms ${soft.sustain_ratio.toFixed(3)} ${hard.sustain_ratio.toFixed(3)}, centre ${hertz(soft)} ${hertz(hard)} Hz, -20 dB after ${soft.decay_ms.toFixed(0)} ${hard.decay_ms.toFixed(0)} ms`,
  );
  const first = milliseconds(() => performanceAudio(synth, kit, performance));
  const again = milliseconds(() => performanceAudio(synth, kit, performance), ROUNDS);
  const next = milliseconds(() => performanceAudio(synth, kit, others));
  console.log(
    `${kit.id.padEnd(16)} ${first.toFixed(1)} ms with its voices rendered, ${again.toFixed(1)} ms cached, ${next.toFixed(1)} ms another exercise`,
  );
}
const [kit] = kits;
if (kit) {
  const audio = performanceAudio(synth, kit, performance);
  const context = await openAugmentContext(sha256 => {
    throw new RangeError(`no recording ${sha256}`);
  });
  for (const codec of ['mp3', 'ogg'] as const)
    console.log(
      `${codec} at 64 kbit/s: ${milliseconds(() => context.coded(audio, codec, 64), 5).toFixed(0)} ms`,
    );
  console.log(`stretching by 1.1: ${milliseconds(() => context.stretched(audio, 1.1, 0), 5).toFixed(0)} ms`);
}
console.log(`${Math.round(process.memoryUsage.rss() / 1e6)} MB resident`);
