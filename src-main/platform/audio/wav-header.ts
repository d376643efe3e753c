/** How Backbeat writes WAVs: 16-bit with dither, 24-bit, 32-bit floating point. */
export const WAV_FORMATS = ['16', '24', '32f'] as const;
export type WavFormat = (typeof WAV_FORMATS)[number];

export const WAV_BYTES: Readonly<Record<WavFormat, number>> = { '16': 2, '24': 3, '32f': 4 };

interface WavHeader {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly format: WavFormat;
  readonly frames: number;
  /** Bytes of the chunks after the audio. */
  readonly trailerBytes?: number;
  /** Keeps room for RF64's long sizes, for a file whose length is not known when it is begun. */
  readonly hasRoomForLongSizes: boolean;
}

const LARGEST_RIFF_BYTES = 0xffffffff;
const PCM_GUID_TAIL = '000000001000800000aa00389b71';

/**
 * The bytes before the audio. A file that would not fit RIFF's 32-bit sizes becomes RF64: its JUNK chunk turns into
 * `ds64`, which is why the length of the header never depends on the number of frames.
 * @see EBU Tech 3306
 */
export function wavHeader(header: WavHeader): Buffer {
  const dataBytes = header.frames * header.channelCount * WAV_BYTES[header.format];
  const format = chunk('fmt ', formatBody(header));
  const fact = header.format === '32f' ? chunk('fact', u32(Math.min(header.frames, LARGEST_RIFF_BYTES))) : [];
  const roomBytes = header.hasRoomForLongSizes ? 36 : 0;
  const riffBytes =
    4 +
    roomBytes +
    byteLength(format) +
    byteLength(fact) +
    8 +
    dataBytes +
    (dataBytes % 2) +
    (header.trailerBytes ?? 0);
  const isLong = riffBytes > LARGEST_RIFF_BYTES;
  if (isLong && !header.hasRoomForLongSizes)
    throw new RangeError('a WAV begun without room for RF64 passed 4 GB');
  const room = header.hasRoomForLongSizes
    ? chunk(
        isLong ? 'ds64' : 'JUNK',
        isLong
          ? Buffer.concat([u64(riffBytes), u64(dataBytes), u64(header.frames), u32(0)])
          : Buffer.alloc(28),
      )
    : [];
  return Buffer.concat([
    Buffer.from(isLong ? 'RF64' : 'RIFF', 'latin1'),
    u32(isLong ? LARGEST_RIFF_BYTES : riffBytes),
    Buffer.from('WAVE', 'latin1'),
    ...room,
    ...format,
    ...fact,
    Buffer.from('data', 'latin1'),
    u32(isLong ? LARGEST_RIFF_BYTES : dataBytes),
  ]);
}

/** Deep or many-channelled integer audio asks for the extensible form; every program reads it. */
function formatBody({ sampleRate, channelCount, format }: WavHeader): Buffer {
  const bytes = WAV_BYTES[format];
  const tag = format === '32f' ? 3 : 1;
  const isExtensible = channelCount > 2 || format === '24';
  const body = Buffer.concat([
    u16(isExtensible ? 0xfffe : tag),
    u16(channelCount),
    u32(sampleRate),
    u32(sampleRate * channelCount * bytes),
    u16(channelCount * bytes),
    u16(bytes * 8),
  ]);
  if (!isExtensible) return format === '32f' ? Buffer.concat([body, u16(0)]) : body;
  // Mono sits on the centre speaker (bit 2); past 18 channels there are no speakers left to name.
  const speakers = channelCount === 1 ? 4 : channelCount <= 18 ? 2 ** channelCount - 1 : 0;
  return Buffer.concat([
    body,
    u16(22),
    u16(bytes * 8),
    u32(speakers),
    u16(tag),
    Buffer.from(PCM_GUID_TAIL, 'hex'),
  ]);
}

const chunk = (id: string, body: Buffer): Buffer[] => [Buffer.from(id, 'latin1'), u32(body.length), body];
const byteLength = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => sum + part.length, 0);

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
