import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gridStage } from '#main/pipeline/grid';
import { layoutStage } from '#main/pipeline/layout';
import type { FileRef } from '#main/pipeline/stage';
import { transformerStage } from '#main/pipeline/transformer';
import { writeWav } from '#main/platform';
import type { PoolsFile } from '#shared/model';
import { temporaryFolder } from './audio-files';
import { filesOf, refOf } from './stage-run';

/** A folder of its own inside `parent`. */
export function folderIn(parent: string, name: string): string {
  mkdirSync(join(parent, name), { recursive: true });
  return join(parent, name);
}

export const PRE_ROLL_FRAMES = 100;

export interface TestSample {
  readonly sampleId: string;
  readonly file: FileRef;
  readonly onsetFrame: number;
}

/** One-frame clicks of full scale after a pre-roll of silence: what they sound at can be read off a render to the frame. */
export async function clickSamples(
  folder: string,
  ids: readonly string[],
  sampleRate = 44_100,
): Promise<TestSample[]> {
  return Promise.all(
    ids.map(async sampleId => {
      const path = join(folder, `${sampleId}.wav`);
      const click = new Float32Array(400);
      click[PRE_ROLL_FRAMES] = 1;
      await writeWav(path, { sampleRate, channels: [click] }, '32f');
      return { sampleId, file: await refOf(path), onsetFrame: PRE_ROLL_FRAMES };
    }),
  );
}

const entry = (sample_id: string, confidence: number) => ({
  sample_id,
  filepath: `${sample_id}.wav`,
  confidence,
});

export const POOLS: PoolsFile = {
  CORE_POOL: [entry('kick-a', 0.9), entry('kick-b', 0.8)],
  ACCENT_POOL: [entry('snare-a', 0.9)],
  MOTION_POOL: [entry('hat-a', 0.9), entry('hat-b', 0.7), entry('hat-c', 0.6)],
  FILL_POOL: [entry('tom-a', 0.5)],
  TEXTURE_POOL: [entry('air-a', 0.5)],
  kick_POOL: [entry('kick-a', 0.9), entry('kick-b', 0.8)],
  snare_POOL: [entry('snare-a', 0.9)],
  chh_POOL: [entry('hat-a', 0.9), entry('hat-b', 0.7), entry('hat-c', 0.6)],
  counts: { CORE: 2, ACCENT: 1, MOTION: 3, FILL: 1, TEXTURE: 1 },
};
export const SAMPLE_IDS = ['kick-a', 'kick-b', 'snare-a', 'hat-a', 'hat-b', 'hat-c', 'tom-a', 'air-a'];

export async function writeJson(path: string, content: unknown): Promise<FileRef> {
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return refOf(path);
}

/** Grid, transformer and layout on click samples, in a folder that the test owns. */
export async function laidGroove(options: Readonly<Record<string, unknown>> = {}) {
  const root = temporaryFolder();
  const pools = await writeJson(join(root, 'pools.json'), POOLS);
  const samples = await clickSamples(root, SAMPLE_IDS);
  const drawn = await filesOf(gridStage, folderIn(root, 'grid'), { bpm: 120, pools, ...options });
  const {
    grid,
    eventGrid: skeleton,
    skeletonMeta,
  } = present(drawn.files, 'grid', 'eventGrid', 'skeletonMeta');
  const generated = await filesOf(transformerStage, folderIn(root, 'transformer'), {
    grid,
    events: skeleton,
    pools,
    engine: 'markov',
  });
  const made = present(generated.files, 'eventGrid', 'midi');
  const laid = await filesOf(layoutStage, folderIn(root, 'layout'), {
    grid,
    events: made.eventGrid,
    pools,
    layers: true,
  });
  return { root, pools, samples, grid, skeleton, skeletonMeta, generated: made, laid: laid.files };
}

/** The named files, all of which must be there. */
export function present<Name extends string>(
  files: Readonly<Record<string, FileRef>>,
  ...names: readonly Name[]
): Record<Name, FileRef> {
  return Object.fromEntries(
    names.map(name => {
      const file = files[name];
      if (!file) throw new Error(`no file "${name}" among ${Object.keys(files).join(', ')}`);
      return [name, file];
    }),
  ) as Record<Name, FileRef>;
}
