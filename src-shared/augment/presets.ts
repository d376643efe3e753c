import type { Random } from '../base';
import type { AugmentStep } from './augmentation';
import type { MicType } from './mics';
import { drawRoom, type RoomType } from './rooms';
import type { Preamp } from './transforms/distortion';
import type { NoiseKind } from './transforms/noise-kinds';

/** Where a microphone stands: how far off its axis the drum is, radians, and how high above the head. */
const POSITIONS = {
  center: { angle: 0, elevation: 0.8 },
  edge: { angle: 0.5, elevation: 0.5 },
  overhead: { angle: 0.2, elevation: 1.35 },
  distant: { angle: 0, elevation: 0.2 },
} as const;
type Position = keyof typeof POSITIONS;

interface Preset {
  readonly room: { readonly type: RoomType; readonly wet: number } | null;
  readonly mic: { readonly type: MicType; readonly position: Position; readonly metres: number };
  readonly preamp: { readonly type: Preamp; readonly drive: number };
  readonly compressor: { readonly ratio: number; readonly threshold: number } | null;
  /** RMS under the loudest peak, dB. */
  readonly noise: { readonly kind: NoiseKind; readonly decibels: number } | null;
  readonly band: { readonly low: number; readonly high: number };
  readonly bits: number | null;
  /** Largest share by which a transport's speed is off. */
  readonly wow: number;
}

const CLEAN = {
  preamp: { type: 'clean', drive: 0 },
  noise: null,
  band: { low: 40, high: 18_000 },
  bits: null,
  wow: 0,
} as const;

/**
 * The seed's presets with its numbers (DATASET.md 2.7). Its `wet` is a mix of two signals; here the direct sound stays whole and `wet` is
 * taken as how much of the room's own sound is heard, five of its tenths standing for the room as it is.
 */
