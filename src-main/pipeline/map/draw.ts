import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { z } from 'zod';
import {
  columnsOf,
  FileRefSchema,
  readRows,
  rowBytes,
  SOUND_FACTS,
  type Stage,
  type StageContext,
  throwIfCancelled,
} from '#main/pipeline/stage';
import { attempt, writeFileWhole } from '#main/platform';
import { chooseFitted, frameLayout, mapQuality, type MapQuality, SoundIndex } from '#shared/search';
import { layOutSounds } from './layout';
import { placeAmong } from './place-among';

const DrawInputSchema = z.object({
  /** Rows as `SOUND_FACTS` has them and a vector, in the order of the sounds' hashes. */
  sounds: FileRefSchema,
  size: z.number().int().positive(),
});
type DrawInput = z.infer<typeof DrawInputSchema>;

export interface DrawnMap extends MapQuality {
  /** Sounds that the map was fitted on; the others are placed among them. */
  readonly fitted: number;
}

/** More than these a map is not fitted on: some 10 s on one core. */
const MOST_FITTED = 6000;
const SHARE_OF_LAYOUT = 0.7;

/** Draws the map of all sounds: `places.f32`, x, y and whether it was fitted (1) or placed (0), a row a sound. */
export const drawMapStage: Stage<DrawInput, DrawnMap> = {
  name: 'draw-map',
  title: 'Drawing the map of sounds',
  version: 2,
  input: DrawInputSchema,
  run: ({ sounds, size }, context) =>
    attempt(context.folder, async () => {
      const width = SOUND_FACTS + size;
      const rows = await readRows(sounds.path, width);
      const vectors = columnsOf(rows, width, SOUND_FACTS, width);
      const chosen = chooseFitted(vectors, size, MOST_FITTED);
      const pick = (columns: Float32Array, length: number): Float32Array => {
        const picked = new Float32Array(chosen.length * length);
        for (const [at, row] of chosen.entries())
          picked.set(columns.subarray(row * length, (row + 1) * length), at * length);
        return picked;
      };
      const index = new SoundIndex(size);
      index.append(pick(vectors, size));
      const layout = await layOutSounds(index, share(context, 0, SHARE_OF_LAYOUT));
      frameLayout(layout, pick(columnsOf(rows, width, 0, 1), 1), pick(columnsOf(rows, width, 1, 2), 1));
      await breath();
      throwIfCancelled(context.signal);
      const quality = mapQuality(index, layout);
      const placed = await placeAmong(index, layout, vectors, share(context, SHARE_OF_LAYOUT, 1));
      const places = new Float32Array((3 * rows.length) / width);
      for (let row = 0; row < placed.length / 2; row++)
        places.set(placed.subarray(2 * row, 2 * row + 2), 3 * row);
      for (const [at, row] of chosen.entries())
        places.set([layout[2 * at] ?? 0, layout[2 * at + 1] ?? 0, 1], 3 * row);
      await writeFileWhole(join(context.folder, 'places.f32'), rowBytes(places));
      context.report(1);
      return { values: { fitted: chosen.length, ...quality }, files: { places: 'places.f32' } };
    }),
};

const share = (context: StageContext, from: number, to: number): Pick<StageContext, 'signal' | 'report'> => ({
  signal: context.signal,
  report: (fraction, rate) => context.report(from + (to - from) * fraction, rate),
});
