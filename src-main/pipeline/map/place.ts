import { join } from 'node:path';
import { z } from 'zod';
import { columnsOf, FileRefSchema, readRows, rowBytes, SOUND_FACTS, type Stage } from '#main/pipeline/stage';
import { attempt, writeFileWhole } from '#main/platform';
import { SoundIndex } from '#shared/search';
import { placeAmong } from './place-among';

const PlaceInputSchema = z.object({
  /** x, y and a vector, a row a sound that the map was fitted on. */
  fitted: FileRefSchema,
  /** As `DrawInput.sounds`: the new ones. */
  sounds: FileRefSchema,
  size: z.number().int().positive(),
});
type PlaceInput = z.infer<typeof PlaceInputSchema>;

/** Places new sounds on a map that is there: `places.f32`, x, y and 0, a row a sound. Nothing else is moved. */
export const placeOnMapStage: Stage<PlaceInput, { readonly placed: number }> = {
  name: 'place-on-map',
  title: 'Placing sounds on the map',
  version: 1,
  input: PlaceInputSchema,
  run: ({ fitted, sounds, size }, context) =>
    attempt(context.folder, async () => {
      const rows = await readRows(fitted.path, 2 + size);
      const index = new SoundIndex(size);
      index.append(columnsOf(rows, 2 + size, 2, 2 + size));
      const width = SOUND_FACTS + size;
      const fresh = columnsOf(await readRows(sounds.path, width), width, SOUND_FACTS, width);
      const placed = await placeAmong(index, columnsOf(rows, 2 + size, 0, 2), fresh, context);
      const places = new Float32Array((placed.length / 2) * 3);
      for (let row = 0; row < placed.length / 2; row++)
        places.set(placed.subarray(2 * row, 2 * row + 2), 3 * row);
      await writeFileWhole(join(context.folder, 'places.f32'), rowBytes(places));
      context.report(1);
      return { values: { placed: placed.length / 2 }, files: { places: 'places.f32' } };
    }),
};
