import { copyFile, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Jobs } from '#main/jobs';
import type { Artefact, Library } from '#main/library';
import { Failed, hashFile, openWav, temporaryBeside } from '#main/platform';
import { layOut, poolsOfKit } from '#shared/compose';
import { freedForLayers } from '#shared/mix';
import {
  type Hit,
  type HitId,
  hitId,
  type Instrument,
  InstrumentSchema,
  type Judgement,
  type Kit,
  type Pad,
  PatternSchema,
  type Role,
  RoleSchema,
} from '#shared/model';
import type { AppInfo } from '#shared/protocol';
import { emptyPad } from './first-kit';
import { trackIdOf } from './identity';

const SONG = 'first-light.mp3';
const SETTING = 'demo';

const DemoKitSchema = z.object({
  name: z.string(),
  sampleRate: z.number().int().positive(),
  pads: z.array(
    z.object({
      name: z.string(),
      instrument: InstrumentSchema,
      role: RoleSchema,
      note: z.number().int(),
      choke: z.string().nullable(),
      files: z.array(z.string()),
      layers: z.array(z.object({ upTo: z.number().int(), files: z.array(z.string()) })),
    }),
  ),
});
const DemoGroovesSchema = z.array(z.object({ name: z.string(), pattern: PatternSchema }));
const DemoSchema = z.object({ trackId: z.string(), kitId: z.string(), patternId: z.string() });

/** The bundled demo in the library; null until it has been imported. */
export async function demoOf(library: Library): Promise<AppInfo['demo']> {
  return DemoSchema.safeParse(await library.settings.one(SETTING)).data ?? null;
}

/**
 * Imports the bundled demo, once in a library's life: its kit and grooves at once, its song as a job. What the user
 * removes of it afterwards stays removed.
 */
export async function ensureDemo(library: Library, jobs: Jobs, folder: string, now: Date): Promise<void> {
  if (await demoOf(library)) return;
  const song = join(folder, SONG);
  if (!(await stat(song).catch(() => null))) return;
  const kit = await importKit(library, join(folder, 'kit'), now);
  const patternId = await importGrooves(library, join(folder, 'grooves.json'), kit, now);
  const trackId = trackIdOf(await hashFile(song));
  if (!(await library.tracks.one(trackId))) {
    const params = { path: song, name: kit.name.replace(/ kit$/, '') };
    const job = await jobs.finish(await importJob(jobs, params));
    if (job.state !== 'done') return;
    await jobs.dismiss(job.id);
  }
  await library.write(at => at.settings.put(SETTING, { trackId, kitId: kit.id, patternId }));
}

/** The demo's import: the one that a former start began, if it is still to be done, else a new one. */
async function importJob(
  jobs: Jobs,
  params: { readonly path: string; readonly name: string },
): Promise<string> {
  const begun = (await jobs.list()).find(
    job => job.kind === 'import-track' && job.title === params.name && job.state !== 'done',
  );
  if (!begun) return jobs.enqueue('import-track', params.name, params);
  if (begun.state !== 'running' && begun.state !== 'waiting') await jobs.retry(begun.id);
  return begun.id;
}

const KIT_ID = 'demo-kit';

async function importKit(library: Library, folder: string, now: Date): Promise<Kit> {
  const listed = DemoKitSchema.parse(JSON.parse(await readFile(join(folder, 'kit.json'), 'utf8')));
  const hits: Hit[] = [];
  const files: Artefact[] = [];
  const pads: Pad[] = [];
  for (const { files: names, role, instrument, layers, ...pad } of listed.pads) {
    const soft = new Set(layers.slice(0, -1).flatMap(layer => layer.files));
    const own: Hit[] = [];
    for (const name of names) {
      const { artefact, frames } = await takeIn(library, join(folder, name));
      files.push(artefact);
      own.push({
        id: demoHit(name),
        index: hits.length + own.length,
        frames,
        sampleRate: listed.sampleRate,
        audio: artefact.sha256,
        judgement: known(role, instrument),
        ...ONE_SHOT,
        ...(soft.has(name) ? SOFT_SHOT : {}),
      });
    }
    hits.push(...own);
    pads.push({
      ...emptyPad(role, instrument),
      ...pad,
      hits: own.map(hit => hit.id),
      layers: layers.map(layer => ({ upTo: layer.upTo, hits: layer.files.map(demoHit) })),
    });
  }
  const kit: Kit = { id: KIT_ID, name: listed.name, sampleRate: listed.sampleRate, pads, shapes: {} };
  await library.write(async at => {
    await at.artefacts.hold(`kit:${KIT_ID}`, files);
    await at.hits.putLoose(hits);
    if (!(await at.kits.one(KIT_ID))) await at.kits.put(kit, now.toISOString());
  });
  return kit;
}

const demoHit = (file: string): HitId => hitId(`demo-${file.replace(/\.wav$/, '')}`);

/** A sound by itself: all of the file, its attack at the first frame. */
const ONE_SHOT = {
  onsetFrame: 0,
  startFrame: 0,
  flamFrames: null,
  gain: 1,
  velocity: 1,
  name: null,
  sourceId: null,
  duplicates: [],
  quality: null,
  override: null,
};

/** One that stands for soft strokes, brought to full level: velocity is the square root of the amplitude that it was struck with. */
const SOFT_SHOT = { velocity: 0.5, gain: 4 };

/** Copies a WAV of the bundle into the artefact store; the bundle itself is never moved. */
async function takeIn(
  library: Library,
  path: string,
): Promise<{ readonly artefact: Artefact; readonly frames: number }> {
  const wav = await openWav(path);
  if (!wav.ok) throw new Failed(wav.failure);
  const { frames } = wav.value;
  await wav.value.close();
  const { size } = await stat(path);
  const artefact = { sha256: await hashFile(path), extension: '.wav', bytes: size };
  const copy = temporaryBeside(join(library.scratch, basename(path)));
  await copyFile(path, copy);
  await library.store.take(copy, artefact);
  return { artefact, frames };
}

/** The judgement on a sound that was made as what it is. */
const known = (role: Role, instrument: Instrument): Judgement => ({
  role,
  roleScores: { CORE: 0, ACCENT: 0, FILL: 0, MOTION: 0, TEXTURE: 0, [role]: 1 },
  instrument,
  instrumentScores: { [instrument]: 1 },
  reasons: ['Synthesised as this instrument'],
});

/** Answers the id of the first groove. */
async function importGrooves(library: Library, path: string, kit: Kit, now: Date): Promise<string> {
  const grooves = DemoGroovesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const idOf = (index: number): string => `demo-groove-${index + 1}`;
  await library.write(async at => {
    for (const [index, { name, pattern }] of grooves.entries()) {
      const id = idOf(index);
      if (await at.patterns.one(id)) continue;
      const laid = freedForLayers(layOut(pattern, poolsOfKit(kit), { choice: 'round_robin', seed: 0 }), kit);
      const stored = { id, name, kitId: kit.id, trackId: null, pattern: laid };
      await at.patterns.put(stored, now.toISOString());
    }
  });
  return idOf(0);
}
