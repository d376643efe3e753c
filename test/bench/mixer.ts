// Cost of the mixer on one core, as a share of real time, and of its parts: five buses at 48 kHz in blocks of the audio thread's 128 frames.
//   npm run bench -- mixer [SECONDS]
import { Random } from '#shared/base';
import { mixerSettings } from '#shared/mix';
import { LiveMixer, mixerFrames } from '#shared/mixer';
import { type Bus, type Mix, PLAIN_BUS, PLAIN_MIX, ROLES_IN_ORDER } from '#shared/model';

const RATE = 48_000;
const BLOCK = 128;
const seconds = Number(process.argv[2] ?? 20);

const random = Random.ofSeed(1);
/** A second of something like drums: noise that falls four times. */
const sounds = ROLES_IN_ORDER.map(() =>
  [0, 1].map(() =>
    Float32Array.from(
      { length: RATE },
      (_, frame) => random.between(-0.6, 0.6) * Math.exp(-(frame % (RATE / 4)) / 4000),
    ),
  ),
);

const all = (bus: Partial<Bus>): Mix['buses'] =>
  Object.fromEntries(ROLES_IN_ORDER.map(role => [role, { ...PLAIN_BUS, ...bus }]));
const EQUALISER = { low: 4, mid: -5, midHertz: 500, high: 3 };
const MASTER: Mix['master'] = {
  gainDecibels: 3,
  compressor: {
    thresholdDecibels: -18,
    ratio: 3,
    attackMilliseconds: 10,
    releaseMilliseconds: 120,
    makeupDecibels: 4,
  },
  ceilingDecibels: -1,
};
const CASES: readonly (readonly [string, Mix])[] = [
  ['plain', PLAIN_MIX],
  ['equalisers', { ...PLAIN_MIX, buses: all({ equaliser: EQUALISER }) }],
  ['saturation', { ...PLAIN_MIX, buses: all({ drive: 0.6 }) }],
  ['master', { ...PLAIN_MIX, master: MASTER }],
  ['everything', { buses: all({ equaliser: EQUALISER, drive: 0.6, pan: 0.3 }), master: MASTER }],
];

/** Processor time for each second of audio: what else runs on the machine does not count. */
function shareOf(mix: Mix): number {
  const mixer = new LiveMixer(RATE, mixerSettings(mix, ROLES_IN_ORDER));
  const output = [new Float32Array(BLOCK), new Float32Array(BLOCK)] as const;
  const pass = (from: number, to: number): void => {
    for (let frame = from; frame < to; frame += BLOCK) {
      const at = frame % (RATE - BLOCK);
      const inputs = sounds.map(
        ([left = output[0], right = output[1]]) =>
          [left.subarray(at, at + BLOCK), right.subarray(at, at + BLOCK)] as const,
      );
      mixer.pass(inputs, output, BLOCK);
      if (frame % (BLOCK * 12) === 0) mixer.read();
    }
  };
  // The first second is compiled.
  pass(0, RATE);
  const before = process.cpuUsage();
  pass(RATE, (seconds + 1) * RATE);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / seconds;
}

console.log(`delay ${((1000 * mixerFrames(RATE)) / RATE).toFixed(2)} ms; ${seconds} s of audio each`);
for (const [name, mix] of CASES) {
  const share = shareOf(mix);
  console.log(
    `${name.padEnd(12)} ${(100 * share).toFixed(1)} % of one core, ${(1 / share).toFixed(0)} times real time`,
  );
}
