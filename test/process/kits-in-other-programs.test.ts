import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Hit,
  hitId,
  INSTRUMENT_FACTS,
  type Kit,
  type MonoAudio,
  type Pad,
  PLAIN_PAD,
  PLAIN_SHAPE,
  type PlanarAudio,
} from '#shared/model';
import type { JobView } from '#shared/protocol';
import { suiteFolder } from '#test/cli';
import { drumTrack, hat, kick, snare } from '#test/drum-sounds';
import { takeKitIn, takeSoundIn } from '#test/kit-in-library';
import { drumkitPlayed, fontPlayed, hydrogenTakes, levelBetween, type Stroke } from '#test/kit-players';
import { hitAt } from '#test/other-players';
import { aStudio } from '#test/worker-studio';

const home = suiteFolder();
let job: JobView;

const steady = (seconds: number, frequency: number): PlanarAudio => ({
  sampleRate: 44_100,
  channels: [
    Float32Array.from(
      { length: Math.round(seconds * 44_100) },
      (_, at) => 0.5 * Math.sin((2 * Math.PI * frequency * at) / 44_100) * Math.min(1, at / 40),
    ),
  ],
});

/** What each pad sounds: kick in two layers of different sounds, snare softer by 6 dB, a steady open hat that the closed one chokes. */
const SOUNDS: Readonly<Record<string, PlanarAudio>> = {
  // The second stroke of its track, the first being out of it, so that its noise is another.
  'kick-soft': drumTrack([kick(9), snare(0.002, 0.6)], 0.3),
  'kick-hard': drumTrack([kick(0.002, 0.6)], 0.3),
  snare: drumTrack([snare(0.001, 0.7)], 0.3),
  'hat-closed': drumTrack([hat(0.001, 0.8)], 0.1),
  'hat-open': steady(1.5, 3000),
  'tom-1': drumTrack([kick(0.001, 0.5)], 0.25),
  'tom-2': drumTrack([hat(0.001, 0.8)], 0.2),
};

const pad = (instrument: Pad['instrument'], hits: readonly string[], more: Partial<Pad> = {}): Pad => ({
  ...PLAIN_PAD,
  id: instrument,
  ...INSTRUMENT_FACTS[instrument],
  instrument,
  hits: hits.map(hitId),
  choke: null,
  ...more,
});

beforeAll(async () => {
  const studio = await aStudio(join(home, 'library'), 'suite');
  const hits: Hit[] = [];
  for (const [name, audio] of Object.entries(SOUNDS))
    hits.push(await takeSoundIn(studio.library, name, audio));
  const kit: Kit = {
    id: 'own',
    name: 'Played & kit',
    sampleRate: 44_100,
    pads: [
      pad('kick', ['kick-soft', 'kick-hard'], {
        layers: [
          { upTo: 63, hits: [hitId('kick-soft')] },
          { upTo: 127, hits: [hitId('kick-hard')] },
        ],
      }),
      pad('snare', ['snare'], { gainDecibels: -3 }),
      pad('chh', ['hat-closed'], { choke: 'hat' }),
      pad('ohh', ['hat-open'], { choke: 'hat' }),
      pad('mt', ['tom-1', 'tom-2'], { layers: [{ upTo: 127, hits: [hitId('tom-1'), hitId('tom-2')] }] }),
    ],
    shapes: { [hitId('snare')]: { ...PLAIN_SHAPE, gainDecibels: -3 } },
  };
  await takeKitIn(studio.library, kit, hits);
  const { jobId } = await studio.services.exportKit({
    kitId: 'own',
    formats: ['h2drumkit', 'sf2'],
    folder: join(home, 'out'),
    depth: '24',
    statement: '',
  });
  job = await studio.jobs.finish(jobId);
});

const path = (kind: string): string => job.files.find(file => file.kind === kind)?.path ?? '';
const NOTE = { kick: 36, snare: 38, chh: 42, ohh: 46, mt: 47 } as const;

/** Which sound, when, how hard. */
const HEARD: readonly (Stroke & { readonly sound: string })[] = [
  { note: NOTE.kick, at: 1, velocity: 127, sound: 'kick-hard' },
  { note: NOTE.snare, at: 2, velocity: 127, sound: 'snare' },
  { note: NOTE.kick, at: 3, velocity: 60, sound: 'kick-soft' },
  { note: NOTE.chh, at: 4.25, velocity: 100, sound: 'hat-closed' },
  { note: NOTE.kick, at: 5.5, velocity: 64, sound: 'kick-hard' },
];
const LEVELS = { full: 7, half: 8, kick: 9 };
const CHOKED = { open: 11, closed: 11.5 };
const RINGING = { open: 14, other: 14.5 };
const TURNS = [17, 18, 19, 20];

