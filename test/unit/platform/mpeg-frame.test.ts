import { describe, expect, it } from 'vitest';
import { findMpegStream, mpegFrameAt } from '../../../src-main/platform/audio/mpeg-frame';

const header = (text: string): Buffer => Buffer.from(text, 'hex');

/** MPEG-1 layer III, 128 kbit/s, 44.1 kHz, stereo: 417 bytes. */
const FRAME = Buffer.concat([header('fffb9000'), Buffer.alloc(413)]);

describe('mpegFrameAt', () => {
  it.each([
    [
      'fffb9000',
      { bytes: 417, audioFrames: 1152, sampleRate: 44_100, channelCount: 2, layer: 3, kilobits: 128 },
    ],
    [
      'fffb92c0',
      { bytes: 418, audioFrames: 1152, sampleRate: 44_100, channelCount: 1, layer: 3, kilobits: 128 },
    ],
    [
      'fff38000',
      { bytes: 208, audioFrames: 576, sampleRate: 22_050, channelCount: 2, layer: 3, kilobits: 64 },
    ],
    [
      'ffe348c0',
      { bytes: 288, audioFrames: 576, sampleRate: 8_000, channelCount: 1, layer: 3, kilobits: 32 },
    ],
    [
      'fffd8400',
      { bytes: 384, audioFrames: 1152, sampleRate: 48_000, channelCount: 2, layer: 2, kilobits: 128 },
    ],
    [
      'ffffc800',
      { bytes: 576, audioFrames: 384, sampleRate: 32_000, channelCount: 2, layer: 1, kilobits: 384 },
    ],
  ])('reads %s', (text, frame) => {
    expect(mpegFrameAt(header(text), 0)).toMatchObject(frame);
  });

  it.each(['fffbf000', 'fffb0000', 'fffb9c00', 'fff99000', 'ffeb9000', 'fefb9000'])(
    'finds none in %s',
    text => {
      expect(mpegFrameAt(header(text), 0)).toBeNull();
    },
  );
});

describe('findMpegStream', () => {
  it('passes over junk and over single headers in it', () => {
    const junk = Buffer.concat([Buffer.from('junk'), header('fffb9000'), Buffer.alloc(50, 1)]);
    expect(findMpegStream(Buffer.concat([junk, FRAME, FRAME, FRAME, FRAME]), false)).toBe(junk.length);
  });

  it('wants four frames in a row unless the file ends before', () => {
    expect(findMpegStream(Buffer.concat([FRAME, FRAME]), true)).toBe(0);
    expect(findMpegStream(Buffer.concat([FRAME, FRAME, Buffer.alloc(2000)]), true)).toBeNull();
  });
});
