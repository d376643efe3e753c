// Runs in Chromium: the window's own playback code on contexts that render as fast as they can. Bundled by test/support/page-script.ts.
import { Random } from '#shared/base';
import { kitOfPattern, mixVoices, scheduleVoices, takeChoice } from '#shared/mix';
import {
  COMMON_TIME,
  type Hit,
  type HitId,
  hitId,
  type HitShape,
  type Instrument,
  type Kit,
  type Note,
  type Pad,
  passesOf,
  type Pattern,
  type PlanarAudio,
  patternSeconds,
  sortedNotes,
  TAKE_ORDERS,
  TempoMap,
} from '#shared/model';
import { aNote, aPattern } from '#test/pattern';
import { Performer } from '../../src-renderer/playback/performer';
import type { Stroke } from '../../src-renderer/playback/sequencer';
import { SongBed } from '../../src-renderer/playback/song-bed';
import { fadeStraight } from '../../src-renderer/playback/stem-schedule';
import type { Program } from '../../src-renderer/playback/program';
import { WavSource } from '../../src-renderer/playback/wav-source';

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

/** The same groove on a kit that has layers, takes and shapes: all of the ways in which they choose, and none of its notes names a hit. */
function layered(pattern: Pattern, random: Random): Material & { readonly pattern: Pattern } {
  const audio = new Map<HitId, PlanarAudio>();
  const shapes: Record<HitId, HitShape> = {};
  const pads = kitOfPattern(pattern, RATE).pads.map((pad, index): Pad => {
    const takes = Array.from({ length: 5 }, (_, take) => hitId(`${pad.instrument}-${take + 1}`));
    for (const [take, id] of takes.entries()) {
      audio.set(id, drum(random, 0.3 + 0.1 * take, index % 3 === 0 ? 2 : 1));
      if (take > 0) shapes[id] = anyShape(random);
    }
    return {
      ...pad,
      hits: takes,
      layers: [
        { upTo: 50, hits: takes.slice(0, 1) },
        { upTo: 96, hits: takes.slice(1, 3) },
        { upTo: 127, hits: takes.slice(2, 5) },
      ],
      takes: TAKE_ORDERS[index % 3] ?? 'cycle',
      semitones: index % 2 === 0 ? 0 : -1.5,
      velocityCurve: 1 + index / 10,
      choke: index % 2 === 0 ? 'A' : pad.choke,
      pan: [0, -0.4, 0.7][index % 3] ?? 0,
    };
  });
  const kit = { id: 'layered', name: 'Layered', sampleRate: RATE, pads, shapes };
  const freed = { ...pattern, notes: pattern.notes.map(note => ({ ...note, hit: null })) };
  return { pattern: freed, kit, audio, hits: [...audio.keys()].map(hitOf) };
}

const anyShape = (random: Random): HitShape => ({
  gainDecibels: random.between(-9, 3),
  semitones: random.pick([0, 7, -5.3]),
  trimStart: random.pick([0, 0.003, 0.02]),
  trimEnd: random.between(0, 0.1),
  fadeIn: random.between(0, 0.004),
  fadeOut: random.between(0, 0.05),
  reversed: random.chance(0.25),
});

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
      const buffer = context.createBuffer(channels.length, channels[0]?.length ?? 1, context.sampleRate);
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
  const { destination } = context;
  const performer = new Performer(context, { input: () => destination }, destination);
  performer.buffers.setPlain(buffersOf(context, audio));
  const strokes: Stroke[] = [];
  performer.start(program, START, 0, 0);
  performer.follow(frames / RATE + 1, span => strokes.push(...span.strokes));
  performer.pump(frames / RATE);
  const buffer = await context.startRendering();
  return { channels: [0, 1].map(channel => buffer.getChannelData(channel)), strokes };
}

const decibels = (value: number): number => 20 * Math.log10(Math.max(value, 1e-12));

