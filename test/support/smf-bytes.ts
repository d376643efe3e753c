/** A MIDI event as its bytes, after `wait` ticks. */
export type Timed = readonly [wait: number, ...bytes: number[]];

const variable = (value: number): number[] => {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
};
const big = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => (value >>> (8 * (size - 1 - index))) & 0xff);
const ascii = (text: string): number[] => Array.from(text, sign => sign.charCodeAt(0));

/** A Standard MIDI File by hand; every track is ended `tail` ticks after its last event. */
export function smfBytes(
  tracks: readonly (readonly Timed[])[],
  { format = tracks.length > 1 ? 1 : 0, division = 96, tail = 0 } = {},
): Uint8Array {
  const chunks = tracks.map(events => {
    const body = [
      ...events.flatMap(([wait, ...bytes]) => [...variable(wait), ...bytes]),
      ...variable(tail),
      0xff,
      0x2f,
      0,
    ];
    return [...ascii('MTrk'), ...big(body.length, 4), ...body];
  });
  return Uint8Array.from([
    ...ascii('MThd'),
    ...big(6, 4),
    ...big(format, 2),
    ...big(tracks.length, 2),
    ...big(division, 2),
    ...chunks.flat(),
  ]);
}

export const on = (wait: number, key: number, velocity = 100, channel = 9): Timed => [
  wait,
  0x90 | channel,
  key,
  velocity,
];
export const off = (wait: number, key: number, channel = 9): Timed => [wait, 0x80 | channel, key, 0];
export const tempo = (wait: number, microseconds: number): Timed => [
  wait,
  0xff,
  0x51,
  3,
  ...big(microseconds, 3),
];
export const meterEvent = (wait: number, numerator: number, denominator: number): Timed => [
  wait,
  0xff,
  0x58,
  4,
  numerator,
  Math.log2(denominator),
  24,
  8,
];
