import type { FileRef, JobProgram, StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import { eventGridText, eventsOfPattern, gridFileOf, layerOf, objectText } from '#shared/compose';
import { padOf } from '#shared/mix';
import { encodeMidi, type Kit, type Pattern } from '#shared/model';
import { type ExportRequest, ExportSchema, type Failure } from '#shared/protocol';
import { JobFailed } from '#main/jobs';
import { kitOf } from './kit-of';
import { fileOf, WEIGHTS } from './line/hear';
import type { SampleInput } from './line/inputs';
import { ensureWritable, freeName, type Publication, publishPlain } from './line/publish';
import { renderFiles } from './line/steps/render';

/** A groove as WAV, MP3, stems and MIDI in the user's folder, under the next free name: nothing is overwritten. */
export function exportPatternProgram(library: Library, exportsFolder: string): JobProgram {
  return async (call, params) => {
    const request = ExportSchema.parse(params);
    const folder = request.folder ?? exportsFolder;
    await ensureWritable(folder);
    call.plan(2, WEIGHTS.render + WEIGHTS.publish);
    const kit = await kitOf(library, request.kitId);
    const pattern = withHits(layerOf(request.pattern, request.layer), kit);
    const hasAudio = request.wav !== null || request.mp3 || request.stems;
    const rendered = hasAudio ? await renderPattern(library, call, request, pattern, kit) : {};
    const files = await call.step({ title: 'Writing files', weight: WEIGHTS.publish }, async () => {
      const name = await freeName(folder, fileName(request.name), ['.wav', '.mp3', '.mid', '_stems']);
      return publishPlain(folder, [
        ...audioFiles(rendered, request, name),
        ...(request.midi ? [midiFile(pattern, request.name, name)] : []),
      ]);
    });
    return { files, made: {} };
  };
}

/** What a user may call an export, without what some file system does not take. */
const fileName = (name: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is meant
  name.replaceAll(/[\\/:*?"<>|\u0000-\u001f]/g, '-').replace(/^\.+|[. ]+$/g, '') || 'Groove';

/** Notes that name no hit sound as the preview plays them: with the one that their pad has chosen. */
function withHits(pattern: Pattern, kit: Kit): Pattern {
  const notes = pattern.notes.map(note => {
    if (note.hit !== null) return note;
    const pad = padOf(note, kit);
    return { ...note, hit: pad?.hits[pad.chosen] ?? pad?.hits[0] ?? null };
  });
  return { ...pattern, notes };
}

async function renderPattern(
  library: Library,
  call: StageCaller,
  request: ExportRequest,
  pattern: Pattern,
  kit: Kit,
): Promise<Readonly<Record<string, FileRef>>> {
  const { files } = await call.stage(
    'render',
    {
      grid: await call.text(objectText({ ...gridFileOf(pattern) }), '.json'),
      events: await call.text(eventGridText(eventsOfPattern(pattern)), '.json'),
      samples: await samplesOf(library, pattern),
      // One name for all, so that the same audio under another name is not rendered again.
      name: 'groove',
      sampleRate: request.sampleRate,
      format: request.wav ?? '24',
      mp3: request.mp3,
      stems: request.stems,
      limiter: request.limiter,
      tailSeconds: request.tailSeconds,
      roleGains: {},
      kit,
    },
    { title: 'Rendering', weight: WEIGHTS.render },
  );
  return files;
}

/** The audio of the hits that sound. Throws `JobFailed` when one is no longer in the library. */
async function samplesOf(library: Library, pattern: Pattern): Promise<SampleInput[]> {
  const ids = [...new Set(pattern.notes.flatMap(note => (note.muted ? [] : (note.hit ?? []))))].sort();
  const hits = new Map((await library.hits.some(ids)).map(hit => [hit.id, hit]));
  return Promise.all(
    ids.map(async sampleId => {
      const hit = hits.get(sampleId);
      const path = hit && (await library.artefactPath(hit.audio));
      if (!path) throw new JobFailed(missing(sampleId));
      const file = { kind: 'file' as const, path, sha256: hit.audio };
      return { sampleId, file, onsetFrame: hit.onsetFrame - hit.startFrame };
    }),
  );
}

const missing = (sampleId: string): Failure => ({ code: 'missingSample', sampleId, path: 'the library' });

function audioFiles(
  files: Readonly<Record<string, FileRef>>,
  { wav, mp3 }: ExportRequest,
  name: string,
): Publication[] {
  if (!files['wav']) return [];
  const stems = Object.entries(files).flatMap(([key, file]) =>
    key.startsWith('stem:') ? [[key.slice('stem:'.length), file] as const] : [],
  );
  const all = renderFiles({ wav: files['wav'], mp3: mp3 ? fileOf(files, 'mp3') : null, stems }, name);
  return wav === null ? all.filter(file => file.kind !== 'wav') : all;
}

const midiFile = (pattern: Pattern, title: string, name: string): Publication => ({
  kind: 'midi',
  stem: name,
  extension: '.mid',
  content: { bytes: encodeMidi(pattern, { type: 1, name: title }) },
});
