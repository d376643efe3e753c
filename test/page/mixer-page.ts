// Runs in Chromium: the window's mixer, its audio thread included, on contexts that render as fast as they can. Bundled by test/support/page-script.ts.
import { Random } from '#shared/base';
import { kitOfPattern, mixedThrough, mixVoices, scheduleVoices } from '#shared/mix';
import { gainOfDecibels } from '#shared/units';
import {
  type Hit,
  hitId,
  type Instrument,
  type Mix,
  PLAIN_BUS,
  PLAIN_MIX,
  patternSeconds,
} from '#shared/model';
import { aNote, aPattern } from '#test/pattern';
import { createMixerGraph } from '../../src-renderer/playback/mixer-graph';
import { Performer } from '../../src-renderer/playback/performer';

const RATE = 48_000;
const INSTRUMENTS: readonly Instrument[] = ['kick', 'snare', 'chh', 'crash'];

const FULL_MIX: Mix = {
  buses: {
    CORE: {
      ...PLAIN_BUS,
      drive: 0.7,
      gainDecibels: 4,
      equaliser: { low: 6, mid: -5, midHertz: 350, high: 3 },
    },
    ACCENT: { ...PLAIN_BUS, pan: -0.4, drive: 0.3, equaliser: { ...PLAIN_BUS.equaliser, high: 5 } },
    MOTION: { ...PLAIN_BUS, pan: 0.6, gainDecibels: -3 },
  },
  master: {
    gainDecibels: 3,
    compressor: {
      thresholdDecibels: -20,
      ratio: 4,
      attackMilliseconds: 8,
      releaseMilliseconds: 120,
      makeupDecibels: 6,
    },
    ceilingDecibels: -1,
  },
};

/** Sixteen steps of every instrument, and noise that falls as its sound. */
function material() {
  const random = Random.ofSeed(5);
  const pattern = aPattern(
    INSTRUMENTS.flatMap((instrument, index) =>
      Array.from({ length: 16 }, (_, step) =>
        aNote(instrument, step, {
          hit: hitId(instrument),
          velocity: 0.4 + (0.6 * ((step * (index + 3)) % 7)) / 7,
        }),
      ).filter((__, step) => step % (index + 1) === 0),
    ),
  );
  const audio = new Map(
    INSTRUMENTS.map((instrument, index) => [
      hitId(instrument),
      {
        sampleRate: RATE,
        channels: Array.from({ length: index % 2 === 0 ? 1 : 2 }, () =>
          Float32Array.from(
            { length: 20_000 },
            (_, frame) => random.between(-0.9, 0.9) * Math.exp(-frame / 3000) * (1 - frame / 20_000),
          ),
        ),
      },
    ]),
  );
  return { pattern, kit: kitOfPattern(pattern, RATE), audio };
}

/** The loudest difference between what the window plays through its mixer and what the render writes, and its loudest frame, in dBFS. */
async function mixerAgainstRender(name: 'plain' | 'full') {
  const mix = name === 'plain' ? PLAIN_MIX : FULL_MIX;
  const { pattern, kit, audio } = material();
  const frames = Math.round(patternSeconds(pattern) * RATE) + RATE / 2;
  const context = new OfflineAudioContext(2, frames + 1024, RATE);
  const mixer = await createMixerGraph(context, mix);
  mixer.output.connect(context.destination);
  const performer = new Performer(context, mixer, context.destination);
  performer.buffers.setPlain(
    new Map(
      [...audio].map(([id, { channels }]) => {
        const buffer = context.createBuffer(channels.length, channels[0]?.length ?? 1, RATE);
        for (const [index, samples] of channels.entries()) buffer.copyToChannel(samples, index);
        return [id, buffer];
      }),
    ),
  );
  const hits = [...audio.keys()].map(id => ({ id, sampleRate: RATE, startFrame: 0, onsetFrame: 0 }) as Hit);
  const section = { gainDecibels: 0, pattern, kit, hits, silent: new Set<never>() };
  const program = { sections: [section], isLooping: false, loop: null, hasClick: false, song: null };
  performer.start(program, { section: 0, ticks: 0, along: 0 }, 0, 0);
  performer.pump(frames / RATE);
  const heard = await context.startRendering();
  const late = Math.round(mixer.latencySeconds * RATE);
  const voices = scheduleVoices(pattern, kit, {
    sampleRate: RATE,
    hitFrames: id => audio.get(id)?.channels[0]?.length ?? 0,
  });
  const dry = mixVoices(voices, id => audio.get(id) ?? { sampleRate: RATE, channels: [] }, {
    sampleRate: RATE,
    frames,
  });
  let difference = 0;
  let peak = 0;
  let at = late;
  for (const block of mixedThrough(dry, mix, { sampleRate: RATE })) {
    for (const [channel, wanted] of block.mix.channels.entries()) {
      const part = heard.getChannelData(channel).subarray(at, at + wanted.length);
      for (const [frame, value] of wanted.entries()) {
        difference = Math.max(difference, Math.abs(value - (part[frame] ?? 0)));
        peak = Math.max(peak, Math.abs(value));
      }
    }
    at += block.mix.channels[0]?.length ?? 0;
  }
  const decibels = (value: number): number => 20 * Math.log10(Math.max(value, 1e-12));
  return { difference: decibels(difference), peak: decibels(peak) };
}

/** What the mixer's meters say of a sine that plays live for about a second, its peak 6 dB below full scale on both channels. */
async function liveMeters() {
  const context = new AudioContext({ sampleRate: RATE });
  const mixer = await createMixerGraph(context);
  const silent = context.createGain();
  silent.gain.value = 0;
  mixer.output.connect(silent).connect(context.destination);
  const sine = context.createOscillator();
  const level = context.createGain();
  level.gain.value = gainOfDecibels(-6);
  sine.frequency.value = 1000;
  sine.connect(level).connect(mixer.input('ACCENT'));
  sine.start();
  await context.resume();
  const settled = (): boolean => (mixer.meters()?.loudness.momentaryLufs ?? -Infinity) > -6.2;
  while (!settled()) await new Promise(resolve => setTimeout(resolve, 30));
  const before = mixer.meters();
  mixer.setMix({ ...PLAIN_MIX, buses: { ACCENT: { ...PLAIN_BUS, muted: true } } });
  while ((mixer.meters()?.master.peak[0] ?? 1) > 0) await new Promise(resolve => setTimeout(resolve, 30));
  await context.close();
  return { strip: before?.strips[1]?.peak, master: before?.master.peak, loudness: before?.loudness };
}

Object.assign(globalThis, { mixerAgainstRender, liveMeters });
