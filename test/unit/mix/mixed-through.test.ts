import { describe, expect, it } from 'vitest';
import { LoudnessMeter } from '#shared/dsp';
import { type MixBlock, mixedThrough, mixVoices, sumOfStems, type Voice } from '#shared/mix';
import {
  type Bus,
  hitId,
  type Mix,
  noteId,
  PLAIN_BUS,
  PLAIN_MIX,
  type PlanarAudio,
  type Role,
  ROLES_IN_ORDER,
} from '#shared/model';
import { LiveMixer } from '#shared/mixer';
import { mixerSettings } from '#shared/mix';
import { noise } from '#test/audio';

const RATE = 48_000;
const FRAMES = 9000;
const ROLES: readonly Role[] = ['CORE', 'ACCENT', 'MOTION'];

const VOICES = ROLES.flatMap((role, index): Voice[] =>
  [0, 3100].map(startFrame => ({
    noteId: noteId('n'),
    hit: hitId(role),
    role,
    padId: 'p',
    shape: null,
    onsetFrame: startFrame,
    startFrame: startFrame + 500 * index,
    frames: 4000,
    releaseFrame: null,
    gain: 0.7,
    pan: index / 4,
  })),
);
const blocksOf = (blockFrames: number): Iterable<MixBlock> =>
  mixVoices(VOICES, hit => noise(hit, 4000 / RATE, RATE, 0.9), {
    sampleRate: RATE,
    frames: FRAMES,
    blockFrames,
  });

type Part = (block: MixBlock) => PlanarAudio | undefined;
const theMix: Part = block => block.mix;
const theStem =
  (role: Role): Part =>
  block =>
    block.stems.get(role);

/** All blocks, one after the other: left, then right. */
function whole(blocks: Iterable<MixBlock>, part: Part): number[][] {
  const joined: number[][] = [[], []];
  for (const block of blocks) {
    for (const [index, channel] of joined.entries()) {
      for (const value of part(block)?.channels[index] ?? []) channel.push(value);
    }
  }
  return joined;
}

const through = (mix: Mix, blockFrames = 1024, masterStems = true): MixBlock[] => [
  ...mixedThrough(blocksOf(blockFrames), mix, { sampleRate: RATE, masterStems }),
];
const bus = (more: Partial<Bus>): Bus => ({ ...PLAIN_BUS, ...more });
const FULL: Mix = {
  buses: {
    CORE: bus({ drive: 0.6, gainDecibels: 3, equaliser: { low: 5, mid: -4, midHertz: 400, high: 3 } }),
    ACCENT: bus({ pan: -0.5, gainDecibels: -2, drive: 0.2 }),
    MOTION: bus({ pan: 0.7, equaliser: { low: -9, mid: 0, midHertz: 1000, high: 4 } }),
  },
  master: {
    gainDecibels: 4,
    compressor: {
      thresholdDecibels: -18,
      ratio: 3,
      attackMilliseconds: 5,
      releaseMilliseconds: 80,
      makeupDecibels: 5,
    },
    ceilingDecibels: -1,
  },
};

describe('what goes through the mixer', () => {
  it('keeps every bit of mix and stems when the mix is plain', () => {
    for (const part of [theMix, ...ROLES.map(theStem)]) {
      expect(whole(through(PLAIN_MIX), part)).toEqual(whole(blocksOf(1024), part));
    }
  });

  it('leaves stems that sum to the mix bit for bit, in any order', () => {
    const blocks = through(FULL);
    for (const { mix, stems } of blocks) {
      for (const order of [ROLES, ROLES.toReversed()]) {
        const sum = new Map(order.flatMap(role => [[role, stems.get(role)] as const]));
        const stemsInOrder = new Map(
          [...sum].flatMap(([role, stem]) => (stem ? [[role, stem] as const] : [])),
        );
        expect(sumOfStems(stemsInOrder, RATE, mix.channels[0]?.length ?? 0).channels).toEqual(mix.channels);
      }
    }
    expect(whole(blocks, theMix)[0]).toHaveLength(FRAMES);
  });

  it('gives the same bits for any block size, shorter than its delay too', () => {
    for (const part of [theMix, theStem('ACCENT')]) {
      const [left, right] = whole(through(FULL, 4096), part);
      for (const size of [100, 1000]) expect(whole(through(FULL, size), part)).toEqual([left, right]);
    }
  });

  it('stays below its ceiling, between the frames too, however loud it is driven', () => {
    const hot: Mix = { ...FULL, master: { ...FULL.master, gainDecibels: 12, compressor: null } };
    const meter = new LoudnessMeter(RATE, 2);
    for (const { mix } of through(hot)) meter.push(mix.channels);
    const { truePeakDecibels } = meter.finish();
    expect(truePeakDecibels).toBeLessThan(-0.9);
    expect(truePeakDecibels).toBeGreaterThan(-1.5);
  });

  it('leaves out what is muted, and all but what is soloed', () => {
    const muted = through({ ...PLAIN_MIX, buses: { ACCENT: bus({ muted: true }) } });
    expect([...(muted[0]?.stems.keys() ?? [])]).toEqual(['CORE', 'MOTION']);
    const soloed = through({ ...PLAIN_MIX, buses: { MOTION: bus({ soloed: true }), FILL: bus({}) } });
    expect([...(soloed[0]?.stems.keys() ?? [])]).toEqual(['MOTION']);
    expect(whole(soloed, theMix)).toEqual(whole(blocksOf(1024), theStem('MOTION')));
  });

  it('can leave the stems as they go into the master, in time with the mix', () => {
    const plain: Mix = { ...FULL, master: PLAIN_MIX.master };
    const [before, mastered] = [through(FULL, 1024, false), through(FULL)];
    for (const role of ROLES)
      expect(whole(before, theStem(role))).toEqual(whole(through(plain), theStem(role)));
    expect(whole(before, theMix)).toEqual(whole(mastered, theMix));
  });

  it('pans a bus as the stereo law does', () => {
    const [left = [], right = []] = whole(
      through({ ...PLAIN_MIX, buses: { CORE: bus({ pan: -1, soloed: true }) } }),
      theMix,
    );
    const [dryLeft = [], dryRight = []] = whole(blocksOf(1024), theStem('CORE'));
    expect(right.every(value => Math.abs(value) < 1e-6)).toBe(true);
    for (const frame of [600, 1200, 4000]) {
      expect(left[frame]).toBeCloseTo((dryLeft[frame] ?? 0) + (dryRight[frame] ?? 0), 6);
    }
  });
});

