import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import tonejsMidi from '@tonejs/midi';
import { readWav } from '#main/platform';
import {
  EventGridSchema,
  type GridEvent,
  GridFileSchema,
  KitManifestSchema,
  type ManifestSlice,
} from '#shared/model';
import { backbeat, type CliAnswer, suiteFolder } from '#test/cli';
import { DEMO_SONG, materialFiles } from '#test/material';
import { beforeAll, describe, expect, it } from 'vitest';

const songs = materialFiles('mdb-drums/sep/mix');

/** The file `stem_N.extension` with the highest N. */
function newest(folder: string, stem: string, extension: string): string {
  const numbers = readdirSync(folder).flatMap(name => {
    const match = new RegExp(`^${stem}_(\\d+)\\${extension}$`).exec(name);
    return match ? [Number(match[1])] : [];
  });
  return join(folder, `${stem}_${Math.max(...numbers)}${extension}`);
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The lag, within `reach` frames of `expected`, at which `audio` is most like `sound` (normalised correlation). */
function bestLag(audio: Float32Array, sound: Float32Array, expected: number, reach: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let lag = 0;
  for (let candidate = expected - reach; candidate <= expected + reach; candidate++) {
    let match = 0;
    let energy = 1e-12;
    for (let frame = 0; frame < sound.length; frame++) {
      const value = audio[candidate + frame] ?? 0;
      match += value * sound[frame]!;
      energy += value * value;
    }
    const likeness = match / Math.sqrt(energy);
    if (likeness > best) {
      best = likeness;
      lag = candidate;
    }
  }
  return lag;
}

/** Whether `other` may still sound, or begins, while the attack of `event` is looked at. */
function overlaps(other: GridEvent, event: GridEvent, slices: readonly ManifestSlice[]): boolean {
  const slice = slices.find(each => each.sample_id === other.sample_id);
  const seconds = slice ? slice.frames / slice.sample_rate : 0;
  return other.start < event.start + 0.04 && other.start + seconds > event.start;
}

describe.each(songs.length > 0 ? songs : [DEMO_SONG])('the whole line on %s', song => {
  const name = basename(song, extname(song));
  const home = suiteFolder();
  const out = join(home, 'out');
  let answer: CliAnswer;
  let events: GridEvent[];
  let bpm: number;

  beforeAll(async () => {
    answer = await backbeat(home, ['run', song, '--out', out, '--bars', '4', '--seed', '3']);
    events = EventGridSchema.parse(json(newest(out, 'event_grid', '.json')));
    bpm = GridFileSchema.parse(json(newest(out, 'grid', '.json'))).bpm;
  });

  it('finishes and says where the files lie', () => {
    expect(answer.stderr).not.toMatch(/backbeat:/);
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain(join(out, `${name}.wav`));
    expect(answer.stdout).toContain(join(out, `${name}.mp3`));
  });

  it('writes a WAV that sox reads and an MP3 that ffprobe reads, of one length', async () => {
    const seconds = Number(execFileSync('soxi', ['-D', join(out, `${name}.wav`)], { encoding: 'utf8' }));
    const probed = execFileSync(
      'ffprobe',
      ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', join(out, `${name}.mp3`)],
      { encoding: 'utf8' },
    );
    expect(seconds).toBeGreaterThan(4);
    expect(Math.abs(Number(probed) - seconds)).toBeLessThan(0.06);
  });

  it('writes MIDI whose onsets another parser reads within half a tick', () => {
    const midi = new tonejsMidi.Midi(readFileSync(newest(out, 'notes', '.mid')));
    const read = midi.tracks.flatMap(track => track.notes.map(note => note.time)).sort((a, b) => a - b);
    const wanted = events.map(event => event.start).sort((a, b) => a - b);
    expect(read).toHaveLength(wanted.length);
    const worst = Math.max(...wanted.map((time, index) => Math.abs(time - (read[index] ?? Number.NaN))));
    expect(worst * 1000).toBeLessThanOrEqual(31.25 / bpm + 1e-6);
  });

  it('renders every lone hit within a frame of its event', async () => {
    const manifest = KitManifestSchema.parse(json(join(out, 'kit', 'kit_manifest.json')));
    let checked = 0;
    // A role that the song has no sound for is silent, and has no stem.
    const sounding = events.filter(event =>
      manifest.slices.some(slice => slice.sample_id === event.sample_id),
    );
    for (const role of new Set(sounding.map(event => event.role))) {
      const stem = await readWav(join(out, `${name}_stems`, `${role}.wav`));
      if (!stem.ok) throw new Error(stem.failure.code);
      const { sampleRate, channels } = stem.value;
      const own = events.filter(event => event.role === role);
      for (const event of own) {
        const isLone = own.every(other => other === event || !overlaps(other, event, manifest.slices));
        const slice = manifest.slices.find(each => each.sample_id === event.sample_id);
        if (!isLone || !slice || slice.sample_rate !== sampleRate) continue;
        const wav = await readWav(join(out, 'kit', slice.file));
        if (!wav.ok) throw new Error(wav.failure.code);
        const attack =
          wav.value.channels[0]?.slice(slice.onset_offset, slice.onset_offset + 1200) ?? new Float32Array();
        const expected = Math.round(event.start * sampleRate);
        expect(
          Math.abs(bestLag(channels[0] ?? new Float32Array(), attack, expected, 40) - expected),
        ).toBeLessThanOrEqual(1);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(3);
  });

  it('writes stems that sum to the mix within the rounding of 24 bits', async () => {
    const mix = await readWav(join(out, `${name}.wav`));
    if (!mix.ok) throw new Error(mix.failure.code);
    const sum = mix.value.channels.map(channel => new Float64Array(channel.length));
    const folder = join(out, `${name}_stems`);
    const files = readdirSync(folder);
    for (const file of files) {
      const stem = await readWav(join(folder, file));
      if (!stem.ok) throw new Error(stem.failure.code);
      stem.value.channels.forEach((channel, side) =>
        channel.forEach((value, frame) => (sum[side]![frame]! += value)),
      );
    }
    let worst = 0;
    mix.value.channels.forEach((channel, side) =>
      channel.forEach((value, frame) => (worst = Math.max(worst, Math.abs(value - sum[side]![frame]!)))),
    );
    expect(worst).toBeLessThanOrEqual(((files.length + 1) * 0.5) / 2 ** 23);
  });
});
