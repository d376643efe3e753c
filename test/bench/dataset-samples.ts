// Samples of a dataset made whole on one core: played, labelled, MIDI, sounded, recorded in a room by a microphone and a chain, FLAC of
// 24 bits; of 9 s each, as the public peer's are. Beside it what each preset takes, and MIDI and labels alone. Seconds are the
// processor's, of all threads; others on the machine share its caches, so the same samples are made several times and the median told.
//   npm run bench -- dataset-samples [SAMPLES]
import { loadOwnKits, makeSample, openAugmentContext, openSynth } from '#main/dataset';
import { flacOf } from '#main/platform';
import { GenerationConfigSchema, planOf, type Task } from '#shared/dataset';
import { compareText } from '#shared/model';
import { catalogueOf } from '#test/dataset-catalogue';

/** Samples a second of one of our cores, with audio: DATASET.md section 2.9. */
const PEER = 0.9;
const ROUNDS = 5;
const count = Number(process.argv[2] ?? 40);
const synth = await openSynth();
const kits = await loadOwnKits(synth, 'soundfonts');
if (!kits.ok) throw new Error(kits.failure.code);
const context = await openAugmentContext(() => {
  throw new Error('nothing is mixed in');
});
const config = GenerationConfigSchema.parse({ target_duration_sec: 9, num_profiles: 20 });
const plan = planOf(config, catalogueOf(kits.value));
if (!plan.ok) throw new Error(plan.failure.join('; '));
const { task, count: total } = plan.value;

const step = Math.floor(total / (2 * count));
const tasks = Array.from({ length: 2 * count }, (_, index) => task(index * step));
const sounding = { synth, kits: kits.value, context };

/** Seconds of the processor that `work` takes. */
function spent(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Makes a sample whole; answers the seconds it sounds. */
function whole(one: Task): number {
  const { recording } = makeSample(one, sounding);
  if (!recording) return 0;
  flacOf(recording.audio, { bits: 24 });
  return (recording.audio.channels[0]?.length ?? 0) / recording.audio.sampleRate;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

// Other samples first, so that the code is compiled and kits are cached, as they are for nearly all of a dataset.
for (const one of tasks.slice(count)) whole(one);
const measured = tasks.slice(0, count);
const presets = new Map<string, number[]>();
const wall: number[] = [];
const rounds = Array.from({ length: ROUNDS }, () => {
  let sounds = 0;
  const started = performance.now();
  const seconds = spent(() => {
    for (const one of measured) {
      const taken = spent(() => {
        sounds += whole(one);
      });
      const name = one.recording?.preset ?? 'none';
      presets.set(name, [...(presets.get(name) ?? []), taken]);
    }
  });
  wall.push((performance.now() - started) / 1000);
  return { seconds, sounds };
});
const rates = rounds.map(({ seconds }) => count / seconds);
const rate = median(rates);
console.log(
  `with audio and augmentation: ${rate.toFixed(1)} samples a second of one core (${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)} in ${ROUNDS} rounds of ${count}), ` +
    `${median(rounds.map(({ seconds, sounds }) => sounds / seconds)).toFixed(0)} x real time, ${(rate / PEER).toFixed(1)} times the peer; ` +
    `${(count / median(wall)).toFixed(1)} a second of the clock`,
);
for (const [name, taken] of [...presets].toSorted(([a], [b]) => compareText(a, b)))
  console.log(`  ${name.padEnd(16)} ${(1000 * median(taken)).toFixed(0).padStart(4)} ms`);
const silent = Array.from({ length: ROUNDS }, () =>
  spent(() => {
    for (const one of tasks) makeSample({ ...one, recording: null }, sounding);
  }),
);
console.log(`MIDI and labels alone: ${((2 * count) / median(silent)).toFixed(0)} samples a second`);
synth.close();
