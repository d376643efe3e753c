import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Jobs, JobProgram, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import { type SoundsFile, writeSoundsFile } from './sounds-file';

const DrawMapSchema = z.object({ afresh: z.boolean() });

/** In parts of the job's time: reading the library is nothing beside the layout. */
const WEIGHT = 1;

/** x, y and whether it was fitted. */
const PLACE_NUMBERS = 3;

/**
 * The map of sounds: drawn when there is none or the user wants a new one; else whatever has no place yet gets one among the sounds that
 * the map was fitted on, and nothing moves.
 */
export function drawMapProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { afresh } = DrawMapSchema.parse(params);
    const nothing = { files: [], made: {} };
    call.plan(1, WEIGHT);
    const [shown] = await library.sounds.ears();
    if (!shown) return nothing;
    const { ear } = shown;
    const { fitted } = await library.places.counts(ear);
    const isNew = afresh || fitted === 0;
    const sounds = await writeSoundsFile(library, ear, isNew ? 'all' : 'missing');
    try {
      if (sounds.audio.length === 0) return nothing;
      if (isNew) {
        const { values, places } = await placesBy(call, 'draw-map', 'Drawing the map of sounds', sounds, {});
        await library.write(at => at.places.replace(ear, places));
        return { ...nothing, data: { ear, sounds: places.length, ...(values as object) } };
      }
      const map = await writeSoundsFile(library, ear, 'fitted');
      try {
        const among = { fitted: await call.file(map.path) };
        const title = 'Placing sounds on the map';
        const { places } = await placesBy(call, 'place-on-map', title, sounds, among);
        await library.write(at => at.places.add(ear, places));
        return { ...nothing, data: { ear, placed: places.length } };
      } finally {
        await map.remove();
      }
    } finally {
      await sounds.remove();
    }
  };
}

async function placesBy(
  call: StageCaller,
  stage: string,
  title: string,
  sounds: SoundsFile,
  input: Readonly<Record<string, unknown>>,
) {
  const file = await call.file(sounds.path);
  const run = { title, weight: WEIGHT };
  const { values, files } = await call.stage(stage, { sounds: file, size: sounds.size, ...input }, run);
  const bytes = await readFile(files['places']?.path ?? '');
  const at = (row: number, column: number): number => bytes.readFloatLE(4 * (PLACE_NUMBERS * row + column));
  const places = sounds.audio.map((audio, row) => ({
    audio,
    x: at(row, 0),
    y: at(row, 1),
    isFitted: at(row, 2) === 1,
  }));
  return { values, places };
}

/** Starts a job that draws the map or completes it; null when there is nothing to do or it is being done. */
export async function drawMap(library: Library, jobs: Jobs, afresh: boolean): Promise<string | null> {
  const isAtIt = (await jobs.list()).some(
    job => job.kind === 'draw-map' && (job.state === 'waiting' || job.state === 'running'),
  );
  if (isAtIt) return null;
  const [shown] = await library.sounds.ears();
  if (!shown) return null;
  const { heard, placed } = await library.places.counts(shown.ear);
  if (!afresh && placed >= heard) return null;
  return jobs.enqueue('draw-map', 'Map of sounds', { afresh });
}
