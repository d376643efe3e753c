import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareText } from '#shared/model';
import { listAudioFiles, writeWav } from '#main/platform';
import type { Failure } from '#shared/protocol';
import { silence, song, tone } from '#test/audio';
import {
  cutShort,
  decoded,
  failureOfDecoding,
  ffmpeg,
  hasProgram,
  neverAborted,
  temporaryFolder,
} from '#test/audio-files';
import { readSong } from '#test/audio-stage';

/** A file of these bytes under this name. */
function fileOf(name: string, bytes: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** Fails unless `failure` is `truncated`, and answers its numbers. */
function truncation(failure: Failure | null): { foundSeconds: number; promisedSeconds: number } {
  if (failure?.code !== 'truncated') throw new Error(`not truncated: ${JSON.stringify(failure)}`);
  return failure;
}

describe('a file that is no audio', () => {
  it.each([
    ['a PDF document', '%PDF-1.7 and so on'],
    ['a ZIP archive', Buffer.from('504b0304140000000800', 'hex')],
    ['a JPEG picture', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['MIDI notes', Buffer.from('4d546864000000060001', 'hex')],
    ['text', 'Dear diary,\ntoday I bought cymbals.\n'],
    ['text (JSON?)', '{"tracks": []}'],
    ['a web page (HTML)', '<!DOCTYPE html><html><body>404</body></html>'],
    ['zero bytes only', new Uint8Array(5000)],
  ] as const)('is said to hold %s, whatever its name', async (looksLike, bytes) => {
    const path = fileOf('song.mp3', bytes);
    expect(await failureOfDecoding(path)).toEqual({ code: 'notAudio', path, looksLike });
  });

  it('is said to be empty when it is', async () => {
    const path = fileOf('song.wav', '');
    expect(await failureOfDecoding(path)).toEqual({ code: 'emptyFile', path });
  });

  it('is said to be missing, a folder, or not readable', async () => {
    const folder = temporaryFolder();
    expect(await failureOfDecoding(join(folder, 'none.wav'))).toMatchObject({ code: 'notFound' });
    expect(await failureOfDecoding(folder)).toMatchObject({ code: 'unreadable', reason: 'it is a folder' });
  });

  it('is said to be forbidden', async () => {
    const path = fileOf('song.wav', 'RIFF');
    chmodSync(path, 0);
    // Root may read everything: as somebody else for the moment.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.('nobody');
    try {
      expect(await failureOfDecoding(path)).toMatchObject({
        code: 'unreadable',
        reason: 'permission denied',
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('of random bytes is not taken for an MP3', async () => {
    let word = 1;
    const bytes = Uint8Array.from({ length: 300_000 }, () => {
      word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
      return word >>> 24;
    });
    expect(await failureOfDecoding(fileOf('song.mp3', bytes))).toMatchObject({ code: 'notAudio' });
  });
});

describe('a damaged file', () => {
  it('that ends early says where, and where it should have ended', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'whole.wav');
    await writeWav(wav, song(3), '16');
    const { foundSeconds, promisedSeconds } = truncation(
      await failureOfDecoding(cutShort(wav, join(folder, 'cut.wav'), 0.4)),
    );
    expect(foundSeconds).toBeCloseTo(1.2, 2);
    expect(promisedSeconds).toBe(3);
  });

  it('that lacks only a few frames is read', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'whole.wav');
    await writeWav(wav, song(3), '16');
    const { audio } = await decoded(cutShort(wav, join(folder, 'cut.wav'), 0.999));
    expect((audio.channels[0]?.length ?? 0) / 44_100).toBeCloseTo(2.997, 3);
  });

  it.skipIf(!hasProgram('ffmpeg')).each([
    ['mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']],
    ['flac', ['-sample_fmt', 's16']],
    ['aiff', ['-c:a', 'pcm_s16be']],
    ['m4a', ['-c:a', 'aac', '-movflags', '+faststart']],
  ] as const)('of the kind %s that ends early says so', async (ending, args) => {
    const folder = temporaryFolder();
    const wav = join(folder, 'whole.wav');
    await writeWav(wav, song(3), '16');
    const whole = ffmpeg(wav, join(folder, `whole.${ending}`), ...args);
    expect(await failureOfDecoding(whole)).toBeNull();
    const failure = await failureOfDecoding(cutShort(whole, join(folder, `cut.${ending}`), 0.6));
    const { foundSeconds, promisedSeconds } = truncation(failure);
    expect(foundSeconds).toBeGreaterThan(1);
    expect(foundSeconds).toBeLessThan(2.2);
    expect(promisedSeconds).toBeCloseTo(3, 0);
  });

  it.skipIf(!hasProgram('ffmpeg')).each([
    ['Ogg Vorbis', 'song.ogg', ['-c:a', 'libvorbis']],
    ['Opus', 'song.opus', ['-c:a', 'libopus']],
    ['M4A', 'song.m4a', ['-c:a', 'aac']],
  ] as const)('of the kind %s, which promises nothing, is called damaged', async (format, name, args) => {
    const folder = temporaryFolder();
    const wav = join(folder, 'whole.wav');
    await writeWav(wav, song(3, 2, 48_000), '16');
    const whole = ffmpeg(wav, join(folder, name), ...args);
    const failure = await failureOfDecoding(cutShort(whole, join(folder, `cut-${name}`), 0.6));
    expect(failure).toMatchObject({ code: 'corrupt', format });
  });

  it.skipIf(!hasProgram('ffmpeg')).each([
    ['MP3', 'song.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']],
    ['FLAC', 'song.flac', ['-sample_fmt', 's16']],
  ] as const)('of the kind %s with a hole in its midst is called damaged', async (format, name, args) => {
    const folder = temporaryFolder();
    const wav = join(folder, 'whole.wav');
    await writeWav(wav, song(6), '16');
    const path = ffmpeg(wav, join(folder, name), ...args);
    const bytes = readFileSync(path);
    const middle = Math.round(bytes.length / 2);
    bytes.fill(0x55, middle, middle + 20_000);
    writeFileSync(path, bytes);
    expect(await failureOfDecoding(path)).toMatchObject({ code: 'corrupt', format });
  });

  it('whose header makes no sense says what is wrong with it', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'song.wav');
    await writeWav(wav, tone(440, 0.2), '16');
    const bytes = readFileSync(wav);
    const broken = (at: number, value: number): string => {
      const copy = Buffer.from(bytes);
      copy.writeUInt16LE(value, at);
      return fileOf('song.wav', copy);
    };
    expect(await failureOfDecoding(broken(22, 0))).toMatchObject({ code: 'corrupt', reason: /no channels/ });
    expect(await failureOfDecoding(broken(32, 7))).toMatchObject({
      code: 'corrupt',
      reason: /cannot be 7 bytes/,
    });
    expect(await failureOfDecoding(fileOf('song.wav', bytes.subarray(0, 40)))).toMatchObject({
      code: 'corrupt',
      reason: /no audio data/,
    });
  });
});

