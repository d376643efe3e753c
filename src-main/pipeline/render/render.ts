import { join } from 'node:path';
import { z } from 'zod';
import {
  FileRefSchema,
  readGroove,
  type Stage,
  type StageContext,
  throwIfCancelled,
} from '#main/pipeline/stage';
import { createWavWriter, encodeMp3, WAV_FORMATS, type WavWriter } from '#main/platform';
import { fail, invariant, ok, type Result } from '#shared/base';
import { LoudnessMeter } from '#shared/dsp';
import {
  endVoices,
  hitsOfNote,
  isHeard,
  keptOf,
  kitOfPattern,
  type LoopPlan,
  mixedThrough,
  mixVoices,
  planLoop,
  RELEASE_SECONDS,
  renderFrames,
  scheduleVoices,
  soundingRoles,
  takeChoice,
} from '#shared/mix';
import {
  firstPasses,
  frameCount,
  type HitId,
  type Kit,
  KitSchema,
  MixSchema,
  type Note,
  type Pattern,
  type PlanarAudio,
  passesOf,
  patternSeconds,
  PLAIN_MIX,
} from '#shared/model';
import type { Failure } from '#shared/protocol';
import { framesAt } from '#shared/units';
import { type LoadedSample, loadSample, type Sample, SampleSchema } from './samples';

/** As many as a pattern may have bars. */
const MOST_PASSES = 1024;

const RenderInputSchema = z.object({
  grid: FileRefSchema,
  events: FileRefSchema,
  samples: z.array(SampleSchema),
  /** Base name of the files, without folder or extension. */
  name: z.string().regex(/^[^/\\\0]+$/),
  sampleRate: z.number().int().min(8000).max(192_000).default(44_100),
  format: z.enum(WAV_FORMATS).default('24'),
  mp3: z.boolean().default(false),
  stems: z.boolean().default(false),
  /** Seconds that the last hits may ring on after the last bar line; with 0 the file ends on it. */
  tailSeconds: z.number().min(0).max(30).default(2),
  /** How often the pattern is played, chances drawn anew each time. */
  passes: z.number().int().min(1).max(MOST_PASSES).default(1),
  /** Exactly as long as the bars: what rings on over the end sounds at the start. There is no tail then. */
  loop: z.boolean().default(false),
  /** What the roles pass on their way to the files, and the master. */
  mix: MixSchema.default(PLAIN_MIX),
  /** Whether the stems pass the master as the mix does, and sum to it; otherwise they sum to what goes into the master. */
  master: z.boolean().default(true),
  /** Pads with their gains, pans and choke groups; a plain pad for each role and instrument without one. */
  kit: KitSchema.nullable().default(null),
});
export type RenderInput = z.infer<typeof RenderInputSchema>;

export interface RenderValues {
  readonly frames: number;
  /** Highest frame in dBFS; above 0 the integer formats clip. Silence is -200. */
  readonly peakDecibels: number;
  /** Highest level between the frames too, in dBTP. */
  readonly truePeakDecibels: number;
  /** Integrated loudness (BS.1770); -200 when all is below its gate or shorter than its 400 ms. */
  readonly loudnessLufs: number;
}

/** Stands for silence, whose level in decibels no JSON can hold. */
const LOWEST_DECIBELS = -200;
const MP3_KILOBITS = 320;
/** Share of the progress that loading the samples and the MP3 take. */
const LOADING = 0.2;
const ENCODING = 0.2;

/** The event grid as audio: a stereo WAV, and an MP3 and a stem for each role that sounds where asked for. */
export const renderStage: Stage<RenderInput, RenderValues> = {
  name: 'render',
  title: 'Rendering',
  version: 4,
  input: RenderInputSchema,
  async run(input, context) {
    const groove = await readGroove(input);
    if (!groove.ok) return groove;
    const loaded = await loadSamples(groove.value, input, context);
    if (!loaded.ok) return loaded;
    const values = await writeMix(groove.value, loaded.value, input, context);
    const { name } = input;
    const files: Record<string, string> = { wav: `${name}.wav` };
    for (const role of input.stems ? values.roles : []) files[`stem:${role}`] = stemName(name, role);
    if (input.mp3) {
      const { folder, signal } = context;
      const paths = [join(folder, `${name}.wav`), join(folder, `${name}.mp3`)] as const;
      const encoded = await encodeMp3(...paths, { kilobits: MP3_KILOBITS, signal });
      if (!encoded.ok) return encoded;
      files['mp3'] = `${name}.mp3`;
    }
    context.report(1);
    return ok({ values: values.measured, files });
  },
};

const stemName = (name: string, role: string): string => `${name}_${role}.wav`;

/** What an event may sound with: the sample that it names, else those that its pad has, where there is a kit. */
const hitsOf = (note: Note, kit: Kit | null): readonly HitId[] =>
  kit ? hitsOfNote(note, kit) : note.hit === null ? [] : [note.hit];

