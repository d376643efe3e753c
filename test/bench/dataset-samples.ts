// Samples of a dataset made whole on one core: played, labelled, MIDI, sounded, recorded in a room by a microphone and a chain, FLAC of
// 24 bits; of 9 s each, as the public peer's are. Beside it MIDI and labels alone.
//   npm run bench -- dataset-samples [SAMPLES]
import { loadOwnKits, makeSample, openAugmentContext, openSynth } from '#main/dataset';
import { flacOf } from '#main/platform';
import { GenerationConfigSchema, planOf, type Task } from '#shared/dataset';
import { catalogueOf } from '#test/dataset-catalogue';

/** Samples a second of one of our cores, with audio: DATASET.md section 2.9. */
const PEER = 0.9;
const count = Number(process.argv[2] ?? 60);
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

/** Seconds of the processor for the work of `tasks`. */
function spent(tasks: readonly Task[], work: (one: Task) => number): { seconds: number; audio: number } {
  const before = process.cpuUsage();
  let audio = 0;
  for (const one of tasks) audio += work(one);
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, audio };
}

const step = Math.floor(total / (2 * count));
const tasks = Array.from({ length: 2 * count }, (_, index) => task(index * step));
const sounding = { synth, kits: kits.value, context };
const whole = (one: Task): number => {
  const { recording } = makeSample(one, sounding);
  if (!recording) return 0;
  flacOf(recording.audio, { bits: 24 });
  return (recording.audio.channels[0]?.length ?? 0) / recording.audio.sampleRate;
};
spent(tasks.slice(0, count), whole);
const full = spent(tasks.slice(count), whole);
const rate = count / full.seconds;
console.log(
  `with audio and augmentation: ${rate.toFixed(1)} samples a second of one core, ${(full.audio / full.seconds).toFixed(0)} x real time, ` +
    `${(rate / PEER).toFixed(1)} times the peer`,
);
const silent = spent(tasks, one => makeSample({ ...one, recording: null }, sounding).midi.length);
console.log(`MIDI and labels alone: ${((2 * count) / silent.seconds).toFixed(0)} samples a second`);
synth.close();
