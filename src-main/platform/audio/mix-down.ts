/** The rate that audio is worked on at: its own where that is usual, else that of its family (11.025 kHz or 8 kHz). */
export const workingRate = (rate: number): 44_100 | 48_000 =>
  rate === 44_100 || rate === 48_000 ? rate : rate % 11_025 === 0 ? 44_100 : 48_000;

/** -3 dB: a source between two speakers. */
const HALF_POWER = Math.SQRT1_2;

/** How much of each channel, in WAV's order of speakers, goes to the left and to the right; LFE is left out. */
const LAYOUTS: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  3: [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
  ],
  4: [
    [1, 0],
    [0, 1],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  5: [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  6: [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [0, 0],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  7: [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [0, 0],
    [0.5, 0.5],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  8: [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [0, 0],
    [HALF_POWER, 0],
    [0, HALF_POWER],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
};

/** Channels that `mixDown` answers for so many. */
export const mixedChannelCount = (channelCount: number): 1 | 2 =>
  channelCount === 1 || channelCount > 8 ? 1 : 2;

/**
 * Mono and stereo as they are; surround sound to stereo; more than eight channels, which are takes and not speakers,
 * to their mean. Scaled so that full scale in every channel stays full scale.
 * @see ITU-R BS.775-3, annex 4
 */
export function mixDown(channels: readonly Float32Array[]): readonly Float32Array[] {
  if (channels.length <= 2) return channels;
  const layout = LAYOUTS[channels.length];
  if (!layout)
    return [
      weighted(
        channels,
        channels.map(() => 1),
      ),
    ];
  return [
    weighted(
      channels,
      layout.map(([left]) => left),
    ),
    weighted(
      channels,
      layout.map(([, right]) => right),
    ),
  ];
}

function weighted(channels: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mixed = new Float32Array(channels[0]?.length ?? 0);
  for (const [index, channel] of channels.entries()) {
    const gain = (weights[index] ?? 0) / total;
    if (gain === 0) continue;
    for (let frame = 0; frame < mixed.length; frame++) mixed[frame]! += gain * channel[frame]!;
  }
  return mixed;
}
