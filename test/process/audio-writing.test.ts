import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createWavWriter,
  encodeMp3,
  MP3_KILOBITS,
  openWav,
  readPeaks,
  readWav,
  writeWav,
} from '#main/platform';
import type { PlanarAudio } from '#shared/model';
import { clicks, nullDecibels, silence, song, together, tone } from '#test/audio';
import {
  decoded,
  decodedByFfmpeg,
  hasProgram,
  neverAborted,
  runTool,
  temporaryFolder,
} from '#test/audio-files';
import { readSong } from '#test/audio-stage';

const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; failure: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** Writes in pieces of odd lengths, as a render does. */
async function writeInPieces(path: string, audio: PlanarAudio, format: '16' | '24' | '32f'): Promise<void> {
  const { sampleRate, channels } = audio;
  const writer = await createWavWriter(path, {
    sampleRate,
    channelCount: channels.length,
    format,
    ditherSeed: 7,
  });
  for (
    let start = 0, size = 1;
    start < (channels[0]?.length ?? 0);
    start += size, size = (size * 3 + 1) % 70_001
  ) {
    await writer.write({
      sampleRate,
      channels: channels.map(channel => channel.subarray(start, start + size)),
    });
  }
  await writer.finish();
}

describe('writing a WAV', () => {
  it('gives every float back in 32f, and half a step in 24 bits, mono or with many channels', async () => {
    const folder = temporaryFolder();
    for (const channelCount of [1, 2, 6, 20]) {
      const audio = song(0.5, channelCount);
      await writeInPieces(join(folder, 'f.wav'), audio, '32f');
      expect(nullDecibels(valueOf(await readWav(join(folder, 'f.wav'))), audio)).toBe(-Infinity);
      await writeInPieces(join(folder, 'i.wav'), audio, '24');
      expect(nullDecibels(valueOf(await readWav(join(folder, 'i.wav'))), audio)).toBeLessThan(-144);
    }
  });

  it('dithers 16 bits the same for the same seed, whatever the pieces, and otherwise for another', async () => {
    const folder = temporaryFolder();
    const [a, b, c] = ['a.wav', 'b.wav', 'c.wav'].map(name => join(folder, name)) as [string, string, string];
    const audio = song(2);
    await writeInPieces(a, audio, '16');
    await writeWav(b, audio, '16', 7);
    await writeWav(c, audio, '16', 8);
    const [one, two, other] = [a, b, c].map(path => readFileSync(path).subarray(-352_800)) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    expect(one.equals(two)).toBe(true);
    expect(one.equals(other)).toBe(false);
    expect(nullDecibels(valueOf(await readWav(a)), audio)).toBeLessThan(20 * Math.log10(1.51 / 32_768));
  });

  it.skipIf(!hasProgram('ffprobe') || !hasProgram('sox'))('is understood by ffprobe and sox', async () => {
    const path = join(temporaryFolder(), 'song.wav');
    for (const [format, codec] of [
      ['16', 'pcm_s16le'],
      ['24', 'pcm_s24le'],
      ['32f', 'pcm_f32le'],
    ] as const) {
      await writeInPieces(path, song(0.7), format);
      const entries = 'stream=codec_name,channels,sample_rate,duration_ts';
      const probed = runTool('ffprobe', '-v', 'error', '-show_entries', entries, '-of', 'csv=p=0', path);
      expect(probed.toString().trim()).toBe(`${codec},44100,2,30870`);
      expect(runTool('soxi', '-s', path).toString().trim()).toBe('30870');
      const ours = valueOf(await readWav(path));
      expect(nullDecibels(ours, decodedByFfmpeg(path, 2, 44_100))).toBe(-Infinity);
    }
  });

  it('appears under its name only when it is finished, and not at all when given up', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'song.wav');
    const writer = await createWavWriter(path, { sampleRate: 44_100, channelCount: 1, format: '32f' });
    await writer.write(tone(440, 1));
    expect(readdirSync(folder)).not.toContain('song.wav');
    await writer.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reads any part of it', async () => {
    const path = join(temporaryFolder(), 'song.wav');
    const audio = song(1);
    await writeWav(path, audio, '32f');
    const file = valueOf(await openWav(path));
    const part = await file.read(12_345, 1000);
    expect(part.channels[1]).toEqual(audio.channels[1]?.slice(12_345, 13_345));
    expect((await file.read(44_000, 1000)).channels[0]).toHaveLength(100);
    expect((await file.read(-10, 20)).channels[0]).toHaveLength(10);
    await file.close();
  });
});

