import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { JobProgram, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import type { KitFilesInput, KitFilesValues } from '#main/pipeline/kit-files';
import { objectText } from '#shared/compose';
import { lossesOf, plainFileName, soundNames } from '#shared/kit-formats';
import { ExportKitSchema, KIT_FORMAT_NAMES, type KitFormat, type ResultFile } from '#shared/protocol';
import { kitLedger, type LicenceFacts } from '../export';
import { kitOf } from '../kit-of';
import { WEIGHTS } from '../line/hear';
import { ensureWritable } from '../line/publish';
import { kitToExport, ownFile, soundFiles, soundingKit } from './exported-kit';
import { type FolderFile, publishFolder } from './publish-folder';

/** What the file that a sampler opens ends with. */
const MAIN: Readonly<Record<KitFormat, string>> = {
  wav: '.json',
  sfz: '.sfz',
  decent: '.dspreset',
  h2drumkit: '.h2drumkit',
  sf2: '.sf2',
};

/** A kit in formats of samplers, in one folder that appears whole under a name that was free. */
export function exportKitProgram(
  library: Library,
  facts: LicenceFacts & { readonly exportsFolder: string },
): JobProgram {
  return async (call, params) => {
    const request = ExportKitSchema.parse(params);
    const parent = request.folder ?? facts.exportsFolder;
    await ensureWritable(parent);
    const formats = [...new Set(request.formats)];
    call.plan(formats.length + 1, formats.length * WEIGHTS.kit + WEIGHTS.publish);
    const source = await kitToExport(library, await kitOf(library, request.kitId));
    const { kit } = source;
    const rights = await kitLedger(library, facts, kit, [...source.hits.values()], request.statement);
    const statement = request.statement.trim().split('\n')[0] || null;
    const said = { author: rights.author, licence: rights.licence ?? statement };
    const { document, sounds, facts: known } = soundingKit(source, said);
    const names = soundNames(document);
    const own = ownFile(source, document, said);
    const published: FolderFile[] = [];
    for (const format of formats) {
      const isOwn = format === 'wav';
      const input: KitFilesInput = {
        format,
        document,
        depth: request.depth,
        sounds: isOwn ? own.sounds : soundFiles(source, sounds, names),
        manifest: isOwn ? objectText({ ...own.file }) : null,
        licences: rights.text(
          namesIn(format, kit.name, isOwn ? own.sounds : soundFiles(source, sounds, names)),
        ),
      };
      published.push(...(await writtenFiles(call, input)));
      for (const loss of lossesOf(format, document, known)) call.note(`${KIT_FORMAT_NAMES[format]}: ${loss}`);
    }
    const licences = rights.text(published.map(({ to }) => to));
    const all = [...published, { to: 'LICENSES.json', content: { text: licences } }];
    const name = plainFileName(kit.name) || 'Kit';
    const folder = await call.step({ title: 'Writing files', weight: WEIGHTS.publish }, () =>
      publishFolder(parent, name, all, call.signal),
    );
    return { files: await mainFiles(folder, formats, published), made: {} };
  };
}

/** What LICENSES.json beside one format calls the files there. */
const namesIn = (
  format: KitFormat,
  name: string,
  sounds: readonly { readonly name: string }[],
): readonly string[] => [
  format === 'wav' ? 'kit.json' : `${plainFileName(name) || 'Kit'}${MAIN[format]}`,
  ...(format === 'sf2' ? [] : sounds.map(sound => `${sound.name}.wav`)),
];

async function writtenFiles(call: StageCaller, input: KitFilesInput): Promise<readonly FolderFile[]> {
  const title = `Writing ${KIT_FORMAT_NAMES[input.format]}`;
  const { values, files } = await call.stage<KitFilesValues>('write-kit', input, {
    title,
    weight: WEIGHTS.kit,
  });
  if (values.clipped > 0)
    call.note(
      `${KIT_FORMAT_NAMES[input.format]}: ${values.clipped} ${values.clipped === 1 ? 'hit passes' : 'hits pass'} full scale and ${values.clipped === 1 ? 'is' : 'are'} clipped; 32-bit float WAVs keep them.`,
    );
  return Object.entries(values.paths).flatMap(([key, to]) => {
    const file = files[key];
    return file ? [{ to, content: { path: file.path } }] : [];
  });
}

/** The files that somebody opens, one a format, and the licences. */
async function mainFiles(
  folder: string,
  formats: readonly KitFormat[],
  published: readonly FolderFile[],
): Promise<ResultFile[]> {
  const mains = formats.flatMap(format => {
    const main = published.find(({ to }) => to.endsWith(MAIN[format]) && !to.endsWith('LICENSES.json'));
    return main ? [{ kind: format, to: main.to }] : [];
  });
  return Promise.all(
    [...mains, { kind: 'licences', to: 'LICENSES.json' }].map(async ({ kind, to }) => {
      const path = join(folder, to);
      return { kind, name: posix.basename(to), path, bytes: (await stat(path)).size };
    }),
  );
}
