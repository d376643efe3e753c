import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { create } from 'tar';
import { z } from 'zod';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, makeFolder, readWav, WAV_FORMATS, writeFileWhole, writeWav } from '#main/platform';
import {
  KitDocumentSchema,
  layOutSf2,
  plainFileName,
  writeDrumkit,
  writeDspreset,
  writeSfz,
} from '#shared/kit-formats';
import { shapedAudio } from '#shared/mix';
import { frameCount, HitShapeSchema, type PlanarAudio } from '#shared/model';
import { KitFormatSchema } from '#shared/protocol';
import { writeSf2 } from './write-sf2';

const KitFilesInputSchema = z.object({
  format: KitFormatSchema,
  document: KitDocumentSchema,
  sounds: z.array(
    z.object({
      key: z.string().min(1),
      /** Of its file, without an extension. */
      name: z.string().min(1),
      file: FileRefSchema,
      /** Written into the audio. */
      shape: HitShapeSchema.nullable(),
    }),
  ),
  depth: z.enum(WAV_FORMATS),
  /** `kit.json` of the format that is a folder of WAVs. */
  manifest: z.string().nullable(),
  /** `LICENSES.json`. */
  licences: z.string(),
});
export type KitFilesInput = z.input<typeof KitFilesInputSchema>;
type Input = z.output<typeof KitFilesInputSchema>;

export interface KitFilesValues {
  /** Paths in the export's folder by the names of the stage's files. */
  readonly paths: Readonly<Record<string, string>>;
  /** Sounds that passed full scale and were clipped, which integers cannot help. */
  readonly clipped: number;
}

/** A kit in a format of samplers, with its audio and its licences. */
export const writeKitStage: Stage<Input, KitFilesValues> = {
  name: 'write-kit',
  title: 'Writing the kit',
  version: 1,
  input: KitFilesInputSchema,
  run: (input, context) =>
    attempt(context.folder, async () => {
      const writing = await WRITERS[input.format](input, context);
      context.report(1);
      const paths = Object.fromEntries(writing.files.map(({ to }, index) => [String(index), to]));
      const files = Object.fromEntries(writing.files.map(({ from }, index) => [String(index), from]));
      return { values: { paths, clipped: writing.clipped }, files };
    }),
};

/** Files by where they lie in the stage's folder, and where they are to lie in the export's. */
interface Written {
  readonly files: readonly { readonly from: string; readonly to: string }[];
  readonly clipped: number;
}

type Writer = (input: Input, context: StageContext) => Promise<Written>;

/** What folders of an export are called, and files that stand for themselves end with. */
const FOLDERS = { wav: 'WAV', sfz: 'SFZ', decent: 'DecentSampler' } as const;

const WRITERS: Readonly<Record<Input['format'], Writer>> = {
  wav: (input, context) =>
    folderOf(input, context, FOLDERS.wav, 'Samples', [['kit.json', input.manifest ?? '']]),
  sfz: (input, context) =>
    folderOf(input, context, FOLDERS.sfz, 'Samples', [
      [`${kitName(input)}.sfz`, writeSfz(input.document, wavName(input))],
    ]),
  decent: (input, context) =>
    folderOf(input, context, FOLDERS.decent, 'Samples', [
      [`${kitName(input)}.dspreset`, writeDspreset(input.document, wavName(input))],
    ]),
  h2drumkit: drumkitOf,
  sf2: sf2Of,
};

const kitName = ({ document }: Input): string => plainFileName(document.name) || 'Kit';

const wavName =
  ({ sounds }: Input): ((sound: string) => string) =>
  sound =>
    `${sounds.find(({ key }) => key === sound)?.name ?? sound}.wav`;

