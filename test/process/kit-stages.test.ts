import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KitSong, kitStage } from '#main/pipeline/preprocess/kit';
import { slicesStage } from '#main/pipeline/preprocess/slices';
import { Cancelled } from '#main/pipeline/stage';
import { readWav } from '#main/platform';
import { peakOf } from '#shared/analysis';
import { SlicesFileSchema } from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { atTimes, closedHat, kick, snare, tom } from '#test/hits';
import { kitOf, residueDecibels, type Stem, slicesOf, writeStem } from '#test/kit-line';
import { runStageIn } from '#test/stage-run';

const RATE = 44_100;
const frameOf = (time: number): number => Math.round(time * RATE);

/** Two bars: each drum comes back several times; one snare is a flam. */
const BEATS = [
  { at: 0.1, audio: kick({ level: 0.7 }) },
  { at: 0.6, audio: snare({ level: 0.5 }) },
  { at: 0.625, audio: snare({ level: 0.7, stroke: 'flam' }) },
  { at: 1.1, audio: kick({ level: 0.6 }) },
  { at: 1.35, audio: closedHat({ level: 0.2 }) },
  { at: 1.6, audio: snare({ level: 0.6, stroke: 'backbeat' }) },
  { at: 2.1, audio: tom({ level: 0.5 }) },
  { at: 3.2, audio: kick({ level: 0.65 }) },
];
const ONSETS = BEATS.map(({ at }) => frameOf(at));

const stereo = (gain: number) => {
  const { samples, sampleRate } = atTimes(BEATS, 4);
  return {
    sampleRate,
    channels: [samples.map(value => value * gain), samples.map(value => value * gain * 0.5)],
  };
};

async function songIn(folder: string, name: string, gain: number): Promise<{ stem: Stem; song: KitSong }> {
  const stem = await writeStem(join(folder, name), stereo(gain), ONSETS);
  return { stem, song: await slicesOf(join(folder, `${name}-slices`), name, stem) };
}

describe('slices', () => {
  it('writes one line a slice that together are the documented file', async () => {
    const { song } = await songIn(temporaryFolder(), 'a', 0.9);
    const text = readFileSync(song.slices.path, 'utf8');
    const file = SlicesFileSchema.parse(JSON.parse(text));
    expect(file.slices.map(slice => slice.onset_frame)).toEqual(ONSETS.filter((_, index) => index !== 2));
    expect(text.split('\n')).toHaveLength(file.slices.length + 3);
    expect(file.slices[1]).toMatchObject({ flam_frames: frameOf(0.625) - frameOf(0.6) });
    expect(file.slices.filter(slice => slice.flam_frames !== null)).toHaveLength(1);
    expect(Math.max(...file.slices.map(slice => slice.velocity))).toBe(1);
    expect(file.slices[3]?.velocity).toBeLessThan(0.5);
  });

  it('cuts the strokes of a flam apart when asked to', async () => {
    const folder = temporaryFolder();
    const stem = await writeStem(join(folder, 'stem'), stereo(0.9), ONSETS);
    const { slices } = await slicesOf(join(folder, 'slices'), 'a', stem, { flams: 'split' });
    const file = SlicesFileSchema.parse(JSON.parse(readFileSync(slices.path, 'utf8')));
    expect(file.slices).toHaveLength(ONSETS.length);
    expect(file.slices.every(slice => slice.flam_frames === null)).toBe(true);
  });

  it('refuses a stem without hits, and onsets that are none', async () => {
    const folder = temporaryFolder();
    const stem = await writeStem(join(folder, 'stem'), stereo(0.9), []);
    expect(await runStageIn(slicesStage, folder, stem)).toMatchObject({
      ok: false,
      failure: { code: 'noHits', seconds: 4 },
    });
    await writeFile(stem.onsets.path, '{"sampleRate": 44100');
    expect(await runStageIn(slicesStage, folder, stem)).toMatchObject({
      ok: false,
      failure: { code: 'badFile', path: stem.onsets.path },
    });
  });
});

