import { describe, expect, it } from 'vitest';
import { decodeFrames, decodeWavHead } from '../../../src-renderer/playback/wav-source';

interface WavShape {
  readonly code: number;
  readonly bits: number;
  readonly channelCount: number;
  readonly data: readonly number[];
  /** A chunk before the audio, as taggers leave. */
  readonly extra?: number;
}

/** A WAV of raw data bytes. */
function aWav({ code, bits, channelCount, data, extra = 0 }: WavShape): ArrayBuffer {
  const chunk = (id: string, bytes: readonly number[]): number[] => {
    const size = bytes.length;
    const head = Array.from(id, letter => letter.charCodeAt(0));
    return [...head, size & 255, (size >> 8) & 255, 0, 0, ...bytes, ...(size % 2 ? [0] : [])];
  };
  const width = (bits / 8) * channelCount;
  const rate = [0x44, 0xac, 0, 0];
  const format = [code, 0, channelCount, 0, ...rate, 0, 0, 0, 0, width, 0, bits, 0];
  const before =
    extra > 0
      ? chunk(
          'LIST',
          Array.from({ length: extra }, () => 7),
        )
      : [];
  const body = Array.from('WAVE', letter => letter.charCodeAt(0));
  const bytes = [...body, ...chunk('fmt ', format), ...before, ...chunk('data', data)];
  return Uint8Array.from(chunk('RIFF', bytes)).buffer;
}

describe('reading WAV in the window', () => {
  it('finds the audio behind chunks of any length', () => {
    const head = decodeWavHead(aWav({ code: 1, bits: 16, channelCount: 2, data: [0, 0, 0, 0], extra: 5 }));
    expect(head).toMatchObject({ sampleRate: 44_100, channelCount: 2, frames: 1, encoding: 'pcm16' });
  });

  it('reads 16 and 24 bit with their signs', () => {
    const wav16 = aWav({ code: 1, bits: 16, channelCount: 1, data: [0, 0x40, 0, 0xc0] });
    const head16 = decodeWavHead(wav16);
    expect(head16 && [...(decodeFrames(wav16.slice(head16.dataOffset), head16)[0] ?? [])]).toEqual([
      0.5, -0.5,
    ]);
    const wav24 = aWav({ code: 1, bits: 24, channelCount: 1, data: [0, 0, 0x40, 0, 0, 0xc0] });
    const head24 = decodeWavHead(wav24);
    expect(head24 && [...(decodeFrames(wav24.slice(head24.dataOffset), head24)[0] ?? [])]).toEqual([
      0.5, -0.5,
    ]);
  });

  it('parts the channels of 32 bit float', () => {
    const data = [...new Uint8Array(Float32Array.of(0.25, -1, 0.5, 1).buffer)];
    const wav = aWav({ code: 3, bits: 32, channelCount: 2, data });
    const head = decodeWavHead(wav);
    expect(head && decodeFrames(wav.slice(head.dataOffset), head).map(channel => [...channel])).toEqual([
      [0.25, 0.5],
      [-1, 1],
    ]);
  });

  it('says no to what is no WAV, or one of another encoding', () => {
    expect(decodeWavHead(new ArrayBuffer(4))).toBeNull();
    expect(decodeWavHead(Uint8Array.from({ length: 64 }, () => 1).buffer)).toBeNull();
    expect(decodeWavHead(aWav({ code: 2, bits: 16, channelCount: 1, data: [0, 0] }))).toBeNull();
  });
});
