import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  drawRoom,
  OCTAVES,
  PRESET_NAMES,
  presetSteps,
  ROOM_TYPES,
  RoomSchema,
  type Room,
  reverberationTime,
  roomImpulse,
  type RoomType,
} from '#shared/augment';
import { Random } from '#shared/base';

const RATE = 44_100;

const aRoom = (changed: Partial<Room> = {}): Room => ({
  kind: 'room',
  size: [6, 5, 3],
  source: [2, 2, 0.8],
  microphone: [2.6, 2.4, 1.1],
  rt60: [0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3],
  omni: 0.5,
  wet: 1,
  seed: 7,
  ...changed,
});

/** Frames after the direct sound that the first 15 ms take. */
const AFTER_DIRECT = Math.round(0.015 * RATE);

/** Rooms as the presets of datasets draw them, and of every type with microphones wherever they are. */
function rooms200(): [string, Room][] {
  const ofPresets = PRESET_NAMES.flatMap(name =>
    Array.from({ length: 16 }, (_, seed): [string, Room][] =>
      presetSteps(name, Random.ofSeed(seed))
        .filter(step => step.name === 'RoomSimulator')
        .map(({ params }) => [name, RoomParams.parse(params).room]),
    ).flat(),
  ).filter(([, { kind }]) => kind === 'room');
  const types = (Object.keys(ROOM_TYPES) as RoomType[]).filter(type => ROOM_TYPES[type].kind === 'room');
  const ofTypes = Array.from({ length: 200 - ofPresets.length }, (_, index): [string, Room] => {
    const random = Random.ofSeed(1000 + index);
    const type = types[index % types.length] ?? 'studio';
    const distance = random.between(0.15, 2);
    return [type, drawRoom(random, type, { distance, elevation: random.between(0, 1.2), omni: 0.5, wet: 1 })];
  });
  return [...ofPresets, ...ofTypes];
}

const RoomParams = z.object({ room: RoomSchema });

/** Of the three resonances of Butterworth's sixth order. */
const BUTTERWORTH = [0.517638, Math.SQRT1_2, 1.931852];

/**
 * T30 by a filter bank of this test's own: a Butterworth high-pass and a low-pass of the sixth order each (class 1 of IEC 61260 one octave
 * away), backwards in time, every frame of Schroeder's integral under the line.
 */
function t30Elsewhere(response: Float32Array, hertz: number, from: number): number {
  const values = Float64Array.from(response).toReversed();
  for (const q of BUTTERWORTH) {
    through(values, 1, hertz * Math.SQRT2, q);
    through(values, -1, hertz / Math.SQRT2, q);
  }
  values.reverse();
  const left = new Float64Array(values.length + 1);
  for (let frame = values.length - 1; frame >= from; frame--)
    left[frame] = (left[frame + 1] ?? 0) + (values[frame] ?? 0) ** 2;
  const points: [number, number][] = [];
  for (let frame = from; frame < values.length; frame++) {
    const level = 10 * Math.log10((left[frame] ?? 0) / (left[from] ?? 1));
    if (level < -35) break;
    if (level <= -5) points.push([frame / RATE, level]);
  }
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const slope =
    points.reduce((sum, [at, level]) => sum + (at - x) * (level - y), 0) /
    points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return -60 / slope;
}

/** A resonance of a low-pass (`side` 1) or of a high-pass (-1), by the bilinear transform. */
function through(values: Float64Array, side: 1 | -1, hertz: number, q: number): void {
  const k = Math.tan((Math.PI * hertz) / RATE);
  const norm = 1 / (1 + k / q + k * k);
  const b0 = (side === 1 ? k * k : 1) * norm;
  const [a1, a2] = [2 * (k * k - 1) * norm, (1 - k / q + k * k) * norm];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let frame = 0; frame < values.length; frame++) {
    const x = values[frame] ?? 0;
    const y = b0 * (x + 2 * side * x1 + x2) - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    values[frame] = y;
  }
}