export const PRESETS = {
  clean_studio: {
    ...CLEAN,
    room: { type: 'studio', wet: 0.2 },
    mic: { type: 'condenser', position: 'center', metres: 0.4 },
    compressor: { ratio: 2, threshold: -18 },
  },
  clean_close: {
    ...CLEAN,
    room: null,
    mic: { type: 'dynamic', position: 'center', metres: 0.15 },
    compressor: { ratio: 1.5, threshold: -12 },
  },
  practice_room: {
    ...CLEAN,
    room: { type: 'practice', wet: 0.15 },
    mic: { type: 'dynamic', position: 'center', metres: 0.5 },
    compressor: { ratio: 2, threshold: -18 },
    noise: { kind: 'pink', decibels: -45 },
  },
  concert_hall: {
    ...CLEAN,
    room: { type: 'concert_hall', wet: 0.4 },
    mic: { type: 'condenser', position: 'distant', metres: 3 },
    compressor: null,
  },
  gym: {
    ...CLEAN,
    room: { type: 'gym', wet: 0.35 },
    mic: { type: 'dynamic', position: 'overhead', metres: 2 },
    compressor: { ratio: 2.5, threshold: -15 },
    noise: { kind: 'hvac', decibels: -40 },
  },
  garage: {
    ...CLEAN,
    room: { type: 'garage', wet: 0.3 },
    mic: { type: 'dynamic', position: 'center', metres: 0.8 },
    preamp: { type: 'aggressive', drive: 0.2 },
    compressor: { ratio: 2.5, threshold: -15 },
    noise: { kind: 'pink', decibels: -35 },
  },
  vintage_tape: {
    ...CLEAN,
    room: { type: 'studio', wet: 0.25 },
    mic: { type: 'ribbon', position: 'center', metres: 0.6 },
    preamp: { type: 'warm', drive: 0.3 },
    compressor: { ratio: 6, threshold: -10 },
    noise: { kind: 'tape_hiss', decibels: -35 },
    band: { low: 80, high: 12_000 },
    wow: 0.002,
  },
  lo_fi: {
    ...CLEAN,
    room: { type: 'bedroom', wet: 0.1 },
    mic: { type: 'piezo', position: 'center', metres: 0.3 },
    preamp: { type: 'aggressive', drive: 0.4 },
    compressor: { ratio: 8, threshold: -8 },
    noise: { kind: 'pink', decibels: -25 },
    band: { low: 200, high: 6000 },
    bits: 12,
  },
  phone_recording: {
    ...CLEAN,
    room: { type: 'bedroom', wet: 0.15 },
    mic: { type: 'phone', position: 'distant', metres: 1.5 },
    preamp: { type: 'aggressive', drive: 0.3 },
    compressor: { ratio: 10, threshold: -6 },
    noise: { kind: 'room_tone', decibels: -30 },
    band: { low: 300, high: 4000 },
    bits: 16,
  },
  marching_field: {
    ...CLEAN,
    room: { type: 'outdoor', wet: 1 },
    mic: { type: 'dynamic', position: 'distant', metres: 5 },
    compressor: null,
    noise: { kind: 'pink', decibels: -35 },
    band: { low: 40, high: 10_000 },
  },
  indoor_competition: {
    ...CLEAN,
    room: { type: 'gym', wet: 0.3 },
    mic: { type: 'condenser', position: 'overhead', metres: 2.5 },
    compressor: { ratio: 2.5, threshold: -12 },
    noise: { kind: 'room_tone', decibels: -40 },
  },
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

/** What the seed calls .5 is a room heard as it is. */
const WHOLE_ROOM = 0.5;
const TARGET_PEAK_DECIBELS = -1;
const PEAK_SPL_AT_A_METRE = [98, 110] as const;

/** The steps of a preset, its room, noise and transport drawn: the record of one recording. */
export function presetSteps(name: PresetName, random: Random): AugmentStep[] {
  const preset: Preset = PRESETS[name];
  const { room, mic, preamp, compressor, noise, band, bits, wow } = preset;
  const { angle, elevation } = POSITIONS[mic.position];
  const seedOf = (what: string): number => random.fork(what).below(2 ** 31);
  const steps: (AugmentStep | null)[] = [
    wow === 0 ? null : { name: 'WowAndFlutter', params: { waves: transport(random.fork('transport'), wow) } },
    room && {
      name: 'RoomSimulator',
      params: {
        room: drawRoom(random.fork('room'), room.type, {
          distance: mic.metres,
          elevation,
          omni: 0.5,
          wet: room.type === 'outdoor' ? room.wet : room.wet / WHOLE_ROOM,
        }),
        keepsLength: false,
      },
    },
    {
      name: 'Microphone',
      params: {
        type: mic.type,
        distance: mic.metres,
        angle,
        fallsWithDistance: false,
        peakSpl: random.fork('loudness').between(...PEAK_SPL_AT_A_METRE),
        hasNoise: true,
        seed: seedOf('capsule'),
      },
    },
    { name: 'PeakNormalization', params: { decibels: TARGET_PEAK_DECIBELS } },
    preamp.drive === 0 ? null : { name: 'Preamp', params: preamp },
    compressor && {
      name: 'Compressor',
      params: {
        thresholdDecibels: compressor.threshold,
        ratio: compressor.ratio,
        attackMilliseconds: 10,
        releaseMilliseconds: 100,
        kneeDecibels: 6,
        lookaheadMilliseconds: 0,
        makeupDecibels: 0,
        mix: 1,
        sidechainHertz: null,
      },
    },
    { name: 'HighPassFilter', params: { hertz: band.low, rolloff: 12, zeroPhase: false } },
    { name: 'LowPassFilter', params: { hertz: band.high, rolloff: 12, zeroPhase: false } },
    noise && {
      name: 'AddNoise',
      params: { kind: noise.kind, snr: -noise.decibels, under: 'peak', seed: seedOf('noise') },
    },
    { name: 'PeakNormalization', params: { decibels: TARGET_PEAK_DECIBELS } },
    bits === null ? null : { name: 'BitDepth', params: { bits, seed: seedOf('dither') } },
  ];
  return steps.filter(step => step !== null);
}

const transport = (random: Random, depth: number) => [
  {
    hertz: random.between(0.5, 2),
    depth: depth * random.between(0.5, 1),
    phase: random.between(0, 2 * Math.PI),
  },
  {
    hertz: random.between(5, 10),
    depth: (depth / 4) * random.between(0.5, 1),
    phase: random.between(0, 2 * Math.PI),
  },
];