async function folderOf(
  input: Input,
  context: StageContext,
  folder: string,
  samples: string,
  texts: readonly (readonly [string, string])[],
): Promise<Written> {
  const files: { from: string; to: string }[] = [];
  for (const [name, text] of [...texts, ['LICENSES.json', input.licences] as const]) {
    await writeFileWhole(join(context.folder, name), text);
    files.push({ from: name, to: `${folder}/${name}` });
  }
  await makeFolder(join(context.folder, samples));
  const { names, clipped } = await writeWavs(input, context, samples);
  for (const name of names) files.push({ from: `${samples}/${name}`, to: `${folder}/${samples}/${name}` });
  return { files, clipped };
}

/** Every sound as a WAV in a folder of the stage's. */
async function writeWavs(
  input: Input,
  context: StageContext,
  folder: string,
): Promise<{ readonly names: readonly string[]; readonly clipped: number }> {
  const names: string[] = [];
  let clipped = 0;
  for (const [index, sound] of input.sounds.entries()) {
    throwIfCancelled(context.signal);
    const audio = await audioOf(sound);
    if (input.depth !== '32f' && passesFullScale(audio)) clipped++;
    const name = `${sound.name}.wav`;
    await writeWav(join(context.folder, folder, name), audio, input.depth, sound.name);
    names.push(name);
    context.report((0.9 * (index + 1)) / input.sounds.length);
  }
  return { names, clipped };
}

async function audioOf({ file, shape }: Input['sounds'][number]): Promise<PlanarAudio> {
  const read = await readWav(file.path);
  if (!read.ok) throw new Failed(read.failure);
  return shape ? shapedAudio(read.value, shape) : read.value;
}

const passesFullScale = ({ channels }: PlanarAudio): boolean =>
  channels.some(channel => channel.some(value => value > 1 || value < -1));

/** A day that all files of an archive are from, so that the same kit is the same bytes. */
const DAY = new Date('2000-01-01T00:00:00Z');

async function drumkitOf(input: Input, context: StageContext): Promise<Written> {
  const name = kitName(input);
  const folder = `packed/${name}`;
  await makeFolder(join(context.folder, folder));
  const { names, clipped } = await writeWavs(input, context, folder);
  await writeFileWhole(
    join(context.folder, folder, 'drumkit.xml'),
    writeDrumkit(input.document, wavName(input)),
  );
  await writeFileWhole(join(context.folder, folder, 'LICENSES.json'), input.licences);
  throwIfCancelled(context.signal);
  const file = `${name}.h2drumkit`;
  // In the archive the description stands first, as Hydrogen's own have it.
  await create(
    {
      file: join(context.folder, file),
      cwd: join(context.folder, 'packed'),
      gzip: { level: 6, portable: true },
      portable: true,
      mtime: DAY,
      noDirRecurse: true,
    },
    [name, ...['drumkit.xml', 'LICENSES.json', ...names].map(each => `${name}/${each}`)],
  );
  await rm(join(context.folder, 'packed'), { recursive: true, force: true });
  return { files: [{ from: file, to: file }], clipped };
}

async function sf2Of(input: Input, context: StageContext): Promise<Written> {
  const facts = new Map<string, { name: string; frames: number; channelCount: number; sampleRate: number }>();
  let clipped = 0;
  for (const sound of input.sounds) {
    throwIfCancelled(context.signal);
    const audio = await audioOf(sound);
    if (passesFullScale(audio)) clipped++;
    facts.set(sound.key, {
      name: sound.name,
      frames: frameCount(audio),
      channelCount: audio.channels.length,
      sampleRate: audio.sampleRate,
    });
  }
  const layout = layOutSf2(input.document, facts, input.depth !== '16');
  const byKey = new Map(input.sounds.map(sound => [sound.key, sound]));
  const file = `${kitName(input)}.sf2`;
  const target = await open(join(context.folder, file), 'wx');
  try {
    await writeSf2(target, layout, async key => {
      const sound = byKey.get(key);
      if (!sound) throw new Failed({ code: 'missingSample', sampleId: key, path: 'the kit' });
      throwIfCancelled(context.signal);
      return audioOf(sound);
    });
  } finally {
    await target.close();
  }
  return { files: [{ from: file, to: file }], clipped };
}
