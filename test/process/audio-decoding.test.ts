import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHUNK_FRAMES, writeWav } from '#main/platform';
import type { PlanarAudio } from '#shared/model';
import { nullDecibels, song } from '#test/audio';
import { decoded, decodedByFfmpeg, ffmpeg, hasProgram, runTool, temporaryFolder } from '#test/audio-files';

/** A WAV to convert: seconds are few because the machine is small, but more than one chunk of frames. */
async function source(audio: PlanarAudio): Promise<{ folder: string; wav: string }> {
  const folder = temporaryFolder();
  const wav = join(folder, 'source.wav');
  await writeWav(wav, audio, '32f');
  return { folder, wav };
}

const stereo = song(3.3);

describe.skipIf(!hasProgram('ffmpeg'))('decoding, compared with ffmpeg', () => {
  it.each([
    ['u8.wav', ['-c:a', 'pcm_u8'], 'WAV'],
    ['s16.wav', ['-c:a', 'pcm_s16le'], 'WAV'],
    ['s24.wav', ['-c:a', 'pcm_s24le'], 'WAV'],
    ['s32.wav', ['-c:a', 'pcm_s32le'], 'WAV'],
    ['f32.wav', ['-c:a', 'pcm_f32le'], 'WAV'],
    ['f64.wav', ['-c:a', 'pcm_f64le'], 'WAV'],
    ['rf64.wav', ['-c:a', 'pcm_s16le', '-rf64', 'always'], 'RF64'],
    ['s16.aiff', ['-c:a', 'pcm_s16be'], 'AIFF'],
    ['s24.aiff', ['-c:a', 'pcm_s24be'], 'AIFF'],
    ['s32.aiff', ['-c:a', 'pcm_s32be'], 'AIFF'],
    ['sowt.aifc', ['-f', 'aiff', '-c:a', 'pcm_s16le'], 'AIFF'],
    ['fl32.aifc', ['-f', 'aiff', '-c:a', 'pcm_f32be'], 'AIFF'],
    ['s16.flac', ['-sample_fmt', 's16'], 'FLAC'],
    ['s24.flac', ['-sample_fmt', 's32', '-bits_per_raw_sample', '24'], 'FLAC'],
    ['ogg.flac', ['-f', 'ogg', '-c:a', 'flac', '-sample_fmt', 's16'], 'Ogg FLAC'],
  ] as const)('reads %s bit for bit', async (name, args, format) => {
    const { folder, wav } = await source(stereo);
    const path = ffmpeg(wav, join(folder, name), ...args);
    const ours = await decoded(path);
    expect(ours.format).toBe(format);
    expect(ours.frames).toBe(ours.audio.channels[0]?.length);
    expect(nullDecibels(ours.audio, decodedByFfmpeg(path, 2, 44_100))).toBe(-Infinity);
  });

  it.each([
    ['lame.mp3', ['-c:a', 'libmp3lame', '-b:a', '192k'], 'MP3', -100],
    ['vbr.mp3', ['-c:a', 'libmp3lame', '-q:a', '2'], 'MP3', -100],
    ['vorbis.ogg', ['-c:a', 'libvorbis', '-q:a', '5'], 'Ogg Vorbis', -100],
    ['aac.m4a', ['-c:a', 'aac', '-b:a', '192k'], 'M4A', -Infinity],
    ['alac.m4a', ['-c:a', 'alac'], 'M4A', -Infinity],
    ['adts.aac', ['-c:a', 'aac', '-f', 'adts'], 'AAC', -Infinity],
    ['adpcm.wav', ['-c:a', 'adpcm_ima_wav'], 'WAV', -Infinity],
    ['mulaw.wav', ['-c:a', 'pcm_mulaw'], 'WAV', -Infinity],
  ] as const)('reads %s as it does', async (name, args, format, limit) => {
    const { folder, wav } = await source(stereo);
    const path = ffmpeg(wav, join(folder, name), ...args);
    const ours = await decoded(path);
    expect(ours.format).toBe(format);
    const difference = nullDecibels(ours.audio, decodedByFfmpeg(path, 2, 44_100));
    expect(difference).toBeLessThanOrEqual(limit);
    expect(ours.largestChunk).toBeLessThanOrEqual(CHUNK_FRAMES);
    expect(ours.audio.channels[0]).toHaveLength(ours.frames ?? ours.audio.channels[0]?.length ?? 0);
  });

  it('reads Opus within the precision of its own decoders', async () => {
    const { folder, wav } = await source(song(3.3, 2, 48_000));
    const path = ffmpeg(wav, join(folder, 'song.opus'), '-c:a', 'libopus', '-b:a', '160k');
    const ours = await decoded(path);
    expect(ours.format).toBe('Opus');
    expect(ours.audio.channels[0]).toHaveLength(Math.round(3.3 * 48_000));
    expect(nullDecibels(ours.audio, decodedByFfmpeg(path, 2, 48_000))).toBeLessThan(-80);
  });

  it.each([
    ['a mono MP3', 1, 44_100, ['-c:a', 'libmp3lame', '-b:a', '96k'], 'mp3'],
    ['an MPEG-2 MP3 at 22.05 kHz', 2, 22_050, ['-c:a', 'libmp3lame', '-b:a', '64k'], 'mp3'],
    ['an MPEG-2.5 MP3 at 8 kHz', 1, 8_000, ['-c:a', 'libmp3lame', '-b:a', '16k'], 'mp3'],
    [
      'an MP3 with a large ID3 tag',
      2,
      44_100,
      ['-c:a', 'libmp3lame', '-metadata', `title=${'x'.repeat(3000)}`],
      'mp3',
    ],
    ['a FLAC at 192 kHz', 2, 192_000, ['-sample_fmt', 's32'], 'flac'],
    [
      '5.1 channels of Vorbis in the order of speakers of WAV',
      6,
      48_000,
      ['-c:a', 'libvorbis', '-q:a', '6'],
      'ogg',
    ],
    ['5.1 channels of FLAC', 6, 48_000, ['-sample_fmt', 's16'], 'flac'],
  ] as const)('reads %s', async (_, channelCount, sampleRate, args, ending) => {
    const { folder, wav } = await source(song(1.2, channelCount, sampleRate));
    const path = ffmpeg(wav, join(folder, `song.${ending}`), ...args);
    const ours = await decoded(path);
    const theirs = decodedByFfmpeg(path, channelCount, sampleRate);
    expect(nullDecibels(ours.audio, theirs)).toBeLessThan(-100);
  });

  it('finds an MP3 behind 100 kB of junk, whatever its name', async () => {
    const { folder, wav } = await source(stereo);
    const mp3 = ffmpeg(wav, join(folder, 'song.mp3'), '-c:a', 'libmp3lame', '-b:a', '192k');
    const path = join(folder, 'song.wav');
    const junk = Uint8Array.from({ length: 100_000 }, (_, at) => (at * at * 7 + at * 31) >> 3);
    writeFileSync(path, Buffer.concat([junk, readFileSync(mp3), Buffer.from(`TAG${'x'.repeat(125)}`)]));
    const ours = await decoded(path);
    expect(ours.format).toBe('MP3');
    expect(nullDecibels(ours.audio, (await decoded(mp3)).audio)).toBe(-Infinity);
  });

  it('reads an MP3 without a tag that tells its length', async () => {
    const { folder, wav } = await source(stereo);
    const path = ffmpeg(wav, join(folder, 'song.mp3'), '-c:a', 'libmp3lame', '-write_xing', '0');
    const ours = await decoded(path);
    expect(ours.frames).toBeNull();
    const seconds = (ours.audio.channels[0]?.length ?? 0) / 44_100;
    expect(seconds).toBeGreaterThan(3.3);
    expect(seconds).toBeLessThan(3.4);
  });

  it('reads a WAV that was written to a pipe and so does not know its length', async () => {
    const { folder, wav } = await source(stereo);
    for (const program of ['ffmpeg', 'sox'].filter(hasProgram)) {
      const path = join(folder, `${program}.wav`);
      const args =
        program === 'sox'
          ? [wav, '-t', 'wav', '-e', 'floating-point', '-b', '32', '-']
          : ['-v', 'error', '-i', wav, '-c:a', 'pcm_f32le', '-f', 'wav', '-'];
      writeFileSync(path, runTool(program, ...args));
      // sox works in 32-bit integers, 2^-31 or -186 dB at best and -150 dB here for floats.
      expect(nullDecibels((await decoded(path)).audio, stereo)).toBeLessThan(-145);
    }
  });
});