describe('the mixer as it plays', () => {
  const inputsOf = (start: number): (readonly [Float32Array, Float32Array] | null)[] =>
    ROLES_IN_ORDER.map(role => {
      const stem = dry.get(role);
      if (!stem) return null;
      const [left = [], right = []] = stem;
      const piece = (side: number[]) => Float32Array.from(side.slice(start, start + 128));
      return [piece(left), piece(right)];
    });
  const dry = new Map(ROLES.map(role => [role, whole(blocksOf(1024), theStem(role))]));
  /** The left channel of what sounds, its delay taken off. */
  function played(live: LiveMixer, frames: number, before: (frame: number) => void = () => {}): number[] {
    const left: number[] = [];
    for (let start = 0; start < frames + live.latencyFrames; start += 128) {
      before(start);
      const output = [new Float32Array(128), new Float32Array(128)] as const;
      const inputs = inputsOf(start).map(input => input && (input[0].length === 128 ? input : null));
      live.pass(inputs, output, 128);
      left.push(...output[0]);
    }
    return left.slice(live.latencyFrames);
  }

  it('differs from the render by less than -120 dB', () => {
    const live = played(new LiveMixer(RATE, mixerSettings(FULL, ROLES_IN_ORDER)), 8900);
    const [rendered = []] = whole(through(FULL), theMix);
    for (let frame = 0; frame < 8900; frame++) {
      expect(Math.abs((live[frame] ?? 0) - (rendered[frame] ?? 0))).toBeLessThan(1e-6);
    }
  });

  it('goes from one mix to another without a jump, and settles where the render is', () => {
    const live = new LiveMixer(
      RATE,
      mixerSettings({ ...PLAIN_MIX, buses: { CORE: bus({ gainDecibels: -60 }) } }, ['CORE']),
    );
    const steady = [new Float32Array(128).fill(0.25), new Float32Array(128).fill(0.25)] as const;
    const left: number[] = [];
    for (let block = 0; block < 60; block++) {
      if (block === 20)
        live.aim(mixerSettings({ ...PLAIN_MIX, buses: { CORE: bus({ gainDecibels: 6 }) } }, ['CORE']));
      const output = [new Float32Array(128), new Float32Array(128)] as const;
      live.pass([steady], output, 128);
      left.push(...output[0]);
    }
    const jumps = left.slice(500).map((value, index) => Math.abs(value - (left[499 + index] ?? 0)));
    expect(Math.max(...jumps)).toBeLessThan(6e-4);
    expect(left.at(-1)).toBeCloseTo(0.25 * 10 ** (6 / 20), 6);
  });

  it('rests after ten seconds of silence, and is there at once when something sounds', () => {
    const live = new LiveMixer(RATE, mixerSettings(FULL, ROLES_IN_ORDER));
    const fresh = played(new LiveMixer(RATE, mixerSettings(FULL, ROLES_IN_ORDER)), 8900);
    const output = [new Float32Array(128), new Float32Array(128)] as const;
    const silence = [new Float32Array(128), new Float32Array(128)] as const;
    played(live, 8900);
    for (let frame = 0; frame < 12 * RATE; frame += 128) live.pass([silence, null], output, 128);
    expect(Math.max(...output[0].map(Math.abs))).toBe(0);
    const again = played(live, 8900);
    for (const [frame, value] of fresh.entries())
      expect(Math.abs(value - (again[frame] ?? 0))).toBeLessThan(1e-6);
  });

  it('meters each role after its strip, and the master with what takes it down', () => {
    const live = new LiveMixer(RATE, mixerSettings({ ...FULL, buses: {} }, ROLES_IN_ORDER));
    played(live, 8900);
    const { strips, master, compressorDecibels, limiterDecibels, loudness } = live.read();
    const [dryLeft = []] = dry.get('CORE') ?? [];
    expect(strips[ROLES_IN_ORDER.indexOf('CORE')]?.peak[0]).toBeCloseTo(
      Math.max(...dryLeft.map(Math.abs)),
      6,
    );
    expect(strips[ROLES_IN_ORDER.indexOf('FILL')]?.peak).toEqual([0, 0]);
    expect(compressorDecibels).toBeGreaterThan(3);
    expect(limiterDecibels).toBeGreaterThan(0);
    expect(Math.max(...master.peak)).toBeLessThanOrEqual(10 ** (-1 / 20) + 1e-6);
    expect(loudness.truePeakDecibels).toBeLessThan(-0.9);
    expect(live.read().master.peak).toEqual([0, 0]);
    live.resetLoudness();
    expect(live.read().loudness.truePeakDecibels).toBe(-Infinity);
  });
});
