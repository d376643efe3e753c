import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMidi } from 'midi-file';
import { readWav } from '#main/platform';
import { marksOfOnsets, type OnsetsFile, planSlices } from '#shared/analysis';
import { Random } from '#shared/base';
import { mixVoices, type Voice, velocityGain } from '#shared/mix';
import { frameCount, hitId, type MonoAudio, noteId, type PlanarAudio, toMono } from '#shared/model';

export type Drum = 'kick' | 'snare' | 'chh' | 'ohh' | 'tom';

/** A stroke on a drum as the kit sounds it, and where in the audio its attack begins. */
export interface KitSound {
  readonly audio: MonoAudio;
  readonly foot: number;
  /** Linear, on top of the audio. */
  readonly gain: number;
}

export interface SoundingKit {
  readonly name: string;
  /** The sound of a stroke of `velocity` 0..1; `take` chooses among equal ones. */
  sound(drum: Drum, velocity: number, take: number): KitSound;
}

/** First frame that passes 2 % of the peak: nothing before it is heard. */
function footOf({ samples }: MonoAudio): number {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.max(
    0,
    samples.findIndex(value => Math.abs(value) > 0.02 * peak),
  );
}

const monoOf = async (path: string): Promise<MonoAudio> => {
  const wav = await readWav(path);
  if (!wav.ok) throw new Error(`${path}: ${wav.failure.code}`);
  return toMono(wav.value);
};

/** The bundled demo kit. */
export async function demoKit(): Promise<SoundingKit> {
  const folder = 'assets/demo/kit';
  const names: Readonly<Record<Drum, string>> = {
    kick: 'kick',
    snare: 'snare',
    chh: 'chh',
    ohh: 'ohh',
    tom: 'lt',
  };
  const takes = new Map<Drum, MonoAudio[]>();
  for (const [drum, name] of Object.entries(names) as [Drum, string][]) {
    // Full strokes only: velocity is a gain here, and the kit's soft ones would be softened twice.
    const files = readdirSync(folder).filter(file => new RegExp(`^${name}-\\d+\\.wav$`).test(file));
    takes.set(drum, await Promise.all(files.sort().map(file => monoOf(join(folder, file)))));
  }
  return {
    name: 'demo kit',
    sound(drum, velocity, take) {
      const own = takes.get(drum) ?? [];
      const audio = own[take % own.length] as MonoAudio;
      return { audio, foot: footOf(audio), gain: velocityGain(velocity) };
    },
  };
}

const SOUNDFONTS = ['sf2/FluidR3_GM.sf2', 'sf2/TimGM6mb.sf2', 'sf3/MuseScore_General_Lite.sf3'].map(name =>
  join('/usr/share/sounds', name),
);
const KEYS: Readonly<Record<Drum, readonly number[]>> = {
  kick: [36],
  snare: [38, 40],
  chh: [42],
  ohh: [46],
  tom: [45, 48],
};
const VELOCITIES = [30, 45, 60, 75, 90, 105, 120];
const PROGRAMS = [0, 8, 16, 24, 25, 32, 40];

/** Drum kits of the machine's General MIDI soundfonts; velocity chooses the layer, as the soundfont means it. */
export async function soundfontKits(folder: string, most = Infinity): Promise<SoundingKit[]> {
  const fonts = SOUNDFONTS.filter(path => existsSync(path) && existsSync('/usr/bin/fluidsynth'));
  const kits: SoundingKit[] = [];
  for (const program of PROGRAMS)
    for (const font of fonts) if (kits.length < most) kits.push(await soundfontKit(folder, font, program));
  return kits;
}

