import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import type { Library } from '#main/library';
import type { EncodeFormat, EncodeInput } from '#main/pipeline/encode';
import type { RenderValues } from '#main/pipeline/render';
import { eventGridText, eventsOfPattern, gridFileOf, objectText } from '#shared/compose';
import { beatCues, hitCues, hitsOfNote, loopTempo } from '#shared/mix';
import {
  type Hit,
  type Kit,
  type Pattern,
  patternSeconds,
  patternTicks,
  type Role,
  RoleSchema,
} from '#shared/model';
import type { ExportRequest } from '#shared/protocol';
import { PPQ } from '#shared/units';
import { fileOf, WEIGHTS } from '../line/hear';
import type { SampleInput } from '../line/inputs';

/** What one layer sounds like: 32-bit renders, and those in the formats that were asked for, by what they are. */
export interface LayerAudio {
  readonly mix: FileRef | null;
  readonly mp3: FileRef | null;
  readonly stems: ReadonlyMap<Role, FileRef>;
}

export const NO_AUDIO: LayerAudio = { mix: null, mp3: null, stems: new Map() };

/** Most stages that `layerAudio` calls. */
export const AUDIO_STAGES = 3;
export const AUDIO_WEIGHT = WEIGHTS.render * 2;

/** Renders a layer once in 32-bit floating point, so that every format of it is cut from the same audio, then encodes that. */
export async function layerAudio(
  library: Library,
  call: StageCaller,
  request: ExportRequest,
  pattern: Pattern,
  kit: Kit,
): Promise<LayerAudio> {
  const { mix, mp3Copy, stems, format } = request;
  const input = await renderInput(library, call, request, pattern, kit);
  const { files, values } = await call.stage<RenderValues>('render', input, {
    title: 'Rendering',
    weight: WEIGHTS.render,
  });
  if (values.peakDecibels > 0 && isClipping(request)) call.note(clipped(values.peakDecibels));
  const mixed = { key: 'mix', file: fileOf(files, 'wav') };
  const wanted = [...(mix ? [mixed] : []), ...(stems === 'none' ? [] : stemsOf(files))];
  const encoded = wanted.length > 0 ? await encoding(call, wanted, formatOf(request, pattern)) : {};
  const needsCopy = mp3Copy && !(mix && format === 'mp3');
  const copy = needsCopy ? await encoding(call, [mixed], { kind: 'mp3', kilobits: request.kilobits }) : {};
  return {
    mix: encoded['mix'] ?? null,
    mp3: copy['mix'] ?? null,
    stems: new Map(
      Object.entries(encoded).flatMap(([key, file]) => {
        const role = RoleSchema.safeParse(key.replace('stem:', ''));
        return role.success ? [[role.data, file] as const] : [];
      }),
    ),
  };
}

/** Floating point holds peaks above full scale; nothing else does. */
const isClipping = ({ mix, mp3Copy, format, bits }: ExportRequest): boolean =>
  mp3Copy || (mix && !(format === 'wav' && bits === '32f'));

const clipped = (peakDecibels: number): string =>
  `The mix passes full scale by ${peakDecibels.toFixed(1)} dB, so its loudest peaks are cut off. Lower the master or set its limiter; 32-bit float WAVs keep them.`;

const stemsOf = (files: Readonly<Record<string, FileRef>>): EncodeInput['sources'] =>
  Object.entries(files).flatMap(([key, file]) => (key.startsWith('stem:') ? [{ key, file }] : []));

async function renderInput(
  library: Library,
  call: StageCaller,
  request: ExportRequest,
  pattern: Pattern,
  kit: Kit,
) {
  const { sampleRate, loop, tailSeconds, passes, stems } = request;
  return {
    grid: await call.text(objectText({ ...gridFileOf(pattern) }), '.json'),
    events: await call.text(eventGridText(eventsOfPattern(pattern)), '.json'),
    samples: await samplesOf(library, pattern, kit),
    // One name for all, so that the same audio under another name is not rendered again.
    name: 'groove',
    sampleRate,
    format: '32f',
    loop,
    tailSeconds: loop ? 0 : tailSeconds,
    passes,
    mix: pattern.mix,
    stems: stems !== 'none',
    master: stems !== 'dry',
    kit,
  };
}

/** The formats of the mix and the stems. */
function formatOf(request: ExportRequest, pattern: Pattern): EncodeFormat {
  const { format, bits, kilobits, loop, acid, cues, passes, sampleRate } = request;
  if (format === 'mp3') return { kind: 'mp3', kilobits };
  if (format === 'flac') {
    const quarters = (patternTicks(pattern) * 60) / PPQ / patternSeconds(pattern);
    const comments = { TITLE: request.patternName, BPM: String(Math.round(quarters * 1000) / 1000) };
    return { kind: 'flac', bits: bits === '16' ? 16 : 24, comments };
  }
  const cutAt = { none: () => [], beats: beatCues, hits: hitCues }[cues];
  const chunks = { ...loopTempo(pattern, passes), cues: [...cutAt(pattern, passes, sampleRate)] };
  return { kind: 'wav', bits, loop: loop && acid ? chunks : null };
}

async function encoding(
  call: StageCaller,
  sources: EncodeInput['sources'],
  format: EncodeFormat,
): Promise<Readonly<Record<string, FileRef>>> {
  // The render is such a file already.
  if (format.kind === 'wav' && format.bits === '32f' && format.loop === null)
    return Object.fromEntries(sources.map(({ key, file }) => [key, file]));
  const input: EncodeInput = { sources, format };
  return (await call.stage('encode', input, { title: 'Encoding', weight: WEIGHTS.render / 2 })).files;
}

/** The audio of the hits that sound. Throws `JobFailed` when one is no longer in the library. */
async function samplesOf(library: Library, pattern: Pattern, kit: Kit): Promise<SampleInput[]> {
  return Promise.all(
    (await hitsOf(library, pattern, kit)).map(async ({ id, audio, onsetFrame, startFrame }) => {
      const path = await library.artefactPath(audio);
      if (!path) throw missing(id);
      const file = { kind: 'file' as const, path, sha256: audio };
      return { sampleId: id, file, onsetFrame: onsetFrame - startFrame };
    }),
  );
}

/** The hits that sound, by name. Throws `JobFailed` when one is no longer in the library. */
export async function hitsOf(library: Library, pattern: Pattern, kit: Kit): Promise<readonly Hit[]> {
  const ids = [...new Set(pattern.notes.flatMap(note => (note.muted ? [] : hitsOfNote(note, kit))))].sort();
  const hits = new Map((await library.hits.some(ids)).map(hit => [hit.id, hit]));
  return ids.map(id => {
    const hit = hits.get(id);
    if (!hit) throw missing(id);
    return hit;
  });
}

const missing = (sampleId: string): JobFailed =>
  new JobFailed({ code: 'missingSample', sampleId, path: 'the library' });
