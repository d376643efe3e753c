import { dirname } from 'node:path';
import { z } from 'zod';
import { type FileRef, JobFailed, type JobProgram, type Jobs, type StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import type { KitSoundsValues } from '#main/pipeline/kit-files';
import { Failed } from '#main/platform';
import { instrumentsOf } from '#shared/kit-formats';
import type { SampleSource } from '#shared/model';
import {
  explain,
  type ImportKit,
  type ImportKitAnswer,
  KitFormatSchema,
  type KitPreview,
  type Refused,
} from '#shared/protocol';
import { listenTo, soundsOf } from '../line/listening';
import { WEIGHTS } from '../line/hear';
import { judgeSamples } from '../line/steps/roles';
import { importSamples } from '../samples';
import type { ResolveUpload } from '../uploads';
import { kitPlaceOf } from './kit-place';
import { NO_RIGHTS, rightsBeside } from './rights';
import { type FoundKit, type FoundKits, kitsIn, soundsToRead } from './read-kit';
import { kitOfDocument, kitOfOwnFile, type KitSound, type KitToStore, storeKits } from './store-kit';

const PlaceSchema = z.object({
  path: z.string().min(1),
  name: z.string().min(1),
  format: KitFormatSchema,
  hasCompany: z.boolean(),
  kits: z.array(z.number().int().min(0)).nullable(),
});

/** What a kit's file holds; nothing is stored. Throws `Failed`. */
export async function previewKitFile(given: string, resolveUpload: ResolveUpload): Promise<KitPreview> {
  const place = await kitPlaceOf(given, resolveUpload);
  const { name, format } = place;
  if (format === null) return { path: given, name, format, author: null, licence: null, kits: [] };
  const { kits } = await kitsIn({ ...place, format }, new AbortController().signal);
  return {
    path: given,
    name: kits.length === 1 ? (kits[0]?.name ?? name) : name,
    format,
    author: kits[0]?.author ?? null,
    licence: kits[0]?.licence ?? null,
    kits: kits.map(({ index, name: kitName, isDrums, sounds, remarks, content }) => ({
      index,
      name: kitName,
      isDrums,
      pads: 'own' in content ? content.own.pads.length : content.document.pads.length,
      sounds: sounds.length,
      remarks,
    })),
  };
}

/** A job for each kit's file; plain folders are imported as samples. What is no kit is refused, the rest goes on. */
export async function importKit(
  jobs: Jobs,
  { paths, kits }: ImportKit,
  resolveUpload: ResolveUpload,
): Promise<ImportKitAnswer> {
  const jobIds: string[] = [];
  const refused: Refused[] = [];
  for (const given of paths) {
    try {
      const place = await kitPlaceOf(given, resolveUpload);
      if (place.format === null) {
        const answer = await importSamples(jobs, [given], resolveUpload);
        jobIds.push(...answer.jobIds);
        refused.push(...answer.refused);
      } else jobIds.push(await jobs.enqueue('import-kit', place.name, { ...place, kits }));
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      refused.push({ path: given, failure: error.failure });
    }
  }
  return { jobIds, refused };
}

/** A kit's file into the library: its sounds decoded, heard and judged in workers, then its hits and kits stored, all or nothing. */
export function importKitProgram(library: Library): JobProgram {
  return async (call, params) => {
    const { kits: wanted, ...place } = PlaceSchema.parse(params);
    call.plan(4, WEIGHTS.kit + WEIGHTS.embed + WEIGHTS.roles + WEIGHTS.publish);
    const found = await kitsIn(place, call.signal);
    const chosen = chosenOf(found.kits, wanted);
    const file = await call.file(place.path);
    const keys = [...new Set(chosen.flatMap(({ sounds }) => sounds))];
    const { sounds, refused } = await readSounds(call, found, keys);
    if (sounds.length === 0) throw new JobFailed(refused[0]?.failure ?? noSounds(place.path));
    const inputs = sounds.map(({ key, file: audio }) => ({ sampleId: key, file: audio, onsetFrame: 0 }));
    const listened = await listenTo(call, inputs);
    const { judgements } = await judgeSamples(call, inputs, { listened });
    const byKey = new Map(judgements.map(({ sampleId, judgement }) => [sampleId, judgement]));
    const judged = new Map(
      sounds.map((sound): [string, KitSound] => [
        sound.key,
        { ...sound, judgement: byKey.get(sound.key) ?? null },
      ]),
    );
    const beside = place.hasCompany ? await rightsBeside(dirname(place.path)) : NO_RIGHTS;
    const source: SampleSource = {
      id: `source-${file.sha256.slice(0, 16)}`,
      kind: 'kit',
      name: found.kits.length === 1 ? (found.kits[0]?.name ?? place.name) : place.name,
      path: place.hasCompany ? place.path : '',
      author: chosen[0]?.author ?? beside.author,
      licence: chosen[0]?.licence ?? beside.licence,
    };
    const stored = chosen.map(kit => kitToStore(kit, source, judged, file));
    for (const remark of new Set(chosen.flatMap(({ remarks }) => remarks))) call.note(remark);
    const kitIds = await call.step({ title: 'Storing the kit', weight: WEIGHTS.publish }, async () =>
      storeKits(
        library,
        stored,
        listened && {
          ear: listened.ear,
          sounds: await soundsOf(listened, new Map(inputs.map(each => [each.sampleId, each.file]))),
        },
        new Date(),
      ),
    );
    const [kitId] = kitIds;
    return {
      files: [],
      made: { ...(kitId === undefined ? {} : { kitId }), sourceId: source.id },
      refused: [...refused],
      data: { kitIds },
    };
  };
}

/** Those asked for; else those for drums, else the first. Throws `JobFailed` for numbers that there are not. */
function chosenOf(kits: readonly FoundKit[], wanted: readonly number[] | null): readonly FoundKit[] {
  if (wanted === null) {
    const drums = kits.filter(({ isDrums }) => isDrums);
    return drums.length > 0 ? drums.slice(0, 1) : kits.slice(0, 1);
  }
  const chosen = kits.filter(({ index }) => wanted.includes(index));
  if (chosen.length > 0) return chosen;
  throw new JobFailed({
    code: 'badOption',
    option: 'the kit',
    value: wanted.map(index => index + 1).join(', '),
    wanted: `one of ${kits.map(({ index, name }) => `${index + 1} ${name}`).join(', ')}`,
  });
}

async function readSounds(
  call: StageCaller,
  found: FoundKits,
  keys: readonly string[],
): Promise<{
  readonly sounds: readonly Omit<KitSound, 'judgement'>[];
  readonly refused: readonly Refused[];
}> {
  const { input, missing } = await soundsToRead(found, keys, call);
  const base = dirname(found.place.path);
  const lost: Refused[] = missing.map(path => ({
    path,
    failure: { code: 'notFound', path: `${base}/${path}` },
  }));
  if (input.sounds.length === 0) return { sounds: [], refused: lost };
  const { values, files } = await call.stage<KitSoundsValues>('read-kit-sounds', input, {
    title: 'Reading sounds',
    weight: WEIGHTS.kit,
  });
  const order = new Map(input.sounds.map(({ key }, index) => [key, index]));
  const cut = values.sounds.filter(({ isCut }) => isCut).length;
  if (cut > 0)
    call.note(`${cut} ${cut === 1 ? 'sound is' : 'sounds are'} longer than a minute, and cut there.`);
  for (const { path, failure } of lost.slice(0, 5)) call.note(`${path} was left out. ${explain(failure)}`);
  return {
    sounds: values.sounds.flatMap(({ key, sampleRate, frames }) => {
      const file: FileRef | undefined = files[String(order.get(key))];
      return file ? [{ key, sampleRate, frames, file }] : [];
    }),
    refused: [...lost, ...values.refused.map(({ key, failure }) => ({ path: key, failure }))],
  };
}

const noSounds = (path: string): Refused['failure'] => ({
  code: 'badFile',
  path,
  format: 'kit',
  problems: ['it names no sounds'],
});

function kitToStore(
  { content, index }: FoundKit,
  source: SampleSource,
  sounds: ReadonlyMap<string, KitSound>,
  file: FileRef,
): KitToStore {
  const made =
    'own' in content
      ? kitOfOwnFile(content.own, source, sounds)
      : kitOfDocument(content.document, source, sounds, instrumentsOf(content.document.pads));
  return { kitId: `kit-${file.sha256.slice(0, 16)}${index === 0 ? '' : `-${index + 1}`}`, source, ...made };
}