describe('kit', () => {
  it('cancels to below -90 dBFS when every slice is laid back over the stem', async () => {
    const folder = temporaryFolder();
    const loud = await songIn(folder, 'loud', 0.9);
    for (const [name, options] of [
      ['normalised', {}],
      ['plain', { normalise: false }],
    ] as const) {
      const kit = await kitOf(join(folder, name), [loud.song], { threshold: 1, ...options });
      expect(kit.manifest.slices).toHaveLength(ONSETS.length - 1);
      expect(await residueDecibels(kit, loud.stem.drums)).toBeLessThan(-120);
    }
  });

  it('brings every peak to -1 dBFS and names the WAVs as the seed does', async () => {
    const folder = temporaryFolder();
    const soft = await songIn(folder, 'soft', 0.3);
    const { folder: path, manifest } = await kitOf(join(folder, 'peaks'), [soft.song]);
    expect(manifest.slices.map(slice => slice.file)).toEqual(
      manifest.slices.map((_, index) => `dummy_${String(index + 1).padStart(5, '0')}.wav`),
    );
    for (const slice of manifest.slices) {
      const wav = await readWav(join(path, slice.file));
      const peak = wav.ok ? peakOf(wav.value) : 0;
      expect(20 * Math.log10(peak)).toBeCloseTo(-1, 3);
      expect(wav.ok && wav.value.channels[0]?.length).toBe(slice.frames);
    }
  });

  it('keeps one of each drum, and lists the others as its duplicates', async () => {
    const folder = temporaryFolder();
    const loud = await songIn(folder, 'loud', 0.9);
    const { manifest } = await kitOf(join(folder, 'one'), [loud.song]);
    const kicks = manifest.slices.filter(({ onset_frame, duplicates }) =>
      [onset_frame, ...duplicates.map(twin => twin.onset_frame)].includes(frameOf(0.1)),
    );
    expect(kicks).toHaveLength(1);
    const family = kicks.flatMap(({ onset_frame, duplicates }) => [
      onset_frame,
      ...duplicates.map(twin => twin.onset_frame),
    ]);
    expect(family.sort((a, b) => a - b)).toEqual([0.1, 1.1, 3.2].map(frameOf));
    expect(manifest.counts.kept + manifest.counts.dropped).toBe(manifest.counts.hits);
    expect(manifest.counts.kept).toBe(manifest.slices.length);
  });

  it('makes the same kit of several songs in whatever order they come', async () => {
    const folder = temporaryFolder();
    const loud = await songIn(folder, 'loud', 0.9);
    const soft = await songIn(folder, 'soft', 0.3);
    const forth = await kitOf(join(folder, 'forth'), [loud.song, soft.song]);
    const back = await kitOf(join(folder, 'back'), [soft.song, loud.song]);
    expect(back.manifest).toEqual(forth.manifest);
    expect(forth.manifest.counts.songs).toBe(2);
    const names = readdirSync(forth.folder).sort();
    expect(names).toEqual([...forth.manifest.slices.map(slice => slice.file), 'kit_manifest.json'].sort());
    for (const name of names)
      expect(readFileSync(join(back.folder, name)).equals(readFileSync(join(forth.folder, name)))).toBe(true);
  });

  it('refuses a slices file that was cut short', async () => {
    const folder = temporaryFolder();
    const cutShort = await songIn(folder, 'short', 0.9);
    truncateSync(cutShort.song.slices.path, 3000);
    const target = join(folder, 'refused');
    await mkdir(target);
    expect(await runStageIn(kitStage, target, { songs: [cutShort.song] })).toMatchObject({
      ok: false,
      failure: { code: 'badFile', path: cutShort.song.slices.path },
    });
  });

  it('stops when it is cancelled', async () => {
    const folder = temporaryFolder();
    const loud = await songIn(folder, 'loud', 0.9);
    const target = join(folder, 'cancelled');
    await mkdir(target);
    const aborted = AbortSignal.abort();
    await expect(runStageIn(kitStage, target, { songs: [loud.song] }, aborted)).rejects.toThrow(Cancelled);
  });
});
