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
    if (ours.frames !== null) expect(ours.audio.channels[0]).toHaveLength(ours.frames);
  });
});