async function soundfontKit(folder: string, font: string, program: number): Promise<SoundingKit> {
  const notes = (Object.entries(KEYS) as [Drum, readonly number[]][]).flatMap(([drum, keys]) =>
    keys.flatMap(key => VELOCITIES.map(velocity => ({ drum, key, velocity }))),
  );
  const [midi, wav] = [join(folder, 'notes.mid'), join(folder, 'notes.wav')];
  // Three seconds a note, so that none rings into the next, at 1000 ticks a second.
  const track = [
    { deltaTime: 0, type: 'setTempo' as const, microsecondsPerBeat: 480_000, meta: true as const },
    { deltaTime: 0, type: 'programChange' as const, channel: 9, programNumber: program },
    ...notes.flatMap(({ key, velocity }) => [
      { deltaTime: 200, type: 'noteOn' as const, channel: 9, noteNumber: key, velocity },
      { deltaTime: 2800, type: 'noteOff' as const, channel: 9, noteNumber: key, velocity: 0 },
    ]),
    { deltaTime: 500, type: 'endOfTrack' as const, meta: true as const },
  ];
  writeFileSync(
    midi,
    Uint8Array.from(writeMidi({ header: { format: 0, numTracks: 1, ticksPerBeat: 480 }, tracks: [track] })),
  );
  const options = ['-ni', '-q', '-R', '0', '-C', '0', '-g', '0.5', '-r', '44100', '-T', 'wav', '-O', 'float'];
  execFileSync('fluidsynth', [...options, '-F', wav, font, midi], { stdio: 'ignore', timeout: 60_000 });
  const { sampleRate, samples } = await monoOf(wav);
  const sounds = notes.map(({ drum, velocity }, index) => {
    const start = Math.round((3 * index + 0.19) * sampleRate);
    const audio = { sampleRate, samples: samples.slice(start, start + Math.round(0.75 * sampleRate)) };
    return { drum, velocity, audio, foot: footOf(audio), gain: 1 };
  });
  return {
    name: `${font.split('/').at(-1)} ${program}`,
    sound(drum, velocity, take) {
      const own = sounds.filter(sound => sound.drum === drum);
      const nearest = Math.min(...own.map(sound => Math.abs(sound.velocity - 127 * velocity)));
      const fitting = own.filter(sound => Math.abs(sound.velocity - 127 * velocity) === nearest);
      return fitting[take % fitting.length] as KitSound;
    },
  };
}

export interface PlayedStroke {
  readonly drum: Drum;
  /** Seconds. */
  readonly at: number;
  readonly velocity: number;
}

export interface FlamMaterial {
  readonly audio: PlanarAudio;
  readonly strokes: readonly PlayedStroke[];
  /** Seconds of the two strokes of each flam. */
  readonly flams: readonly { readonly grace: number; readonly main: number }[];
}

export interface FlamOptions {
  readonly flams: number;
  /** Distance of the strokes, ms. */
  readonly gapMs: readonly [least: number, most: number];
  readonly seed: string;
}

const TEMPO = 104;
/** Of the velocity of the stroke that a grace note leads to. */
const GRACE = [0.45, 0.75] as const;

/**
 * Bars of kick, backbeat and eighths on the hat, loosely played (hats up to 6 ms off), in which every other backbeat is a flam: a
 * softer stroke before it. Mixed by the engine that renders grooves.
 */
export function flamMaterial(kit: SoundingKit, { flams: count, gapMs, seed }: FlamOptions): FlamMaterial {
  const random = Random.ofSeed(seed).fork(kit.name);
  const eighth = 30 / TEMPO;
  const strokes: PlayedStroke[] = [];
  const flams: { grace: number; main: number }[] = [];
  for (let bar = 0; flams.length < count; bar++) {
    for (let step = 0; step < 8; step++) {
      const at = 0.3 + (bar * 8 + step) * eighth;
      const loose = (ms: number): number => at + random.between(-ms, ms) / 1000;
      const hat = bar % 4 === 3 && step === 7 ? 'ohh' : 'chh';
      strokes.push({
        drum: hat,
        at: loose(6),
        velocity: step % 2 === 0 ? random.between(0.5, 0.75) : random.between(0.3, 0.5),
      });
      if (step % 4 === 0 || (step === 3 && bar % 2 === 1) || (step === 6 && bar % 4 === 2))
        strokes.push({ drum: 'kick', at, velocity: random.between(0.6, 0.95) });
      if (step === 2 || step === 6) {
        const main = loose(3);
        const velocity = random.between(0.6, 0.95);
        strokes.push({ drum: 'snare', at: main, velocity });
        if (step === 6) {
          const grace = main - random.between(...gapMs) / 1000;
          strokes.push({ drum: 'snare', at: grace, velocity: velocity * random.between(...GRACE) });
          flams.push({ grace, main });
        }
      }
      if (bar % 4 === 1 && step === 5) strokes.push({ drum: 'tom', at: loose(3), velocity: 0.8 });
    }
  }
  return { audio: mixed(kit, strokes, random), strokes: strokes.sort((a, b) => a.at - b.at), flams };
}