/** The loudest difference between preview and offline render of a dense pattern, looped, and the loudest of the render, in dBFS. */
async function previewAgainstRender(seed: number, isLayered = false) {
  const random = Random.ofSeed(seed);
  const dense = densePattern(random);
  const { pattern, kit, audio, hits } = isLayered
    ? layered(dense, random)
    : { pattern: dense, ...material(dense, random) };
  const frames = Math.round(2 * patternSeconds(pattern) * RATE) + RATE;
  const { channels, strokes } = await played(programOf(pattern, { kit, hits }), audio, frames);
  const voices = scheduleVoices(passesOf(pattern, [0, 1, 2]), kit, {
    sampleRate: RATE,
    hitFrames: id => audio.get(id)?.channels[0]?.length ?? 0,
    preRollFrames: () => PRE_ROLL,
    takes: takeChoice(pattern, kit),
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
    hits: new Set(voices.map(voice => voice.hit)).size,
    shaped: voices.filter(voice => voice.shape !== null).length,
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

/**
 * A low tone that rings is played on through a change of tempo and muted half a second later: how loud it is before and after,
 * and the largest step between two samples, which a click would be.
 */
async function changesWhilePlaying() {
  const crash = aNote('crash', 0, { velocity: 1 });
  const pattern = aPattern([crash]);
  const id = hitId('crash-1');
  const hertz = 50;
  const tone = Float32Array.from({ length: 3 * RATE }, (_, frame) => {
    const rise = Math.min(1, frame / 2000);
    return rise * Math.sin((2 * Math.PI * hertz * frame) / RATE);
  });
  const context = new OfflineAudioContext(2, 2 * RATE, RATE);
  const { destination } = context;
  const performer = new Performer(context, { input: () => destination }, destination);
  performer.buffers.setPlain(buffersOf(context, new Map([[id, { sampleRate: RATE, channels: [tone] }]])));
  const kit = kitOfPattern(pattern, RATE);
  const program = (changed: Pattern, silent: readonly Note[] = []): Program => {
    const made = programOf(changed, { kit, hits: [hitOf(id)] });
    return {
      ...made,
      sections: made.sections.map(score => ({ ...score, silent: new Set(silent.map(note => note.id)) })),
    };
  };
  performer.start(program(pattern), START, 0, 0);
  performer.pump(0.5);
  const muted = { ...pattern, tempo: 150, notes: [{ ...crash, muted: true }] };
  for (const [time, changed] of [
    [0.4, program({ ...pattern, tempo: 150 })],
    [0.8, program({ ...pattern, tempo: 150, notes: [{ ...crash, velocity: 0.5 }] })],
    [1, program(muted, [crash])],
  ] as const) {
    void context.suspend(time).then(async () => {
      performer.replace(changed, context.currentTime + 0.015);
      performer.pump(0.5);
      return context.resume();
    });
  }
  const rendered = (await context.startRendering()).getChannelData(0);
  let step = 0;
  for (let frame = 1; frame < rendered.length; frame++)
    step = Math.max(step, Math.abs((rendered[frame] ?? 0) - (rendered[frame - 1] ?? 0)));
  const peak = (from: number, to: number): number =>
    rendered.subarray(from * RATE, to * RATE).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { before: peak(0.3, 1), after: peak(1.04, 2), step, tone: (2 * Math.PI * hertz) / RATE };
}

const SONG_RATE = 44_100;

/** A mono WAV of 32-bit floats. */
function wavOf(samples: Float32Array<ArrayBuffer>): Blob {
  const head = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index++) head.setUint8(at + index, text.charCodeAt(index));
  };
  write(0, 'RIFF');
  head.setUint32(4, 36 + samples.byteLength, true);
  write(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 3, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, SONG_RATE, true);
  head.setUint32(28, SONG_RATE * 4, true);
  head.setUint16(32, 4, true);
  head.setUint16(34, 32, true);
  write(36, 'data');
  head.setUint32(40, samples.byteLength, true);
  return new Blob([head, samples]);
}

/**
 * A groove of quarters under a song of `seconds` whose tempo drifts by 8 % and whose stem clicks on each beat: frames between
 * the two at every beat, as they are rendered through the window's voices and its streaming stem player.
 */
async function songErrors(seconds: number): Promise<number[]> {
  const beats = [0.53];
  for (let beat = 0; (beats.at(-1) ?? 0) < seconds - 0.6; beat++)
    beats.push((beats.at(-1) ?? 0) + 0.5 * (1 + 0.04 * Math.sin(beat / 7)));
  const samples = new Float32Array(Math.round(seconds * SONG_RATE));
  for (const beat of beats) samples[Math.round(beat * SONG_RATE)] = 0.5;
  const map = new TempoMap({
    bpm: 120,
    firstDownbeat: beats[0] ?? 0,
    meter: COMMON_TIME,
    confidence: 1,
    beats,
    steady: false,
    downbeats: [],
    candidates: [],
    meters: [],
  });
  const notes = [0, 4, 8, 12].map(step => aNote('kick', step, { velocity: 1 }));
  const pattern = aPattern(notes, { tempo: 97 });
  const context = new OfflineAudioContext(2, Math.round((seconds + 1) * SONG_RATE), SONG_RATE);
  const merger = context.createChannelMerger(2);
  merger.connect(context.destination);
  const ways = [0, 1].map(channel => {
    const way = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    way.connect(merger, 0, channel);
    return way;
  });
  const [groove, stem] = ways;
  if (!groove || !stem) throw new Error('two channels');
  const performer = new Performer(context, { input: () => groove }, groove);
  const impulse = new Float32Array(PRE_ROLL + 10);
  impulse[PRE_ROLL] = 1;
  const id = hitId('kick-1');
  performer.buffers.setPlain(
    buffersOf(context, new Map([[id, { sampleRate: SONG_RATE, channels: [impulse] }]])),
  );
  const hit = { ...hitOf(id), sampleRate: SONG_RATE };
  const kit = { ...kitOfPattern(pattern, SONG_RATE), sampleRate: SONG_RATE };
  const song = { map, bars: map.bars(seconds), bar: 1, seconds, sampleRate: SONG_RATE };
  const program = { ...programOf(pattern, { kit, hits: [hit] }), song };
  const begin = 0.25;
  const bed = new SongBed(stem, 1, () => {
    throw new Error('the song was lost');
  });
  const url = URL.createObjectURL(wavOf(samples));
  const source = await WavSource.open(url);
  const run = await bed.prepare([{ kind: 'residual', source }], beats[0] ?? 0, null);
  performer.start(program, START, begin, 0);
  bed.begin(run, begin);
  performer.pump(3);
  for (const time of [0.05, ...Array.from({ length: Math.floor(seconds / 2) }, (_, turn) => 1 + 2 * turn)]) {
    void context.suspend(time).then(async () => {
      performer.pump(3);
      // The stem player reads ahead by itself; its looks are some tens of milliseconds apart.
      await new Promise(resolve => {
        setTimeout(resolve, 150);
      });
      return context.resume();
    });
  }
  const rendered = await context.startRendering();
  const [played, wanted] = [0, 1].map(channel => {
    const heard: number[] = [];
    rendered.getChannelData(channel).forEach((value, frame) => {
      if (value > 0.1) heard.push(frame);
    });
    return heard;
  });
  const count = Math.max(played?.length ?? 0, wanted?.length ?? 0);
  return Array.from({ length: count }, (_, beat) => (played?.[beat] ?? NaN) - (wanted?.[beat] ?? NaN));
}

Object.assign(globalThis, { previewAgainstRender, startErrors, changesWhilePlaying, songErrors });
