import { mkdirSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPeaks, readWav, writeWav } from '#main/platform';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import { separateStage } from '#main/pipeline/preprocess/separate';
import { tempoStage } from '#main/pipeline/preprocess/tempo';
import { Cancelled, type FileRef } from '#main/pipeline/stage';
import { OnsetsFileSchema } from '#shared/analysis';
import { PEAK_FRAMES } from '#shared/dsp';
import { type PlanarAudio, TempoSchema } from '#shared/model';
import { silence, song, together } from '#test/audio';
import { temporaryFolder } from '#test/audio-files';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { filesOf, refOf, runStageIn } from '#test/stage-run';

/** Pitched sound on both sides and drums in the middle: `seconds` of 120 BPM. */
function mixOf(seconds: number): PlanarAudio {
  const [drums = new Float32Array()] = drumTrack(rockBars(120, Math.ceil(seconds / 2)), seconds).channels;
  const rest = song(seconds);
  return {
    ...rest,
    channels: rest.channels.map(channel => channel.map((value, frame) => 0.3 * value + (drums[frame] ?? 0))),
  };
}

async function written(audio: PlanarAudio, name = 'audio.wav'): Promise<FileRef> {
  const path = join(temporaryFolder(), name);
  await writeWav(path, audio, '32f');
  return refOf(path);
}

async function audioOf(file: FileRef | undefined): Promise<PlanarAudio> {
  const read = await readWav(file?.path ?? '');
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

function emptyFolder(): string {
  const folder = join(temporaryFolder(), 'stage');
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function separatedTrack(seconds = 16) {
  const mix = await written(mixOf(seconds));
  return { mix, ...(await filesOf(separateStage, emptyFolder(), { mix, method: 'hpss' })) };
}

describe('separate', () => {
  it('writes drums and residual whose sum is the mix, with an overview of each', async () => {
    const { mix, values, files } = await separatedTrack(3);
    const [drums, residual, whole] = await Promise.all([files['drums'], files['residual'], mix].map(audioOf));
    expect(values).toEqual({
      sampleRate: 44_100,
      channelCount: 2,
      frames: 132_300,
      stems: ['drums', 'residual'],
    });
    let worst = 0;
    whole?.channels.forEach((channel, index) => {
      channel.forEach((value, frame) => {
        const sum = (drums?.channels[index]?.[frame] ?? 0) + (residual?.channels[index]?.[frame] ?? 0);
        worst = Math.max(worst, Math.abs(sum - value));
      });
    });
    expect(worst).toBeLessThan(1e-6);
    const peaks = await readPeaks(files['drumsPeaks']?.path ?? '');
    expect(peaks.ok && peaks.value.length).toBe(2 * Math.ceil(132_300 / PEAK_FRAMES));
  });

  it('writes the same bytes each time', async () => {
    const mix = await written(mixOf(2));
    const [first, second] = [
      await filesOf(separateStage, emptyFolder(), { mix, method: 'hpss' }),
      await filesOf(separateStage, emptyFolder(), { mix, method: 'hpss' }),
    ];
    for (const [name, file] of Object.entries(first.files))
      expect(second.files[name]?.sha256).toBe(file.sha256);
  });

  it('takes an empty mix', async () => {
    const mix = await written(silence(0));
    const { values } = await filesOf(separateStage, emptyFolder(), { mix, method: 'hpss' });
    expect(values.frames).toBe(0);
  });

  it('says which file is not there', async () => {
    const mix: FileRef = { kind: 'file', path: join(temporaryFolder(), 'gone.wav'), sha256: '' };
    const result = await runStageIn(separateStage, emptyFolder(), { mix, method: 'hpss' });
    expect(result).toEqual({ ok: false, failure: { code: 'notFound', path: mix.path } });
  });
});

describe('onsets and tempo', () => {
  it('find the strokes and the beat of a song whose drums were separated', async () => {
    const { files } = await separatedTrack();
    const folder = emptyFolder();
    const found = await filesOf(onsetsStage, folder, { drums: files['drums'] });
    const file = OnsetsFileSchema.parse(JSON.parse(await readFile(join(folder, 'onsets.json'), 'utf8')));
    expect(file.onsets).toHaveLength(found.values.count);
    const eighths = file.onsets.filter(({ time }) => Math.abs(4 * time - Math.round(4 * time)) < 0.04);
    expect(eighths.length).toBeGreaterThan(60);
    const tempo = await filesOf(tempoStage, emptyFolder(), {
      drums: files['drums'],
      onsets: found.files['onsets'],
    });
    expect(TempoSchema.parse(tempo.values).bpm).toBeCloseTo(120, 0);
  });

  it('answer no onsets and no tempo for silence', async () => {
    const drums = await written(silence(2));
    const found = await filesOf(onsetsStage, emptyFolder(), { drums });
    expect(found.values.count).toBe(0);
    const tempo = await filesOf(tempoStage, emptyFolder(), { drums, onsets: found.files['onsets'] });
    expect(tempo.values).toBeNull();
  });

  it('says what is wrong with an onsets file made by hand', async () => {
    const drums = await written(silence(1));
    const path = join(temporaryFolder(), 'onsets.json');
    await writeFile(path, '{"sampleRate": 44100, "onsets": [{"time": -1, "frame": 0, "strength": 1}]}');
    const result = await runStageIn(tempoStage, emptyFolder(), { drums, onsets: await refOf(path) });
    expect(result).toMatchObject({ ok: false, failure: { code: 'badFile', path } });
    await writeFile(path, '{"sampleRate": 44100,');
    expect(await runStageIn(tempoStage, emptyFolder(), { drums, onsets: await refOf(path) })).toMatchObject({
      ok: false,
      failure: { code: 'badFile', path },
    });
  });
});

describe.each([
  ['separate', separateStage],
  ['onsets', onsetsStage],
  ['tempo', tempoStage],
] as const)('%s', (name, stage) => {
  async function inputs(seconds: number): Promise<Record<string, unknown>> {
    const file = await written(together([drumTrack(rockBars(120, Math.ceil(seconds / 2)), seconds)]));
    if (name === 'separate') return { mix: file, method: 'hpss' };
    if (name === 'onsets') return { drums: file };
    const onsets = await filesOf(onsetsStage, emptyFolder(), { drums: file });
    return { drums: file, onsets: onsets.files['onsets'] };
  }

  it('reports progress that rises to 1 with its speed in words', async () => {
    const reports: { readonly fraction: number; readonly rate: string | undefined }[] = [];
    await stage.run(stage.input.parse(await inputs(4)) as never, {
      signal: new AbortController().signal,
      folder: emptyFolder(),
      report: (fraction, rate) => reports.push({ fraction, rate }),
    });
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(reports.every(({ rate }) => /^\d+(\.\d)?x real time$/.test(rate ?? ''))).toBe(true);
  });

  it('stops soon after it is cancelled and leaves no audio behind', async () => {
    const folder = emptyFolder();
    const abort = new AbortController();
    let abortedAt = 0;
    const run = stage.run(stage.input.parse(await inputs(30)) as never, {
      signal: abort.signal,
      folder,
      report: fraction => {
        if (fraction < 0.2 || abort.signal.aborted) return;
        abortedAt = performance.now();
        abort.abort();
      },
    });
    await expect(run).rejects.toBeInstanceOf(Cancelled);
    expect(performance.now() - abortedAt).toBeLessThan(500);
    expect(await readdir(folder)).toEqual([]);
  });
});
