// Runs in Chromium: the window's own playback code on contexts that render as fast as they can. Bundled by test/support/page-script.ts.
import { Random } from '#shared/base';
import { kitOfPattern, mixVoices, scheduleVoices } from '#shared/mix';
import {
  COMMON_TIME,
  type Hit,
  type HitId,
  hitId,
  type Instrument,
  type Kit,
  type Note,
  passesOf,
  type Pattern,
  type PlanarAudio,
  patternSeconds,
  sortedNotes,
} from '#shared/model';
import { aNote, aPattern } from '#test/pattern';
import { Performer } from '../../src-renderer/playback/performer';
import { plainMixer } from '../../src-renderer/playback/plain-mixer';
import type { Stroke } from '../../src-renderer/playback/sequencer';
import { fadeStraight } from '../../src-renderer/playback/stem-schedule';
import type { Program } from '../../src-renderer/playback/timeline';

const RATE = 48_000;
const PRE_ROLL = 240;
const START = { section: 0, ticks: 0, along: 0 };
const INSTRUMENTS: readonly Instrument[] = ['kick', 'snare', 'chh', 'ohh', 'crash', 'lt'];

/** Noise that falls like a drum's, `seconds` long; its attack lies behind a quiet pre-roll. */
function drum(random: Random, seconds: number, channelCount: number): PlanarAudio {
  const frames = Math.round(seconds * RATE);
  const channels = Array.from({ length: channelCount }, () =>
    Float32Array.from({ length: frames }, (_, frame) => {
      const time = (frame - PRE_ROLL) / RATE;
      const level = time < 0 ? 0.02 : Math.exp(-time * 6);
      return level * random.between(-0.9, 0.9);
    }),
  );
  for (const samples of channels) fadeStraight(samples, 40, 200);
  return { sampleRate: RATE, channels };
}

/** Everything that voices can be: chokes, pans, chances, ornaments, ratchets, swing, tempo changes, mono and stereo, pushed hits. */
function densePattern(random: Random): Pattern {
  const notes = INSTRUMENTS.flatMap(instrument =>
    Array.from({ length: 32 }, (_, step): Note | null =>
      random.chance(0.7)
        ? aNote(instrument, step, {
            hit: hitId(`${instrument}-1`),
            velocity: random.between(0.2, 1),
            feel: random.between(-40, 40),
            probability: random.pick([1, 1, 0.6]),
            ratchet: random.pick([1, 1, 1, 3]),
            ornament: random.pick(['none', 'none', 'none', 'flam', 'drag', 'ruff']),
          })
        : null,
    ).filter(note => note !== null),
  );
  return aPattern(sortedNotes(notes), {
    tempo: 120,
    tempoChanges: [{ at: 2880, tempo: 96 }],
    bars: [COMMON_TIME, COMMON_TIME],
    swing: { percent: 58, base: '16th' },
  });
}

interface Material {
  readonly kit: Kit;
  readonly audio: ReadonlyMap<HitId, PlanarAudio>;
  readonly hits: readonly Hit[];
}

function material(pattern: Pattern, random: Random): Material {
  const audio = new Map(
    INSTRUMENTS.map((instrument, index) => [
      hitId(`${instrument}-1`),
      drum(random, index % 2 === 0 ? 0.4 : 1.6, index % 3 === 0 ? 2 : 1),
    ]),
  );
  const plain = kitOfPattern(pattern, RATE);
  const pads = plain.pads.map((pad, index) => ({
    ...pad,
    pan: [-1, -0.4, 0, 0.3, 0.8, 1][index % 6] ?? 0,
    gainDecibels: -index,
  }));
  return { kit: { ...plain, pads }, audio, hits: [...audio.keys()].map(hitOf) };
}

const hitOf = (id: HitId): Hit =>
  ({ id, sampleRate: RATE, startFrame: 1000, onsetFrame: 1000 + PRE_ROLL }) as Hit;

const programOf = (pattern: Pattern, { kit, hits }: Pick<Material, 'kit' | 'hits'>): Program => ({
  sections: [{ gainDecibels: 0, pattern, kit, hits, silent: new Set() }],
  isLooping: true,
  loop: null,
  hasClick: false,
  song: null,
});