const ROLE = { kick: 'CORE', snare: 'ACCENT', chh: 'MOTION', ohh: 'MOTION', tom: 'FILL' } as const;

function mixed(kit: SoundingKit, strokes: readonly PlayedStroke[], random: Random): PlanarAudio {
  const audio = new Map<string, PlanarAudio>();
  const voices = strokes.map(({ drum, at, velocity }, index): Voice => {
    const sound = kit.sound(drum, velocity, Math.floor(random.between(0, 8)));
    const { sampleRate, samples } = sound.audio;
    audio.set(`hit ${index}`, { sampleRate, channels: [samples] });
    const onset = Math.round(at * sampleRate);
    return {
      noteId: noteId(String(index)),
      hit: hitId(`hit ${index}`),
      role: ROLE[drum],
      padId: drum,
      shape: null,
      onsetFrame: onset,
      startFrame: onset - sound.foot,
      frames: samples.length,
      releaseFrame: null,
      gain: sound.gain * 0.5,
      pan: 0,
    };
  });
  const sampleRate = audio.get('hit 0')?.sampleRate ?? 44_100;
  const frames = Math.max(...voices.map(voice => voice.startFrame + voice.frames)) + sampleRate / 10;
  const channels = [new Float32Array(frames), new Float32Array(frames)];
  let done = 0;
  for (const { mix } of mixVoices(voices, hit => audio.get(hit) as PlanarAudio, { sampleRate, frames })) {
    mix.channels.forEach((channel, index) => channels[index]?.set(channel, done));
    done += mix.channels[0]?.length ?? 0;
  }
  return { sampleRate, channels };
}

export interface FlamScores {
  readonly flams: number;
  /** Flams whose two strokes are one slice, to 4 ms, with its second stroke where it is or where the hat is that is struck with it. */
  readonly found: number;
  /** Slices that are called flams where only one stroke, or strokes of several drums nearer than 12 ms, sound. */
  readonly falseFlams: number;
  readonly slices: number;
  /** Median and 95th percentile of the distance of found onsets to the nearest stroke, ms. */
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Groups of strokes without an onset within 20 ms. */
  readonly missed: number;
  readonly groups: number;
}

const NEAR_SECONDS = 0.004;
/** A hat that is struck with the second stroke of a flam may come first. */
const LOOSE_SECONDS = 0.009;

/** Judges what was heard, cut as it usually is, against what was played. */
export function flamScores(
  { audio, flams, strokes }: FlamMaterial,
  { sampleRate, onsets: heard }: OnsetsFile,
): FlamScores {
  const slices = planSlices(marksOfOnsets(heard), frameCount(audio), sampleRate).map(
    ({ onsetFrame, flamFrames }) => ({
      at: onsetFrame / sampleRate,
      second: flamFrames === null ? null : (onsetFrame + flamFrames) / sampleRate,
    }),
  );
  const onsets = heard.map(({ time }) => time);
  const found = flams.filter(({ grace, main }) =>
    slices.some(
      ({ at, second }) =>
        Math.abs(at - grace) <= NEAR_SECONDS &&
        second !== null &&
        second >= main - LOOSE_SECONDS &&
        second <= main + NEAR_SECONDS,
    ),
  ).length;
  const falseFlams = slices.filter(({ at, second }) => {
    if (second === null) return false;
    const near = strokes.filter(stroke => stroke.at > at - 0.015 && stroke.at < second + 0.015);
    const times = near.map(stroke => stroke.at);
    return Math.max(...times) - Math.min(...times) < 0.012;
  }).length;
  const nearest = (time: number, all: readonly number[]): number =>
    all.reduce((best, other) => Math.min(best, Math.abs(other - time)), Infinity);
  const times = strokes.map(({ at }) => at);
  const errors = onsets.map(time => 1000 * nearest(time, times)).sort((a, b) => a - b);
  const groups = times.filter((time, index) => index === 0 || time - (times[index - 1] ?? 0) > 0.012);
  return {
    flams: flams.length,
    found,
    falseFlams,
    slices: slices.length,
    medianMs: errors[Math.floor(errors.length / 2)] ?? Infinity,
    p95Ms: errors[Math.floor(errors.length * 0.95)] ?? Infinity,
    missed: groups.filter(time => nearest(time, onsets) > 0.02).length,
    groups: groups.length,
  };
}
