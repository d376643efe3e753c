import { z } from 'zod';
import { frameCount, toMono } from '../../model';
import { unmoved } from '../augmentation';
import { throughImpulse } from '../linear';
import { minimumPhase } from '../mics/minimum-phase';
import { drawRoom, ROOM_TYPES, RoomSchema, type RoomType, roomImpulse } from '../rooms';
import { eachChannel, levelOf, transform } from '../transform';
import { atRate } from './resolution';

/** dB a metre that air takes. ISO 9613-1:1993, equations 3 to 5, at 101.325 kPa. */
function airDecibelsAMetre(hertz: number, celsius: number, humidity: number): number {
  const kelvin = celsius + 273.15;
  const ratio = kelvin / 293.15;
  const saturation = 10 ** (-6.8346 * (273.16 / kelvin) ** 1.261 + 4.6151);
  const water = humidity * saturation;
  const oxygen = 24 + (4.04e4 * water * (0.02 + water)) / (0.391 + water);
  const nitrogen = ratio ** -0.5 * (9 + 280 * water * Math.exp(-4.17 * (ratio ** (-1 / 3) - 1)));
  const square = hertz * hertz;
  return (
    8.686 *
    square *
    (1.84e-11 * Math.sqrt(ratio) +
      ratio ** -2.5 *
        ((0.01275 * Math.exp(-2239.1 / kelvin)) / (oxygen + square / oxygen) +
          (0.1068 * Math.exp(-3352 / kelvin)) / (nitrogen + square / nitrogen)))
  );
}

export const airAbsorption = transform({
  name: 'AirAbsorption',
  ranges: z.object({
    min_temperature: z.number().default(10),
    max_temperature: z.number().default(20),
    min_humidity: z.number().default(30),
    max_humidity: z.number().default(90),
    min_distance: z.number().min(0).default(10),
    max_distance: z.number().min(0).default(100),
  }),
  params: z.object({ celsius: z.number(), humidity: z.number().min(0).max(100), metres: z.number().min(0) }),
  draw: (random, ranges) => ({
    celsius: random.between(ranges.min_temperature, ranges.max_temperature),
    humidity: random.between(ranges.min_humidity, ranges.max_humidity),
    metres: random.between(ranges.min_distance, ranges.max_distance),
  }),
  apply: (audio, { celsius, humidity, metres }, context) => {
    const response = minimumPhase(
      hertz => -metres * airDecibelsAMetre(hertz, celsius, humidity),
      audio.sampleRate,
    );
    const { channels } = throughImpulse(audio, { response, lead: 0 }, context).audio;
    return unmoved(
      audio.sampleRate,
      channels.map(samples => samples.slice(0, frameCount(audio))),
    );
  },
});

/** A recorded response of a room or a box; its own delay before the direct sound is taken out. */
export const applyImpulseResponse = transform({
  name: 'ApplyImpulseResponse',
  ranges: z.object({ leave_length_unchanged: z.boolean().default(true) }),
  params: z.object({ recording: z.string().nullable(), keepsLength: z.boolean() }),
  draw: (random, { leave_length_unchanged }, { recordings }) => ({
    recording: recordings.impulse?.length ? random.pick(recordings.impulse) : null,
    keepsLength: leave_length_unchanged,
  }),
  apply: (audio, { recording, keepsLength }, context) => {
    if (recording === null) return eachChannel(audio, samples => samples);
    const response = toMono(atRate(context.recording(recording), audio.sampleRate)).samples;
    const loudest = response.reduce(
      (best, value, frame) => (Math.abs(value) > Math.abs(response[best] ?? 0) ? frame : best),
      0,
    );
    const level = levelOf(audio);
    const { channels } = throughImpulse(audio, { response, lead: loudest }, context).audio;
    const factor = level / (levelOf({ sampleRate: audio.sampleRate, channels }) || 1);
    const frames = keepsLength ? frameCount(audio) : Infinity;
    return unmoved(
      audio.sampleRate,
      channels.map(samples => samples.slice(0, frames).map(value => value * factor)),
    );
  },
});

const TYPES = Object.keys(ROOM_TYPES) as [RoomType, ...RoomType[]];

/** A room of a type or of drawn sizes and decay, with the drum and a microphone in it. */
export const roomSimulator = transform({
  name: 'RoomSimulator',
  ranges: z.object({
    room_types: z.array(z.enum(TYPES)).min(1).default(['practice', 'studio', 'bedroom', 'garage']),
    min_mic_distance: z.number().positive().default(0.15),
    max_mic_distance: z.number().positive().default(2),
    min_mic_elevation: z.number().default(0),
    max_mic_elevation: z.number().default(1.2),
    omni: z.number().min(0).max(1).default(0.5),
    min_wet: z.number().min(0).default(1),
    max_wet: z.number().min(0).default(1),
    leave_length_unchanged: z.boolean().default(false),
  }),
  params: z.object({ room: RoomSchema, keepsLength: z.boolean() }),
  draw: (random, ranges) => ({
    room: drawRoom(random, random.pick(ranges.room_types), {
      distance: random.between(ranges.min_mic_distance, ranges.max_mic_distance),
      elevation: random.between(ranges.min_mic_elevation, ranges.max_mic_elevation),
      omni: ranges.omni,
      wet: random.between(ranges.min_wet, ranges.max_wet),
    }),
    keepsLength: ranges.leave_length_unchanged,
  }),
  apply: (audio, { room, keepsLength }, context) => {
    const { channels } = throughImpulse(audio, roomImpulse(room, audio.sampleRate), context).audio;
    const frames = keepsLength ? frameCount(audio) : Infinity;
    return unmoved(
      audio.sampleRate,
      channels.map(samples => samples.slice(0, frames)),
    );
  },
});