describe('a protected or foreign file', () => {
  it.skipIf(!hasProgram('ffmpeg'))('with DRM is called protected', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'song.wav');
    await writeWav(wav, tone(440, 1), '16');
    const bytes = readFileSync(ffmpeg(wav, join(folder, 'song.m4a'), '-c:a', 'aac'));
    bytes.write('drms', bytes.indexOf('mp4a', bytes.indexOf('stsd')), 'latin1');
    const path = fileOf('song.m4p', bytes);
    expect(await failureOfDecoding(path)).toEqual({ code: 'protected', path });
  });

  it.skipIf(!hasProgram('ffmpeg'))('that needs ffmpeg says so where there is none', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'song.wav');
    await writeWav(wav, tone(440, 1), '16');
    const path = ffmpeg(wav, join(folder, 'song.m4a'), '-c:a', 'aac');
    const before = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect(await failureOfDecoding(path)).toEqual({ code: 'needsFfmpeg', path, format: 'AAC (M4A)' });
    } finally {
      process.env['PATH'] = before;
    }
  });
});

describe('the stage that reads a song', () => {
  const wavOf = async (
    audio: Parameters<typeof writeWav>[1],
    format: '16' | '32f' = '32f',
  ): Promise<string> => {
    const path = join(temporaryFolder(), 'song.wav');
    await writeWav(path, audio, format);
    return path;
  };

  it('takes an 8 kHz mono file at 48 kHz, and a 192 kHz one too', async () => {
    for (const sampleRate of [8_000, 192_000]) {
      const { result } = await readSong(await wavOf(tone(440, 1, sampleRate)));
      expect(result).toMatchObject({
        ok: true,
        value: {
          values: { sampleRate: 48_000, channelCount: 1, frames: 48_000, sourceSampleRate: sampleRate },
          files: { mix: 'mix.wav', peaks: 'mix.peaks' },
        },
      });
    }
  });

  it('takes 32 channels as their mean', async () => {
    const { result, folder } = await readSong(await wavOf(song(0.5, 32)));
    expect(result).toMatchObject({
      ok: true,
      value: { values: { channelCount: 1, sourceChannelCount: 32 } },
    });
    const { audio } = await decoded(join(folder, 'mix.wav'));
    const source = song(0.5, 32);
    const mean = source.channels.reduce((sum, channel) => sum + (channel[1000] ?? 0), 0) / 32;
    expect(audio.channels[0]?.[1000]).toBeCloseTo(mean, 6);
  });

  it('refuses silence, and what is quieter than -80 dBFS', async () => {
    const silent = await readSong(await wavOf(silence(1)));
    expect(silent.result).toMatchObject({ ok: false, failure: { code: 'silent', peakDecibels: -200 } });
    const faint = await readSong(await wavOf(tone(440, 1, 44_100, 0.00005)));
    expect(faint.result).toMatchObject({ ok: false, failure: { code: 'silent' } });
    expect((await readSong(await wavOf(tone(440, 1, 44_100, 0.0002)))).result.ok).toBe(true);
  });

  it('refuses less than a tenth of a second', async () => {
    const { result } = await readSong(await wavOf(tone(440, 0.09)));
    expect(result).toMatchObject({ ok: false, failure: { code: 'tooShort', minimumSeconds: 0.1 } });
  });

  it('leaves nothing in its folder when it fails', async () => {
    const folder = temporaryFolder();
    const cut = cutShort(await wavOf(song(2)), join(folder, 'cut.wav'), 0.5);
    const runs = [await readSong(await wavOf(silence(1))), await readSong(cut)];
    for (const run of runs) expect(readdirSync(run.folder)).toEqual([]);
  });

  it('stops within a moment of being cancelled and leaves nothing', async () => {
    const path = await wavOf(song(20, 2, 32_000));
    const controller = new AbortController();
    const folder = join(temporaryFolder(), 'stage');
    setTimeout(() => controller.abort(), 30);
    const began = performance.now();
    await expect(readSong(path, { signal: controller.signal, folder })).rejects.toMatchObject({
      name: 'Cancelled',
    });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reports progress that never falls, and ends at 1', async () => {
    const { fractions } = await readSong(await wavOf(song(5)));
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('gives the same bytes for the same song', async () => {
    const path = await wavOf(song(1, 2, 96_000));
    const [first, second] = [await readSong(path), await readSong(path)];
    for (const name of ['mix.wav', 'mix.peaks']) {
      expect(readFileSync(join(first.folder, name)).equals(readFileSync(join(second.folder, name)))).toBe(
        true,
      );
    }
  });
});

describe('a folder', () => {
  it('of 5,000 entries with links in a circle is listed quickly, and only its audio', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'a.wav');
    await writeWav(wav, tone(440, 0.2), '16');
    const audio = readFileSync(wav);
    mkdirSync(join(folder, 'deep', 'deeper'), { recursive: true });
    for (let index = 0; index < 5000; index++) {
      writeFileSync(join(folder, 'deep', `note ${index}.txt`), `note ${index}`);
    }
    writeFileSync(join(folder, 'deep', 'no ending'), audio);
    writeFileSync(join(folder, 'deep', 'deeper', 'B.FLAC'), 'fLaC');
    writeFileSync(join(folder, '.hidden.wav'), audio);
    symlinkSync(folder, join(folder, 'deep', 'deeper', 'up'));
    symlinkSync(join(folder, 'deep'), join(folder, 'again'));
    symlinkSync('nowhere', join(folder, 'broken.wav'));
    symlinkSync('itself.wav', join(folder, 'itself.wav'));
    const began = performance.now();
    const listed = await listAudioFiles(folder, neverAborted);
    expect(performance.now() - began).toBeLessThan(5000);
    if (!listed.ok) throw new Error(listed.failure.code);
    const names = listed.value.map(path => path.split('/').at(-1));
    expect(names.flatMap(name => name ?? []).toSorted(compareText)).toEqual(['B.FLAC', 'a.wav', 'no ending']);
    expect(listed.value).toEqual(listed.value.toSorted());
  });

  it('without audio says how many entries it has', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(folder, name), 'text');
    expect(await listAudioFiles(folder, neverAborted)).toEqual({
      ok: false,
      failure: { code: 'noAudioFiles', path: folder, entries: 2 },
    });
  });
});