/** The samples that the events sound with; fails when one of them is not among those given. */
async function loadSamples(
  { notes }: Pattern,
  { samples, sampleRate, kit }: RenderInput,
  { signal, report }: StageContext,
): Promise<Result<ReadonlyMap<string, LoadedSample>, Failure>> {
  const given = new Map<string, Sample>(samples.map(sample => [sample.sampleId, sample]));
  const wanted = [...new Set(notes.flatMap(note => (note.muted ? [] : hitsOf(note, kit))))];
  const loaded = new Map<string, LoadedSample>();
  for (const [index, sampleId] of wanted.entries()) {
    throwIfCancelled(signal);
    const sample = given.get(sampleId);
    if (!sample) return fail({ code: 'missingSample', sampleId, path: `${sampleId}.wav` });
    const read = await loadSample(sample, sampleRate, signal);
    if (!read.ok) return read;
    loaded.set(sampleId, read.value);
    report((LOADING * (index + 1)) / wanted.length);
  }
  return ok(loaded);
}

interface Written {
  readonly roles: readonly string[];
  readonly measured: RenderValues;
}

async function writeMix(
  pattern: Pattern,
  samples: ReadonlyMap<string, LoadedSample>,
  input: RenderInput,
  context: StageContext,
): Promise<Written> {
  const { sampleRate, format, name } = input;
  const { voices, frames, kept } = planOf(pattern, samples, input);
  const audioOf = (hit: HitId): PlanarAudio => {
    const sample = samples.get(hit);
    invariant(sample, 'every voice has a loaded sample');
    return sample.audio;
  };
  const mixed = mixVoices(voices, audioOf, { sampleRate, frames });
  const through = mixedThrough(mixed, input.mix, { sampleRate, masterStems: input.master });
  const blocks = keptOf(through, kept);
  const roles = soundingRoles(voices).filter(role => isHeard(input.mix, role));
  const meter = new LoudnessMeter(sampleRate, 2);
  const open = (file: string): Promise<WavWriter> =>
    createWavWriter(join(context.folder, file), {
      sampleRate,
      channelCount: 2,
      format,
      ditherSeed: file,
      expectedFrames: kept.frames,
    });
  const writers: WavWriter[] = [];
  try {
    const mixWriter = await open(`${name}.wav`);
    writers.push(mixWriter);
    const stemWriters = new Map<string, WavWriter>();
    for (const role of input.stems ? roles : []) {
      const writer = await open(stemName(name, role));
      writers.push(writer);
      stemWriters.set(role, writer);
    }
    const share = 1 - LOADING - (input.mp3 ? ENCODING : 0);
    for (const { mix, stems } of blocks) {
      throwIfCancelled(context.signal);
      meter.push(mix.channels);
      await mixWriter.write(mix);
      for (const [role, stem] of stems) await stemWriters.get(role)?.write(stem);
      context.report(LOADING + (share * mixWriter.frames) / kept.frames);
    }
    for (const writer of writers) await writer.finish();
  } finally {
    for (const writer of writers) await writer.discard();
  }
  const { peakDecibels, truePeakDecibels, integratedLufs } = meter.finish();
  return {
    roles,
    measured: {
      frames: kept.frames,
      peakDecibels: Math.max(LOWEST_DECIBELS, peakDecibels),
      truePeakDecibels: Math.max(LOWEST_DECIBELS, truePeakDecibels),
      loudnessLufs: Math.max(LOWEST_DECIBELS, integratedLufs),
    },
  };
}

/** What sounds when, how long it is mixed, and what of it the file holds. */
function planOf(
  pattern: Pattern,
  samples: ReadonlyMap<string, LoadedSample>,
  { sampleRate, tailSeconds, kit, passes, loop }: RenderInput,
): LoopPlan {
  const laid = { ...pattern, notes: pattern.notes.filter(note => hitsOf(note, kit).length > 0) };
  const played = kit ?? kitOfPattern(laid, sampleRate);
  const options = {
    sampleRate,
    hitFrames: (hit: HitId) => frameCount(samples.get(hit)?.audio ?? { sampleRate, channels: [] }),
    preRollFrames: (hit: HitId) => samples.get(hit)?.preRoll ?? 0,
  };
  if (loop) return planLoop(laid, played, passes, options);
  const whole = passesOf(laid, firstPasses(passes));
  const voices = scheduleVoices(whole, played, { ...options, takes: takeChoice(laid, played) });
  const patternFrames = framesAt(patternSeconds(whole), sampleRate);
  const frames = renderFrames(voices, patternFrames, framesAt(tailSeconds, sampleRate), sampleRate);
  return {
    voices: endVoices(voices, frames, framesAt(RELEASE_SECONDS, sampleRate)),
    frames,
    kept: { start: 0, frames },
  };
}
