import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rolesStage } from '#main/pipeline/roles';
import { Cancelled, type FileRef } from '#main/pipeline/stage';
import { writeWav } from '#main/platform';
import { type MonoAudio, PerSampleFileSchema, PoolsFileSchema } from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { closedHat, kick, snare } from '#test/hits';
import { filesOf, refOf, runStageIn } from '#test/stage-run';

async function samplesIn(folder: string) {
  const write = async (sampleId: string, { sampleRate, samples }: MonoAudio) => {
    const path = join(folder, `${sampleId}.wav`);
    await writeWav(path, { sampleRate, channels: [samples] }, '32f');
    return { sampleId, file: await refOf(path) };
  };
  return [
    await write('dummy_00001', kick()),
    await write('dummy_00002', snare()),
    await write('dummy_00003', closedHat()),
  ];
}

const jsonOf = (file: FileRef | undefined): unknown => JSON.parse(readFileSync(file?.path ?? '', 'utf8'));

async function stageFolder(folder: string, name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

describe('roles', () => {
  it('writes pools and the way to each role, and answers the judgements', async () => {
    const folder = temporaryFolder();
    const samples = await samplesIn(folder);
    const { values, files } = await filesOf(rolesStage, folder, { samples, config: null });
    expect(values.judgements.map(({ judgement }) => judgement.role)).toEqual(['CORE', 'ACCENT', 'MOTION']);
    const pools = PoolsFileSchema.parse(jsonOf(files['pools']));
    expect(pools.CORE_POOL).toMatchObject([{ sample_id: 'dummy_00001', filepath: 'dummy_00001.wav' }]);
    expect(pools.chh_POOL).toMatchObject([{ sample_id: 'dummy_00003' }]);
    expect(PerSampleFileSchema.parse(jsonOf(files['perSample']))).toHaveLength(3);
  });

  it('gives the same bytes wherever the samples lie', async () => {
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    const one = await filesOf(rolesStage, here, { samples: await samplesIn(here), config: null });
    const other = await filesOf(rolesStage, there, { samples: await samplesIn(there), config: null });
    for (const name of ['pools', 'perSample'])
      expect(other.files[name]?.sha256).toBe(one.files[name]?.sha256);
  });

  it('lets what the user said win in the pools, and leaves the judgement alone', async () => {
    const folder = temporaryFolder();
    const [first, ...others] = await samplesIn(folder);
    const samples = [{ ...first, override: { role: 'TEXTURE' } }, ...others];
    const { values, files } = await filesOf(rolesStage, folder, { samples, config: null });
    expect(PoolsFileSchema.parse(jsonOf(files['pools'])).TEXTURE_POOL).toMatchObject([
      { sample_id: 'dummy_00001', confidence: 1, override: true },
    ]);
    expect(values.judgements[0]?.judgement.role).toBe('CORE');
  });

  it("judges by the user's configuration, and refuses one with a misspelt key by its name", async () => {
    const folder = temporaryFolder();
    const samples = await samplesIn(folder);
    const text = readFileSync('assets/config/role_assignment.yaml', 'utf8');
    const path = join(folder, 'mine.yaml');
    await writeFile(path, text.replace('min_confidence: 0.45', 'min_confidence: 1'));
    const strict = await filesOf(rolesStage, await stageFolder(folder, 'strict'), {
      samples,
      config: await refOf(path),
    });
    expect(PoolsFileSchema.parse(jsonOf(strict.files['pools'])).unassigned).toHaveLength(3);
    await writeFile(path, text.replace('TONAL: [tonality,', 'TONAL: [tonalty,'));
    const refused = await runStageIn(rolesStage, await stageFolder(folder, 'refused'), {
      samples,
      config: await refOf(path),
    });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'badFile', path } });
    expect(JSON.stringify(refused)).toContain('memberships.TONAL.0');
  });

  it('says which sample is missing, and stops when it is cancelled', async () => {
    const folder = temporaryFolder();
    const samples = await samplesIn(folder);
    const gone = { sampleId: 'gone', file: { kind: 'file', path: join(folder, 'gone.wav'), sha256: '' } };
    expect(
      await runStageIn(rolesStage, await stageFolder(folder, 'missing'), {
        samples: [...samples, gone],
        config: null,
      }),
    ).toMatchObject({ ok: false, failure: { code: 'notFound', path: gone.file.path } });
    await expect(
      runStageIn(rolesStage, folder, { samples, config: null }, AbortSignal.abort()),
    ).rejects.toThrow(Cancelled);
  });
});
