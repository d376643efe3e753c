/** What the head of a WAV says about the audio after it. */
export interface WavHead {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
  readonly encoding: 'float32' | 'pcm16' | 'pcm24';
  /** Bytes before the first frame. */
  readonly dataOffset: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const HEAD_BYTES = 4096;

const textAt = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

/** Reads the head of a RIFF or RF64 WAV; null when `bytes` is not one that the studio writes. */
export function decodeWavHead(bytes: ArrayBuffer): WavHead | null {
  const view = new DataView(bytes);
  if (view.byteLength < 12 || !['RIFF', 'RF64'].includes(textAt(view, 0)) || textAt(view, 8) !== 'WAVE')
    return null;
  let longDataBytes: number | undefined;
  let format: { code: number; channelCount: number; sampleRate: number; bits: number } | undefined;
  let at = 12;
  while (at + 8 <= view.byteLength) {
    const id = textAt(view, at);
    const size = view.getUint32(at + 4, true);
    if (id === 'ds64') longDataBytes = Number(view.getBigUint64(at + 16, true));
    if (id === 'fmt ') {
      const code = view.getUint16(at + 8, true);
      format = {
        code: code === EXTENSIBLE ? view.getUint16(at + 32, true) : code,
        channelCount: view.getUint16(at + 10, true),
        sampleRate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      };
    }
    if (id === 'data') {
      const encoding = format && encodingOf(format.code, format.bits);
      if (!format || !encoding) return null;
      const dataBytes = longDataBytes ?? size;
      const frameBytes = (format.bits / 8) * format.channelCount;
      const { sampleRate, channelCount } = format;
      return {
        sampleRate,
        channelCount,
        frames: Math.floor(dataBytes / frameBytes),
        encoding,
        dataOffset: at + 8,
      };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}

function encodingOf(code: number, bits: number): WavHead['encoding'] | null {
  if (code === FLOAT && bits === 32) return 'float32';
  if (code === PCM && bits === 16) return 'pcm16';
  return code === PCM && bits === 24 ? 'pcm24' : null;
}

const BYTES: Readonly<Record<WavHead['encoding'], number>> = { float32: 4, pcm16: 2, pcm24: 3 };

/** Planar audio from interleaved frames as `head` describes them. */
export function decodeFrames(bytes: ArrayBuffer, head: WavHead): Float32Array<ArrayBuffer>[] {
  const view = new DataView(bytes);
  const width = BYTES[head.encoding];
  const frames = Math.floor(bytes.byteLength / (width * head.channelCount));
  const sampleAt = {
    float32: (at: number) => view.getFloat32(at, true),
    pcm16: (at: number) => view.getInt16(at, true) / 32768,
    pcm24: (at: number) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608,
  }[head.encoding];
  return Array.from({ length: head.channelCount }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame++) {
      samples[frame] = sampleAt((frame * head.channelCount + channel) * width);
    }
    return samples;
  });
}

/** Random access to a WAV of any length over HTTP ranges: a song never lies in memory whole. */
export class WavSource {
  readonly head: WavHead;
  readonly #url: string;

  private constructor(url: string, head: WavHead) {
    this.#url = url;
    this.head = head;
  }

  static async open(url: string, signal?: AbortSignal): Promise<WavSource> {
    const head = decodeWavHead(await fetchRange(url, 0, HEAD_BYTES - 1, signal));
    if (!head) throw new Error(`${url} has no WAV head`);
    return new WavSource(url, head);
  }

  /** Frames `start` to `start + count`, fewer at the end. */
  async read(start: number, count: number, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>[]> {
    const { head } = this;
    const frameBytes = BYTES[head.encoding] * head.channelCount;
    const from = Math.max(0, Math.min(start, head.frames));
    const wanted = Math.max(0, Math.min(count, head.frames - from));
    if (wanted === 0) return Array.from({ length: head.channelCount }, () => new Float32Array(0));
    const first = head.dataOffset + from * frameBytes;
    return decodeFrames(await fetchRange(this.#url, first, first + wanted * frameBytes - 1, signal), head);
  }
}

async function fetchRange(
  url: string,
  first: number,
  last: number,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const answer = await fetch(url, {
    headers: { range: `bytes=${first}-${last}` },
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  return answer.status === 206 ? bytes : bytes.slice(first, last + 1);
}