describe('the response of a room', () => {
  it.each([
    ['a treated room', aRoom()],
    [
      'a booth',
      aRoom({
        size: [2.5, 3, 2.4],
        source: [1, 1.2, 0.8],
        microphone: [1.4, 1.5, 1],
        rt60: [0.3, 0.28, 0.25, 0.2, 0.2, 0.18, 0.15],
      }),
    ],
    [
      'a hall',
      aRoom({
        size: [45, 24, 16],
        source: [20, 12, 0.8],
        microphone: [23, 12, 2],
        rt60: [2.4, 2.2, 2, 1.9, 1.7, 1.4, 1.1],
      }),
    ],
    [
      'a church',
      aRoom({
        size: [60, 20, 18],
        source: [20, 10, 0.8],
        microphone: [24, 10, 2],
        rt60: [6, 6, 5.5, 5, 4, 3.1, 2.4],
      }),
    ],
  ])('decays in every octave of %s as was asked for, within 10 %%', (_, room) => {
    const { response, lead } = roomImpulse(room, RATE);
    for (const [octave, hertz] of OCTAVES.entries()) {
      const asked = room.rt60[octave] ?? 0;
      const measured = reverberationTime(response, RATE, hertz, lead + AFTER_DIRECT);
      expect(
        Math.abs(measured / asked - 1),
        `${hertz} Hz: ${measured.toFixed(3)} for ${asked} s`,
      ).toBeLessThan(0.1);
    }
  });

  it('decays within 10 % of what was asked for in every octave of 200 drawn rooms, by a filter that the synthesis does not know', () => {
    const missed = rooms200().flatMap(([name, room]) => {
      const { response, lead } = roomImpulse(room, RATE);
      return OCTAVES.flatMap((hertz, octave) => {
        const asked = room.rt60[octave] ?? 0;
        const measured = t30Elsewhere(response, hertz, lead + AFTER_DIRECT);
        const isHeld = Math.abs(measured / asked - 1) <= 0.1;
        return isHeld ? [] : [`${name}, ${hertz} Hz: ${measured.toFixed(3)} for ${asked.toFixed(3)} s`];
      });
    });
    expect(missed).toEqual([]);
  }, 120_000);

  it('makes no two drawn rooms alike, and each again from its JSON', () => {
    const rooms = rooms200()
      .slice(0, 40)
      .map(([, room]) => room);
    const made = rooms.map(room => roomImpulse(room, RATE).response.slice(0, 4000).join());
    expect(new Set(made).size).toBe(rooms.length);
    const again = RoomSchema.parse(JSON.parse(JSON.stringify(rooms[7])));
    expect(roomImpulse(again, RATE).response.slice(0, 4000).join()).toBe(made[7]);
  });

  it('differs between two kinds of rooms, so that a table nobody reads would be found out', () => {
    const decays = (['practice', 'garage', 'concert_hall'] as const).map(type => {
      const room = drawRoom(Random.ofSeed(3), type, { distance: 0.8, elevation: 0.4, omni: 0.5, wet: 1 });
      const { response, lead } = roomImpulse(room, RATE);
      return reverberationTime(response, RATE, 1000, lead + AFTER_DIRECT);
    });
    expect(decays[1]).toBeGreaterThan(2 * (decays[0] ?? 0));
    expect(decays[2]).toBeGreaterThan(1.1 * (decays[1] ?? 0));
  });

  it('has the direct sound at its lead, as loud as it was', () => {
    const { response, lead } = roomImpulse(aRoom(), RATE);
    expect(response[lead]).toBeCloseTo(1, 1);
    expect(Math.max(...response.slice(0, lead - 12).map(Math.abs))).toBeLessThan(0.02);
  });

  it('is louder behind a drum that is further away: direct to reverberant falls by 6 dB as the distance doubles', () => {
    const ratio = (distance: number): number => {
      const room = aRoom({
        size: [20, 18, 8],
        source: [8, 9, 2],
        microphone: [8 + distance, 9, 2],
        rt60: Array(7).fill(1.2),
        omni: 1,
      });
      const { response, lead } = roomImpulse(room, RATE);
      const energy = response
        .slice(lead + Math.round(0.03 * RATE))
        .reduce((sum, value) => sum + value * value, 0);
      return 10 * Math.log10(energy);
    };
    expect(ratio(2) - ratio(1)).toBeCloseTo(6, 0);
  });

  it('reaches the critical distance where theory puts it: r = .057 sqrt(V / T)', () => {
    const volume = 20 * 18 * 8;
    const critical = 0.057 * Math.sqrt(volume / 1.2);
    const room = aRoom({
      size: [20, 18, 8],
      source: [8, 9, 3],
      microphone: [8 + critical, 9, 3],
      rt60: Array(7).fill(1.2),
      omni: 1,
    });
    const { response, lead } = roomImpulse(room, RATE);
    const energy = response.slice(lead + 20).reduce((sum, value) => sum + value * value, 0);
    expect(Math.abs(10 * Math.log10(energy))).toBeLessThan(2);
  });

  it('is the same bytes for the same room', () => {
    expect(roomImpulse(aRoom(), RATE)).toEqual(roomImpulse(aRoom(), RATE));
    expect(roomImpulse(aRoom({ seed: 8 }), RATE).response).not.toEqual(roomImpulse(aRoom(), RATE).response);
  });

  it('holds the floor: a drum 30 cm above it is heard again by the way that takes longer', () => {
    const room = aRoom({ size: [12, 12, 6], source: [6, 6, 0.3], microphone: [7, 6, 1.2], omni: 1 });
    const direct = Math.hypot(1, 0.9);
    const byFloor = Math.hypot(1, 1.5);
    const { response, lead } = roomImpulse(room, RATE);
    const at = lead + Math.round(((byFloor - direct) / 343) * RATE);
    const heard = Math.max(...response.slice(at - 2, at + 3).map(Math.abs));
    expect(heard).toBeGreaterThan(0.5);
    expect(heard).toBeLessThan(0.95);
  });

  it('of a field is the ground and one echo, no tail', () => {
    const room = drawRoom(Random.ofSeed(1), 'outdoor', { distance: 5, elevation: 0.1, omni: 0.5, wet: 1 });
    const { response, lead } = roomImpulse(room, RATE);
    const echo = lead + Math.round(((2 * room.size[0]) / 343) * RATE);
    expect(Math.abs(response.length - echo)).toBeLessThan(64);
    expect(response.slice(lead + 2000, echo - 40).every(value => Math.abs(value) < 1e-4)).toBe(true);
  });

  it.each(Object.keys(ROOM_TYPES) as RoomType[])(
    'of a drawn %s has both the drum and the microphone in it',
    type => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const draw = () =>
          drawRoom(Random.ofSeed(seed), type, { distance: 1.5, elevation: 0.5, omni: 0.5, wet: 1 });
        const room = draw();
        expect(draw()).toEqual(room);
        expect(RoomSchema.safeParse(room).success).toBe(true);
      }
    },
  );
});