/** All in one: a program takes seconds to start. */
const STROKES: readonly Stroke[] = [
  ...HEARD,
  { note: NOTE.snare, at: LEVELS.full, velocity: 127 },
  { note: NOTE.snare, at: LEVELS.half, velocity: 64 },
  { note: NOTE.kick, at: LEVELS.kick, velocity: 127 },
  { note: NOTE.ohh, at: CHOKED.open, velocity: 127 },
  { note: NOTE.chh, at: CHOKED.closed, velocity: 127 },
  { note: NOTE.ohh, at: RINGING.open, velocity: 127 },
  { note: NOTE.kick, at: RINGING.other, velocity: 1 },
  ...TURNS.map(at => ({ note: NOTE.mt, at, velocity: 100 })),
];

const PLAYERS = [
  [
    'FluidSynth',
    () => fontPlayed(path('sf2'), STROKES, join(home, 'fluidsynth')),
    // The font's sounds begin after 2 ms of silence, and its player begins notes on blocks of 64 frames.
    // Its filter of 19.8 kHz cannot be switched off: it takes from the hat what a kick (.9998) does not have.
    { late: 0.005, half: 12, turns: [0, 0, 0, 0], least: 0.84 },
  ],
  [
    'Hydrogen',
    () => drumkitPlayed(path('h2drumkit'), 'Played - kit', STROKES, join(home, 'hydrogen')),
    // It begins with the second take.
    { late: 0.001, half: 6, turns: [1, 0, 1, 0], least: 0.9 },
  ],
] as const;

const templateOf = (name: string): Float32Array => {
  const [samples = new Float32Array()] = SOUNDS[name]?.channels ?? [];
  // `hitAt` looks at what begins 5 ms before a time.
  const template = new Float32Array(2205);
  template.set(samples.subarray(0, 2205 - 221), 221);
  return template;
};

const decibels = (a: number, b: number): number => 20 * Math.log10(a / b);

describe.each(PLAYERS)('an exported kit in %s', (_, play, { late, half, turns, least }) => {
  let audio: MonoAudio;
  beforeAll(async () => {
    audio = await play();
  });

  it('sounds the right hit of the right layer at the right time', () => {
    const sounds = ['kick-soft', 'kick-hard', 'snare', 'hat-closed'];
    const found = HEARD.map(({ at }) => hitAt(audio, at, sounds.map(templateOf)));
    expect(found.map(({ index }) => sounds[index])).toEqual(HEARD.map(({ sound }) => sound));
    expect(Math.max(...found.map(each => Math.abs(each.late)))).toBeLessThanOrEqual(late);
    expect(Math.min(...found.map(({ likeness }) => likeness))).toBeGreaterThan(least);
  });

  it('has the gains of its pads, and velocities as the format has them', () => {
    const level = (at: number): number => levelBetween(audio, at, at + 0.25);
    const own = (sound: string): number =>
      levelBetween(
        { sampleRate: 44_100, samples: SOUNDS[sound]?.channels[0] ?? new Float32Array() },
        0,
        0.25,
      );
    expect(decibels(level(LEVELS.half), level(LEVELS.full))).toBeCloseTo(-half * Math.log2(127 / 64), 0);
    const difference = decibels(level(LEVELS.full), level(LEVELS.kick));
    expect(difference - decibels(own('snare'), own('kick-hard'))).toBeCloseTo(-6, 0);
  });

  it('falls silent where its group is choked, and rings on where it is not', () => {
    const ringing = levelBetween(audio, RINGING.other + 0.3, RINGING.other + 0.7);
    const choked = levelBetween(audio, CHOKED.closed + 0.3, CHOKED.closed + 0.7);
    expect(decibels(ringing, levelBetween(audio, RINGING.open + 0.2, RINGING.open + 0.4))).toBeGreaterThan(
      -1.5,
    );
    expect(decibels(choked + 1e-9, ringing)).toBeLessThan(-20);
  });

  it('takes turns where the format knows how, else the first take', () => {
    const takes = ['tom-1', 'tom-2'].map(templateOf);
    expect(TURNS.map(at => hitAt(audio, at, takes).index)).toEqual(turns);
  });
});

it('passes Hydrogen’s own check of drumkits', () => {
  expect(hydrogenTakes(path('h2drumkit'), join(home, 'check'))).toBe(true);
});
