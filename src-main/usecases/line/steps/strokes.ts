import { readFile } from 'node:fs/promises';
import type { JobOutcome, StageCaller } from '#main/jobs';
import { JobFailed } from '#main/jobs';
import { OnsetsFileSchema } from '#shared/analysis';
import {
  type HeardStroke,
  eventGridText,
  eventsOfPattern,
  gridFileOf,
  patternOfStrokes,
  strokesOfTrack,
} from '#shared/compose';
import { encodeMidi, hitId, SeparatorSchema } from '#shared/model';
import { type FileRef, WantedBarsSchema } from '#shared/protocol';
import { midiVelocity } from '#shared/units';
import { z } from 'zod';
import { DetectorSchema, findOnsets } from '../detection';
import { cutSlices, findTempo, HearingSchema, songName, WEIGHTS } from '../hear';
import { ensureWritable, publishNumbered, publishPlain } from '../publish';
import { makeKit } from '../song-kit';
import { drumsOf, drumsStages, drumsWeight } from './hearing-files';
import { judgeSamples } from './roles';

const strokesFields = {
  file: z.string(),
  /** With what the drums are separated first; null takes the file as drum audio. */
  separate: SeparatorSchema.nullable(),
  sensitivity: z.number().min(0).max(1),
  /** null: the usual one. */
  detector: DetectorSchema.nullable().default(null),
  out: z.string(),
};
export const TranscribeSchema = z.object({ step: z.literal('transcribe'), ...strokesFields });
export const DrumsToPatternSchema = z.object({
  step: z.literal('drums-to-pattern'),
  ...strokesFields,
  bars: WantedBarsSchema,
});

type StrokesParams = Pick<z.infer<typeof TranscribeSchema>, 'file' | 'separate' | 'sensitivity' | 'detector'>;

const STAGES = 4;
const WEIGHT = WEIGHTS.onsets + WEIGHTS.slices + WEIGHTS.kit + WEIGHTS.roles;

/** `DIR/<name>.txt`: time, instrument and velocity (1-127) of every stroke. */
export async function transcribe(
  call: StageCaller,
  params: z.infer<typeof TranscribeSchema>,
): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(
    drumsStages(params.separate) + STAGES + 1,
    drumsWeight(params.separate) + WEIGHT + WEIGHTS.publish,
  );
  const { strokes } = await strokesIn(call, params, 0);
  const text = strokes
    .map(({ time, instrument, velocity }) => `${time.toFixed(6)}\t${instrument}\t${midiVelocity(velocity)}\n`)
    .join('');
  const files = await call.step({ title: 'Writing the transcription', weight: WEIGHTS.publish }, () =>
    publishPlain(params.out, [
      { kind: 'transcription', stem: songName(params.file), extension: '.txt', content: { text } },
    ]),
  );
  return { files, made: {} };
}

/** The groove that is played: `grid_N.json`, `event_grid_N.json` and `notes_N.mid`. */
export async function drumsToPattern(
  call: StageCaller,
  params: z.infer<typeof DrumsToPatternSchema>,
): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(
    drumsStages(params.separate) + STAGES + 2,
    drumsWeight(params.separate) + WEIGHT + WEIGHTS.tempo + WEIGHTS.publish,
  );
  const { strokes, seconds, drums, onsets } = await strokesIn(call, params, 40);
  const tempo = await findTempo(call, drums, onsets);
  if (!tempo) throw new JobFailed({ code: 'noPulse', path: params.file });
  const made = patternOfStrokes(strokes, tempo, seconds, params.bars);
  if (!made || made.pattern.notes.length === 0)
    throw new JobFailed({ code: 'noHits', path: params.file, seconds });
  // The hits are this run's own: nobody else could play them.
  const pattern = { ...made.pattern, notes: made.pattern.notes.map(note => ({ ...note, hit: null })) };
  const grid = `${JSON.stringify(gridFileOf(pattern), null, 2)}\n`;
  const events = eventGridText(eventsOfPattern(pattern));
  const midi = encodeMidi(pattern, { type: 1, name: songName(params.file) });
  const { files } = await call.step({ title: 'Writing the pattern', weight: WEIGHTS.publish }, () =>
    publishNumbered(params.out, [
      { kind: 'grid', stem: 'grid', extension: '.json', content: { text: grid } },
      { kind: 'event_grid', stem: 'event_grid', extension: '.json', content: { text: events } },
      { kind: 'midi', stem: 'notes', extension: '.mid', content: { bytes: midi } },
    ]),
  );
  return { files, made: {} };
}

interface FoundStrokes {
  readonly strokes: readonly HeardStroke[];
  readonly drums: FileRef;
  readonly onsets: FileRef;
  /** Length of the drums. */
  readonly seconds: number;
}

/** Every stroke of a file in order of time, told apart by the network and, where it is not sure or not there, by the rules of roles. */
async function strokesIn(
  call: StageCaller,
  { file, separate, sensitivity, detector }: StrokesParams,
  flamMs: number,
): Promise<FoundStrokes> {
  const found = await drumsOf(call, file, separate);
  const { drums } = found;
  const onsets = await findOnsets(call, found, sensitivity, detector);
  const hearing = HearingSchema.parse({ sensitivity, flamMs });
  const slices = await cutSlices(call, { drums, residual: null }, onsets, hearing);
  const { manifest, samples } = await makeKit(
    call,
    { name: songName(file), source: drums, drums, slices },
    1,
  );
  const { judgements } = await judgeSamples(call, samples);
  const judged = new Map(judgements.map(({ sampleId, judgement }) => [sampleId, judgement]));
  const heard = OnsetsFileSchema.parse(JSON.parse(await readFile(onsets.path, 'utf8')));
  const hits = manifest.slices.map(slice => ({
    id: hitId(slice.sample_id),
    onsetFrame: slice.onset_frame,
    flamFrames: slice.flam_frames,
    velocity: slice.velocity,
    duplicates: [],
    judgement: judged.get(slice.sample_id) ?? null,
    override: null,
    quality: null,
  }));
  const last = manifest.slices.reduce((end, slice) => Math.max(end, slice.start_frame + slice.frames), 0);
  const strokes = strokesOfTrack(hits, heard.onsets, heard.sampleRate);
  return { strokes, drums, onsets, seconds: last / heard.sampleRate };
}
