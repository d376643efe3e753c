import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeFlac, readWav, writeWav } from '#main/platform';
import { Random } from '#shared/base';
import type { PlanarAudio } from '#shared/model';
import { silence, song, tone } from '#test/audio';
import { decoded, hasProgram, neverAborted, runTool, temporaryFolder } from '#test/audio-files';

const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; failure: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** Full-scale noise, which nothing foretells: every sample of it must be written plain. */
function noise(frames: number): PlanarAudio {
  const random = Random.ofSeed(3).fork('noise');
  const channel = (): Float32Array => Float32Array.from({ length: frames }, () => random.between(-1, 1));
  return { sampleRate: 44_100, channels: [channel(), channel()] };
}

/** The extremes of full scale in turn: the largest differences there are, between frames and between channels. */
function extremes(frames: number): PlanarAudio {
  const channel = (sign: number): Float32Array =>
    Float32Array.from({ length: frames }, (_, frame) => (frame % 2 === 0 ? sign : -sign));
  return { sampleRate: 48_000, channels: [channel(1), channel(-1)] };
}

const MATERIAL: readonly (readonly [string, PlanarAudio])[] = [
  ['a song', song(2.345)],
  ['a song of one channel at 96 kHz', song(0.7, 1, 96_000)],
  ['a tone', tone(1000, 1, 48_000)],
  ['silence', silence(1)],
  ['noise', noise(10_000)],
  ['extremes', extremes(9000)],
  ['a single frame', { sampleRate: 44_100, channels: [Float32Array.of(0.5)] }],
  ['a rate without a code', { ...song(0.3), sampleRate: 50_001 }],
];

describe.skipIf(!hasProgram('flac'))('encoding a FLAC', () => {
  it.each(MATERIAL.flatMap(([name, audio]) => [16, 24].map(bits => [name, bits as 16 | 24, audio] as const)))(
    '%s in %i bits passes flac -t, its MD5 too, and holds the samples of the WAV bit for bit',
    async (_, bits, audio) => {
      const folder = temporaryFolder();
      const [source, wav, flac, back] = ['in.wav', 'out.wav', 'out.flac', 'back.wav'].map(name =>
        join(folder, name),
      ) as [string, string, string, string];
      await writeWav(source, audio, '32f');
      await writeWav(wav, audio, bits === 16 ? '16' : '24', 'seed');
      valueOf(await encodeFlac(source, flac, { bits, ditherSeed: 'seed', signal: neverAborted }));
      expect(readdirSync(folder).toSorted()).toEqual(['in.wav', 'out.flac', 'out.wav']);
      runTool('flac', '-t', '-s', '--warnings-as-errors', flac);
      runTool('flac', '-d', '-s', '-o', back, flac);
      const theirs = valueOf(await readWav(back));
      expect(theirs.channels).toEqual(valueOf(await readWav(wav)).channels);
      expect((await decoded(flac)).audio.channels).toEqual(theirs.channels);
    },
  );

  it('is about as small as flac -5 makes it, and says its tempo', async () => {
    const folder = temporaryFolder();
    const [wav, flac, theirs] = ['in.wav', 'out.flac', 'theirs.flac'].map(name => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeWav(wav, song(4), '24');
    valueOf(await encodeFlac(wav, flac, { bits: 24, comments: { BPM: '120' }, signal: neverAborted }));
    runTool('flac', '-5', '-s', '-o', theirs, wav);
    expect(readFileSync(flac).length).toBeLessThan(readFileSync(theirs).length * 1.03);
    expect(runTool('metaflac', '--show-tag=BPM', flac).toString().trim()).toBe('BPM=120');
  });

  it('leaves nothing when it is cancelled', async () => {
    const folder = temporaryFolder();
    await writeWav(join(folder, 'in.wav'), song(1), '32f');
    const signal = AbortSignal.abort();
    const encoding = encodeFlac(join(folder, 'in.wav'), join(folder, 'out.flac'), { bits: 16, signal });
    await expect(encoding).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual(['in.wav']);
  });
});