const durationByFfprobe = (path: string): number =>
  Number(runTool('ffprobe', '-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path));

describe('encoding an MP3', () => {
  const encoded = async (audio: PlanarAudio, kilobits: (typeof MP3_KILOBITS)[number]): Promise<string> => {
    const folder = temporaryFolder();
    await writeWav(join(folder, 'song.wav'), audio, '32f');
    valueOf(
      await encodeMp3(join(folder, 'song.wav'), join(folder, 'song.mp3'), { kilobits, signal: neverAborted }),
    );
    expect(readdirSync(folder).toSorted()).toEqual(['song.mp3', 'song.wav']);
    return join(folder, 'song.mp3');
  };

  it.skipIf(!hasProgram('ffmpeg')).each([
    [44_100, 2, 192],
    [44_100, 1, 32],
    [48_000, 2, 320],
    [32_000, 2, 128],
  ] as const)(
    'at %i Hz, %i channels, %i kbit/s has its exact length in ffmpeg and here',
    async (rate, count, kilobits) => {
      const audio = song(2.345, count, rate);
      const frames = audio.channels[0]?.length ?? 0;
      const path = await encoded(audio, kilobits);
      const ours = await decoded(path);
      expect(ours.frames).toBe(frames);
      expect(ours.audio.channels[0]).toHaveLength(frames);
      const theirs = decodedByFfmpeg(path, count, rate);
      expect(theirs.channels[0]).toHaveLength(frames);
      // ffprobe adds up the MPEG frames, padding and all, of LAME's own files too.
      const mpegFrames = Math.ceil((frames + 576 + 529) / 1152);
      expect(durationByFfprobe(path)).toBeCloseTo((mpegFrames * 1152) / rate, 5);
      expect(statSync(path).size / (frames / rate)).toBeLessThan(kilobits * 125 * 1.05 + 400);
    },
  );

  it('keeps every click on its frame', async () => {
    const times = [0.25, 0.5, 1.111];
    const { audio } = await decoded(await encoded(clicks(times, 1.5), 320));
    const samples = audio.channels[0] ?? new Float32Array(0);
    for (const time of times) {
      const at = Math.round(time * 44_100);
      const nearby = [...samples.subarray(at - 200, at + 200)].map(Math.abs);
      expect(nearby.indexOf(Math.max(...nearby))).toBe(200);
    }
  });

  it('converts a 96 kHz WAV to 48 kHz', async () => {
    const ours = await decoded(await encoded(tone(1000, 1, 96_000), 192));
    expect(ours.audio.sampleRate).toBe(48_000);
    expect(ours.audio.channels[0]).toHaveLength(48_000);
  });

  it('leaves nothing when it is cancelled', async () => {
    const folder = temporaryFolder();
    await writeWav(join(folder, 'song.wav'), song(5), '32f');
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const options = { kilobits: 192, signal: controller.signal } as const;
    const encoding = encodeMp3(join(folder, 'song.wav'), join(folder, 'song.mp3'), options);
    await expect(encoding).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual(['song.wav']);
  });
});

describe('the stage that reads a song', () => {
  it('writes a 44.1 kHz song as it is, with its peaks', async () => {
    const path = join(temporaryFolder(), 'song.wav');
    const audio = song(2);
    await writeWav(path, audio, '32f');
    const { folder } = await readSong(path);
    expect(nullDecibels(valueOf(await readWav(join(folder, 'mix.wav'))), audio)).toBe(-Infinity);
    const peaks = valueOf(await readPeaks(join(folder, 'mix.peaks')));
    expect(peaks).toHaveLength(2 * Math.ceil(88_200 / 512));
    const mean = audio.channels[0]
      ?.subarray(512, 1024)
      .map((value, at) => (value + (audio.channels[1]?.[512 + at] ?? 0)) / 2);
    expect(peaks[2]).toBe(Math.min(...(mean ?? [])));
    expect(peaks[3]).toBe(Math.max(...(mean ?? [])));
  });

  it.skipIf(!hasProgram('sox'))('resamples as well as sox at its best', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'song.wav');
    await writeWav(path, together([tone(1000, 2, 96_000), tone(15_000, 2, 96_000)]), '32f');
    const run = await readSong(path);
    const theirs = join(folder, 'sox.wav');
    runTool('sox', path, '-b', '32', '-e', 'floating-point', theirs, 'rate', '-v', '48000');
    const middle = ({ sampleRate, channels }: PlanarAudio): PlanarAudio => ({
      sampleRate,
      channels: channels.map(channel => channel.slice(2000, -2000)),
    });
    const ours = valueOf(await readWav(join(run.folder, 'mix.wav')));
    expect(ours.channels[0]).toHaveLength(96_000);
    // 32-bit floats at this level differ by up to -150 dB from rounding alone.
    expect(nullDecibels(middle(ours), middle(valueOf(await readWav(theirs))))).toBeLessThan(-120);
  });

  it('keeps silence between sounds', async () => {
    const path = join(temporaryFolder(), 'song.wav');
    const { sampleRate, channels } = silence(1);
    channels[0]?.fill(0.5, 0, 10);
    await writeWav(path, { sampleRate, channels }, '32f');
    expect((await readSong(path)).result.ok).toBe(true);
  });
});
