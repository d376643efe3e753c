import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { embedStage } from '#main/pipeline/embed';
import { rolesStage } from '#main/pipeline/roles';
import { Cancelled } from '#main/pipeline/stage';
import { writeWav } from '#main/platform';
import { PerSampleFileSchema } from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { closedHat, kick, snare } from '#test/hits';
import { filesOf, refOf, runStageIn } from '#test/stage-run';

const EAR = {
  kind: 'bundled',
  manifest: await refOf(join(import.meta.dirname, '../../native-models/drum-clap/manifest.json')),
};

async function samplesIn(folder: string) {
  const silence = { sampleRate: 44_100, samples: new Float32Array(4410) };
  const sounds = { kick: kick(), snare: snare(), hat: closedHat(), nothing: silence };
  const samples = [];
  for (const [sampleId, { sampleRate, samples: audio }] of Object.entries(sounds)) {
    const path = join(folder, `${sampleId}.wav`);
    await writeWav(path, { sampleRate, channels: [audio] }, '32f');
    samples.push({ sampleId, file: await refOf(path) });
  }
  return samples;
}

async function stageFolder(folder: string, name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

describe('embed', () => {
  it('gives every sample a vector of length 1, measures and what it is heard as', async () => {
    const folder = temporaryFolder();
    const samples = await samplesIn(folder);
    const { values, files } = await filesOf(embedStage, folder, { samples, ear: EAR });
    const bytes = readFileSync(files['vectors']?.path ?? '');
    expect(bytes.length).toBe(4 * values.size * samples.length);
    const lengths = samples.map((_, row) =>
      Math.hypot(
        ...Array.from({ length: values.size }, (__, at) => bytes.readFloatLE(4 * (row * values.size + at))),
      ),
    );
    for (const [row, length] of lengths.entries()) expect(length).toBeCloseTo(row === 3 ? 0 : 1, 5);
    const [low, , high, nothing] = values.sounds;
    expect(low?.heard?.instruments.kick).toBeGreaterThan(0.4);
    expect(low?.heard?.roles.CORE).toBeGreaterThan(0.4);
    expect(high?.heard?.roles.MOTION).toBeGreaterThan(low?.heard?.roles.MOTION ?? 1);
    expect(high?.measures.brightness).toBeGreaterThan((low?.measures.brightness ?? 9) + 2);
    expect(low?.measures.pitch).not.toBeNull();
    expect(nothing?.heard).toBeNull();
  });

  it('gives the same bytes wherever the samples lie, and stops when it is told to', async () => {
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    const one = await filesOf(embedStage, here, { samples: await samplesIn(here), ear: EAR });
    const other = await filesOf(embedStage, there, { samples: await samplesIn(there), ear: EAR });
    expect(other.files['vectors']?.sha256).toBe(one.files['vectors']?.sha256);
    expect(other.values).toEqual(one.values);
    const abort = new AbortController();
    abort.abort();
    const input = { samples: await samplesIn(here), ear: EAR };
    await expect(
      runStageIn(embedStage, await stageFolder(here, 'cancelled'), input, abort.signal),
    ).rejects.toThrow(Cancelled);
  });

  it("hears with the user's prompts, and refuses prompts with a misspelt key by its name", async () => {
    const folder = temporaryFolder();
    const samples = await samplesIn(folder);
    const text = readFileSync('assets/config/prompts.yaml', 'utf8');
    const path = join(folder, 'mine.yaml');
    await writeFile(path, text.replace('    kick: kick\n', '    kick: thunderstroke\n'));
    const mine = await filesOf(embedStage, await stageFolder(folder, 'mine'), {
      samples,
      ear: EAR,
      prompts: await refOf(path),
    });
    expect(mine.values.sounds[0]?.heard?.description.text).toMatch(/thunderstroke$/);
    await writeFile(path, text.replace('  kick: [', '  kik: ['));
    const refused = await runStageIn(embedStage, await stageFolder(folder, 'refused'), {
      samples,
      ear: EAR,
      prompts: await refOf(path),
    });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'badFile', path, format: 'prompts' } });
    expect(JSON.stringify(refused)).toContain('kik');
  });

  it('is heard by the roles, which write down what it said', async () => {
    const folder = temporaryFolder();
    const samples = await samplesIn(folder);
    const { values } = await filesOf(embedStage, await stageFolder(folder, 'embed'), {
      samples,
      ear: EAR,
    });
    const listened = samples.map((sample, index) => ({
      ...sample,
      clap: values.sounds[index]?.heard ?? null,
    }));
    const judged = await filesOf(rolesStage, await stageFolder(folder, 'roles'), {
      samples: listened,
      config: null,
    });
    const perSample = PerSampleFileSchema.parse(
      JSON.parse(readFileSync(judged.files['perSample']?.path ?? '', 'utf8')),
    );
    expect(perSample[0]?.p_clap).toEqual(values.sounds[0]?.heard?.roles);
    expect(perSample[0]?.alpha).toBeLessThanOrEqual(0.9);
    expect(perSample[0]?.reasons.at(-1)).toMatch(/^sounds like "an? .*kick" \(\.\d\d\)$/);
    expect(perSample[3]).toMatchObject({ p_clap: null, alpha: 1 });
    expect(judged.values.judgements[0]?.judgement).toMatchObject({ role: 'CORE', instrument: 'kick' });
  });
});
