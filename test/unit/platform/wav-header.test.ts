import { describe, expect, it } from 'vitest';
import { wavHeader } from '../../../src-main/platform/audio/wav-header';

const common = { sampleRate: 44_100, channelCount: 2, hasRoomForLongSizes: false } as const;

describe('wavHeader', () => {
  it('is the shortest possible for plain 16-bit stereo', () => {
    const header = wavHeader({ ...common, format: '16', frames: 1000 });
    expect(header).toHaveLength(44);
    expect(header.toString('latin1', 0, 4)).toBe('RIFF');
    expect(header.readUInt32LE(4)).toBe(36 + 4000);
    expect(header.readUInt32LE(40)).toBe(4000);
  });

  it('counts the padding byte of an odd length in the file but not in the data', () => {
    const header = wavHeader({ ...common, channelCount: 1, format: '24', frames: 1 });
    expect(header.readUInt32LE(header.length - 4)).toBe(3);
    expect(header.readUInt32LE(4) + 8).toBe(header.length + 4);
  });

  it('becomes RF64 of the same length past 4 GB', () => {
    const room = { ...common, format: '32f', hasRoomForLongSizes: true } as const;
    const frames = 800_000_000;
    const [short, long] = [wavHeader({ ...room, frames: 1 }), wavHeader({ ...room, frames })];
    expect(long).toHaveLength(short.length);
    expect([short, long].map(header => header.toString('latin1', 0, 4))).toEqual(['RIFF', 'RF64']);
    expect([short, long].map(header => header.toString('latin1', 12, 16))).toEqual(['JUNK', 'ds64']);
    expect(long.readBigUInt64LE(28)).toBe(BigInt(frames * 8));
    expect(long.readBigUInt64LE(36)).toBe(BigInt(frames));
    expect(long.readBigUInt64LE(20) + 8n).toBe(BigInt(long.length + frames * 8));
    expect(long.readUInt32LE(long.length - 4)).toBe(0xffffffff);
  });

  it('refuses to pass 4 GB without room', () => {
    expect(() => wavHeader({ ...common, format: '32f', frames: 800_000_000 })).toThrow(RangeError);
  });
});