function buffersOf(context: BaseAudioContext, audio: Material['audio']): Map<HitId, AudioBuffer> {
  return new Map(
    [...audio].map(([id, { channels }]) => {
      const buffer = context.createBuffer(channels.length, channels[0]?.length ?? 1, RATE);
      for (const [index, samples] of channels.entries())
        buffer.copyToChannel(new Float32Array(samples), index);
      return [id, buffer];
    }),
  );
}

interface Rendered {
  readonly channels: readonly Float32Array[];
  readonly strokes: readonly Stroke[];
}

/** What the window's voice graph plays of a program in its first `frames`. */
async function played(program: Program, audio: Material['audio'], frames: number): Promise<Rendered> {
  const context = new OfflineAudioContext(2, frames, RATE);
  const mixer = plainMixer(context);
  mixer.output.connect(context.destination);
  const performer = new Performer(context, mixer, context.destination);
  performer.setBuffers(buffersOf(context, audio));
  const strokes: Stroke[] = [];
  performer.start(program, START, 0, 0);
  performer.follow(frames / RATE + 1, span => strokes.push(...span.strokes));
  performer.pump(frames / RATE);
  const buffer = await context.startRendering();
  return { channels: [0, 1].map(channel => buffer.getChannelData(channel)), strokes };
}

const decibels = (value: number): number => 20 * Math.log10(Math.max(value, 1e-12));

/** The loudest difference between preview and offline render of a dense pattern, looped, and the loudest of the render, in dBFS. */
async function previewAgainstRender(seed: number) {
  const random = Random.ofSeed(seed);
  const pattern = densePattern(random);
  const { kit, audio, hits } = material(pattern, random);
  const frames = Math.round(2 * patternSeconds(pattern) * RATE) + RATE;
  const { channels, strokes } = await played(programOf(pattern, { kit, hits }), audio, frames);
  const voices = scheduleVoices(passesOf(pattern, [0, 1, 2]), kit, {
    sampleRate: RATE,
    hitFrames: id => audio.get(id)?.channels[0]?.length ?? 0,
    preRollFrames: () => PRE_ROLL,
  });
  let difference = 0;
  let peak = 0;
  let at = 0;
  for (const { mix } of mixVoices(voices, id => audio.get(id) ?? { sampleRate: RATE, channels: [] }, {
    sampleRate: RATE,
    frames,
  })) {
    for (const [channel, wanted] of mix.channels.entries()) {
      const heard = channels[channel]?.subarray(at, at + wanted.length);
      for (const [frame, value] of wanted.entries()) {
        difference = Math.max(difference, Math.abs(value - (heard?.[frame] ?? 0)));
        peak = Math.max(peak, Math.abs(value));
      }
    }
    at += mix.channels[0]?.length ?? 0;
  }
  return {
    difference: decibels(difference),
    peak: decibels(peak),
    strokes: strokes.length,
    choked: voices.filter(voice => voice.releaseFrame !== null).length,
  };
}

/** Frames between where each of `count` voices was to begin and where it is heard: single impulses, no two within 20 ms. */
async function startErrors(count: number, tempo: number): Promise<number[]> {
  const notes = Array.from({ length: 16 }, (_, step) => aNote('kick', step, { velocity: 1 }));
  const pattern = aPattern(notes, { tempo });
  const impulse = new Float32Array(PRE_ROLL + 10);
  impulse[PRE_ROLL] = 1;
  const id = hitId('kick-1');
  const audio = new Map([[id, { sampleRate: RATE, channels: [impulse] }]]);
  const frames = Math.ceil((patternSeconds(pattern) / 16) * count * RATE);
  const kit = kitOfPattern(pattern, RATE);
  const { channels, strokes } = await played(programOf(pattern, { kit, hits: [hitOf(id)] }), audio, frames);
  const heard: number[] = [];
  channels[0]?.forEach((value, frame) => {
    if (value > 0.1) heard.push(frame);
  });
  return strokes.slice(0, count).map(({ onsetFrame }, index) => (heard[index] ?? 0) - onsetFrame);
}

Object.assign(globalThis, { previewAgainstRender, startErrors });
