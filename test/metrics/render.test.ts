import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editStage } from '#main/pipeline/editor';
import { gridStage } from '#main/pipeline/grid';
import { layoutStage } from '#main/pipeline/layout';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import { readStage } from '#main/pipeline/preprocess/read';
import { renderStage } from '#main/pipeline/render';
import type { FileRef } from '#main/pipeline/stage';
import { readWav } from '#main/platform';
import {
  EventGridSchema,
  type GridEvent,
  type ManifestSlice,
  type PlanarAudio,
  ROLES_IN_ORDER,
} from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { folderIn, present, writeJson } from '#test/groove-line';
import { type Kit, kitOf, slicesOf } from '#test/kit-line';
import { materialFiles } from '#test/material';
import { filesOf, refOf } from '#test/stage-run';

const recordings = materialFiles('mdb-drums/drum_only').slice(0, 3);

async function kitFrom(recording: string, root: string): Promise<Kit> {
  const source = await refOf(recording);
  const read = await filesOf(readStage, folderIn(root, 'read'), { source, name: 'song' });
  const { mix: drums } = present(read.files, 'mix');
  const heard = await filesOf(onsetsStage, folderIn(root, 'onsets'), { drums, sensitivity: 0.5 });
  const { onsets } = present(heard.files, 'onsets');
  await mkdir(join(root, 'kit'), { recursive: true });
  return kitOf(join(root, 'kit'), [await slicesOf(join(root, 'slices'), 'song', { drums, onsets })]);
}

const audioOf = async (path: string): Promise<PlanarAudio> => {
  const read = await readWav(path);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
};

/** Five of the kit's loudest hits, one for each role: what they are does not matter to where they sound. */
const loudest = ({ manifest }: Kit): ManifestSlice[] =>
  manifest.slices.toSorted((a, b) => b.velocity - a.velocity).slice(0, 5);

/** The place within `reach` frames of `expected` where `audio` is most like `sound`, by normalised correlation. */
function bestPlace(audio: Float32Array, sound: Float32Array, expected: number, reach: number): number {
  let place = Number.NaN;
  let best = -Infinity;
  for (let candidate = expected - reach; candidate <= expected + reach; candidate++) {
    let product = 0;
    let power = 1e-12;
    for (let frame = 0; frame < sound.length; frame++) {
      const value = audio[candidate + frame] ?? 0;
      product += value * sound[frame]!;
      power += value * value;
    }
    const match = product / Math.sqrt(power);
    if (match > best) [best, place] = [match, candidate];
  }
  return place;
}

/** Events of `role` whose sound no other of that role overlaps at its attack. */
const apart = (events: readonly GridEvent[], role: string): GridEvent[] => {
  const own = events.filter(event => event.role === role).sort((a, b) => a.start - b.start);
  return own.filter((event, index) => event.start - (own[index - 1]?.start ?? -1) > 0.4);
};

describe.skipIf(recordings.length === 0)('renders of real drum hits', () => {
  it.each(recordings.map(path => [basename(path), path]))(
    'put the attacks of %s within a frame of the event grid, and their stems sum to the mix exactly',
    async (_, path) => {
      const root = temporaryFolder();
      const kit = await kitFrom(path, root);
      const slices = loudest(kit);
      const pools = await writeJson(
        join(root, 'pools.json'),
        Object.fromEntries(
          ROLES_IN_ORDER.map((role, index) => [
            `${role}_POOL`,
            [{ sample_id: slices[index]?.sample_id, filepath: slices[index]?.file, confidence: 1 }],
          ]),
        ),
      );
      const { files: drawn } = await filesOf(gridStage, folderIn(root, 'grid'), {
        bpm: 97.3,
        bars: 8,
        style: 'rock',
        fillProbability: 1,
      });
      const { grid, eventGrid: events } = present(drawn, 'grid', 'eventGrid');
      const { files: felt } = await filesOf(editStage, folderIn(root, 'edit'), {
        grid,
        events,
        operations: [
          { op: 'shift', where: { role: ['ACCENT'] }, ms: 7.3 },
          { op: 'shift', where: { role: ['MOTION'] }, ms: -4.1 },
        ],
      });
      const { files: laid } = await filesOf(layoutStage, folderIn(root, 'layout'), {
        grid,
        events: felt['eventGrid'],
        pools,
      });
      const { eventGrid } = present(laid, 'eventGrid');
      const samples = await Promise.all(
        slices.map(async slice => ({
          sampleId: slice.sample_id,
          file: await refOf(join(kit.folder, slice.file)),
          onsetFrame: slice.onset_offset,
        })),
      );
      const began = performance.now();
      const { values, files } = await filesOf(renderStage, folderIn(root, 'render'), {
        grid,
        events: eventGrid,
        samples,
        name: 'groove',
        sampleRate: slices[0]?.sample_rate,
        format: '32f',
        stems: true,
      });
      const seconds = (performance.now() - began) / 1000;
      const heard = EventGridSchema.parse(JSON.parse(readFileSync(eventGrid.path, 'utf8')));
      expect(await worstError(heard, files, slices, kit)).toBeLessThanOrEqual(1);
      await expectExactSum(files);
      expect(values.frames / (slices[0]?.sample_rate ?? 1) / seconds).toBeGreaterThan(4);
    },
  );
});

/** Largest distance in frames between an attack in its stem and its event's start. */
async function worstError(
  events: readonly GridEvent[],
  files: Readonly<Record<string, FileRef>>,
  slices: readonly ManifestSlice[],
  kit: Kit,
): Promise<number> {
  const errors: number[] = [];
  for (const role of ROLES_IN_ORDER) {
    const [left = new Float32Array(0)] = (await audioOf(files[`stem:${role}`]?.path ?? '')).channels;
    for (const event of apart(events, role)) {
      const slice = slices.find(each => each.sample_id === event.sample_id);
      if (!slice) throw new Error(`no slice ${event.sample_id}`);
      const [sound = new Float32Array(0)] = (await audioOf(join(kit.folder, slice.file))).channels;
      const attack = sound.subarray(slice.onset_offset, slice.onset_offset + 0.03 * slice.sample_rate);
      const wanted = event.start * slice.sample_rate;
      errors.push(Math.abs(bestPlace(left, attack, Math.round(wanted), 60) - wanted));
    }
  }
  expect(errors.length).toBeGreaterThan(20);
  return Math.max(...errors);
}

async function expectExactSum(files: Readonly<Record<string, FileRef>>): Promise<void> {
  const mix = await audioOf(files['wav']?.path ?? '');
  const stems = await Promise.all(ROLES_IN_ORDER.map(role => audioOf(files[`stem:${role}`]?.path ?? '')));
  for (const [index, channel] of mix.channels.entries()) {
    const sum = new Float32Array(channel.length);
    for (const stem of stems)
      for (const [frame, value] of (stem.channels[index] ?? []).entries()) sum[frame]! += value;
    expect(Buffer.from(sum.buffer).equals(Buffer.from(channel.slice().buffer))).toBe(true);
  }
}
