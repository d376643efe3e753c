import { extname } from 'node:path';
import type { JobProgram } from '#main/jobs';
import type { Library } from '#main/library';
import {
  type DrumMap,
  encodeMidi,
  encodeMidiByRole,
  firstPasses,
  type Kit,
  type Pattern,
  passesOf,
  STRAIGHT,
} from '#shared/model';
import {
  type ExportRequest,
  ExportSchema,
  type Layer,
  type NamedFile,
  type ResultFile,
} from '#shared/protocol';
import { kitOf } from '../kit-of';
import { WEIGHTS } from '../line/hear';
import { ensureWritable, type Publication, publishNew, publishPlain } from '../line/publish';
import { drumMapOf } from '../midi';
import { AUDIO_STAGES, AUDIO_WEIGHT, type LayerAudio, layerAudio, NO_AUDIO } from './audio';
import { exportNames, layerWithHits } from './layers';
import { type LicenceFacts, licencesOf } from './licences';
import { freeNumber } from './outlook';

/** One layer of the groove and everything that was made of it. */
interface MadeLayer {
  readonly pattern: Pattern;
  readonly audio: LayerAudio;
}

/** A groove as audio, stems and MIDI in the user's folder. Nothing is overwritten unless that was asked for. */
export function exportPatternProgram(
  library: Library,
  facts: LicenceFacts & { readonly exportsFolder: string },
): JobProgram {
  return async (call, params) => {
    const request = ExportSchema.parse(params);
    const folder = request.folder ?? facts.exportsFolder;
    await ensureWritable(folder);
    const { mix, mp3Copy, stems, layers } = request;
    const hasAudio = mix || mp3Copy || stems !== 'none';
    const count = hasAudio ? layers.length : 0;
    call.plan(AUDIO_STAGES * count + 1, AUDIO_WEIGHT * count + WEIGHTS.publish);
    const kit = await kitOf(library, request.kitId);
    const made = new Map<Layer, MadeLayer>();
    for (const layer of layers) {
      const pattern = layerWithHits(request.pattern, layer, kit);
      const audio = hasAudio ? await layerAudio(library, call, request, pattern, kit) : NO_AUDIO;
      made.set(layer, { pattern, audio });
    }
    const files = await call.step({ title: 'Writing files', weight: WEIGHTS.publish }, () =>
      publish(library, facts, request, folder, kit, made),
    );
    return { files, made: {} };
  };
}

async function publish(
  library: Library,
  facts: LicenceFacts,
  request: ExportRequest,
  folder: string,
  kit: Kit,
  made: ReadonlyMap<Layer, MadeLayer>,
): Promise<readonly ResultFile[]> {
  const names = exportNames(request, kit);
  const sounding = [...made.values()].map(({ pattern }) => pattern);
  const licences = await licencesOf(library, facts, request, kit, sounding);
  const map = request.midi ? await drumMapOf(library.folder, request.midiMap) : null;
  const contents = contentsOf(request, made, map);
  const groupOf = (number: number): Publication[] => {
    const named = names(number);
    const written = named.filter(file => file.kind !== 'licences' && contents.has(keyOf(file)));
    return named.flatMap((file): Publication[] => {
      const content =
        file.kind === 'licences'
          ? { text: licences(written.map(({ name }) => name.split('/').at(-1) ?? name)) }
          : contents.get(keyOf(file));
      if (!content) return [];
      const extension = extname(file.name);
      return [{ kind: kindOf(file), stem: file.name.slice(0, -extension.length), extension, content }];
    });
  };
  if (request.existing === 'replace') return publishPlain(folder, groupOf(1));
  for (let number = 1; ; number++) {
    number = await freeNumber(folder, names, number);
    const published = await publishNew(folder, groupOf(number));
    if (published) return published;
  }
}

const keyOf = ({ kind, layer, role }: Pick<NamedFile, 'kind' | 'layer' | 'role'>): string =>
  `${kind} ${layer} ${role ?? ''}`;

/** What jobs call the file. */
const kindOf = ({ kind, role, extension }: NamedFile): string =>
  kind === 'mix' ? extension.slice(1) : kind === 'stem' && role !== null ? `stem:${role}` : kind;

/** What each file holds, as far as there is something to hold. */
function contentsOf(
  request: ExportRequest,
  made: ReadonlyMap<Layer, MadeLayer>,
  map: DrumMap | null,
): ReadonlyMap<string, Publication['content']> {
  const contents = new Map<string, Publication['content']>();
  for (const [layer, { pattern, audio }] of made) {
    const put = (
      kind: NamedFile['kind'],
      content: Publication['content'] | null,
      role: NamedFile['role'] = null,
    ) => {
      if (content) contents.set(keyOf({ kind, layer, role }), content);
    };
    put('mix', audio.mix);
    put('mp3', audio.mp3);
    for (const [role, stem] of audio.stems) put('stem', stem, role);
    if (!map) continue;
    const { midiType, midiFeel, passes, patternName: name } = request;
    const played = passesOf(midiFeel === 'kept' ? pattern : onTheGrid(pattern), firstPasses(passes));
    if (midiType === 'by-role') {
      for (const { role, bytes } of encodeMidiByRole(played, { name, map })) put('midi', { bytes }, role);
    } else put('midi', { bytes: encodeMidi(played, { type: midiType === '0' ? 0 : 1, name, map }) });
  }
  return contents;
}

/** Everything where it is written. */
const onTheGrid = (pattern: Pattern): Pattern => ({
  ...pattern,
  swing: STRAIGHT,
  notes: pattern.notes.map(note => ({ ...note, feel: 0 })),
});
