import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import {
  type FoundStroke,
  groupStrokes,
  judgedFamilies,
  judgeStrokes,
  type Moment,
  momentsOf,
  type Onset,
  OnsetDetector,
  type OnsetsFile,
  onsetsOfAttacks,
  type PlacedAttack,
  PLACING_REACH_SECONDS,
  placeMoment,
  POSSIBLE_CHANCE,
  PROFILE_REACH_SECONDS,
  SoundingLevel,
  SoundProfiles,
  StrokeClassSchema,
  thresholdsAt,
  withOtherAttacks,
} from '#shared/analysis';
import { canonicalJson, fail, ok, type Result } from '#shared/base';
import { Resampler } from '#shared/dsp';
import { toMono } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { type HitModel, openBundledHits } from '#main/inference';
import { Failed, type WavFile, writeFileWhole } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

const unit = z.number().min(0).max(1);

export const HitsInputSchema = z.object({
  drums: FileRefSchema,
  /** The mix that the drums were separated from, of the same rate and length: what the separation took away with it is heard there. */
  mix: FileRefSchema.optional(),
  /** The bundled hit finder, its manifest beside it. */
  model: FileRefSchema,
  /** 0 (only clear strokes) to 1 (doubtful ones, and attacks that only the flux shows). */
  sensitivity: unit.default(0.5),
  sensitivities: z.partialRecord(StrokeClassSchema, unit).default({}),
});
export type HitsInput = z.output<typeof HitsInputSchema>;

export interface HitsValues {
  readonly count: number;
}

/** Writes where drums are struck in drum audio, and which, to `onsets.json` (`OnsetsFile`). */
export const hitsStage: Stage<HitsInput, HitsValues> = {
  name: 'hits',
  title: 'Finding hits',
  version: 5,
  input: HitsInputSchema,
  async run(input, context) {
    const opened = await openBundledHits(dirname(input.model.path));
    if (!opened.ok) return opened;
    const model = opened.value;
    try {
      return await answer(input, model, context);
    } catch (error) {
      throwIfCancelled(context.signal);
      if (error instanceof Failed) return fail(error.failure);
      throw error;
    } finally {
      await model.close();
    }
  },
};

async function answer(input: HitsInput, model: HitModel, context: StageContext) {
  const file = await withDrums(input, async (drums, mix): Promise<OnsetsFile> => {
    const onsets = await hear(drums, mix, input, model, context);
    const thresholds = thresholdsAt(judgedOf(model), { sensitivity: 0.5 });
    return { sampleRate: drums.sampleRate, thresholds, onsets };
  });
  if (!file.ok) return file satisfies Result<OnsetsFile, Failure>;
  await writeFileWhole(join(context.folder, 'onsets.json'), canonicalJson(file.value));
  return ok({ values: { count: file.value.onsets.length }, files: { onsets: 'onsets.json' } });
}

/** Opens the drums and, where there is one, the mix. */
async function withDrums<Value>(
  { drums, mix }: HitsInput,
  work: (drums: WavFile, mix: WavFile | null) => Promise<Value>,
): Promise<Result<Value, Failure>> {
  const done = await withWav(drums, async wav => {
    if (!mix) return ok(await work(wav, null));
    return withWav(mix, async mixWav => {
      if (mixWav.sampleRate !== wav.sampleRate || mixWav.frames !== wav.frames)
        throw new Error('The drums are not of this mix');
      return work(wav, mixWav);
    });
  });
  return done.ok ? done.value : done;
}

/** Shares of the work: the track's level, the network, what strokes sound like, their judgement, the attacks' feet. */
const LEVEL_SHARE = 0.1;
const HEARING_SHARE = 0.8;
const SOUND_SHARE = 0.85;
const JUDGED_SHARE = 0.95;

const judgedOf = ({ contract }: HitModel) => ({ families: judgedFamilies(contract.families) });

async function hear(
  wav: WavFile,
  mix: WavFile | null,
  input: HitsInput,
  model: HitModel,
  context: StageContext,
): Promise<Onset[]> {
  const hearings = mix ? [wav, mix] : [wav];
  const levels: Level[] = [];
  for (const [index, heard] of hearings.entries()) {
    const share = [index, index + 1].map(done => (LEVEL_SHARE * done) / hearings.length);
    levels.push(await levelOf(heard, model, context, [share[0]!, share[1]!]));
  }
  const { peak } = levels[0]!;
  const { sampleRate } = wav;
  const stream = model.openStream({
    gains: levels.map(({ gain }) => gain),
    thresholds: Object.fromEntries(model.contract.classes.map(name => [name, POSSIBLE_CHANCE])),
    signal: context.signal,
  });
  const flux = new OnsetDetector({ sampleRate, sensitivity: input.sensitivity, peak });
  const toModel = hearings.map(() => resampler(wav, model));
  const atModelsRate = (monos: readonly Float32Array[]): Float32Array[] =>
    monos.map((mono, index) => toModel[index]?.push([mono])[0] ?? mono);
  let start = 0;
  const strokes: FoundStroke[] = [];
  const attacks: Onset[] = [];
  await streamPieces(
    wav,
    context,
    async piece => {
      const mono = toMono(piece).samples;
      attacks.push(...flux.push(mono));
      const others = mix ? [toMono(await mix.read(start, mono.length)).samples] : [];
      start += mono.length;
      strokes.push(...(await stream.push(atModelsRate([mono, ...others]))));
    },
    [LEVEL_SHARE, HEARING_SHARE],
  );
  attacks.push(...flux.finish());
  const ends = toModel.flatMap(each => (each ? [each.finish()[0]!] : []));
  if (ends.length > 0) strokes.push(...(await stream.push(ends)));
  strokes.push(...(await stream.finish()));
  const thresholds = thresholdsAt(judgedOf(model), input);
  const judged = await judge(strokes, model, wav, peak, context);
  const counting = judged.filter(stroke => stroke.probability >= (thresholds[stroke.class] ?? 1));
  const placed = await place(momentsOf(counting), wav, peak, context);
  return withOtherAttacks(onsetsOfAttacks(placed, sampleRate), attacks);
}

/** Judges what the network heard by what the song itself tells. */
async function judge(
  strokes: readonly FoundStroke[],
  { contract }: HitModel,
  wav: WavFile,
  peak: number,
  context: StageContext,
): Promise<FoundStroke[]> {
  const groups = groupStrokes(strokes);
  const { sampleRate, frames } = wav;
  const sounds = new SoundProfiles(sampleRate, gainOf(peak));
  const reach = Math.ceil(PROFILE_REACH_SECONDS * sampleRate);
  const profiles: Float32Array[] = [];
  for (const [index, centre] of groups.centres.entries()) {
    if (index % MOMENTS_A_TURN === 0) {
      throwIfCancelled(context.signal);
      context.report(HEARING_SHARE + ((SOUND_SHARE - HEARING_SHARE) * index) / groups.centres.length);
    }
    const at = Math.min(frames - 1, Math.round(centre * sampleRate));
    const start = Math.max(0, at - reach);
    const audio = toMono(await wav.read(start, Math.min(frames, at + reach) - start));
    profiles.push(sounds.measure(audio.samples, at - start));
  }
  const judged: FoundStroke[] = [];
  const judgement = judgeStrokes(strokes, contract.families, groups, profiles, frames / sampleRate);
  for (const stroke of judgement) {
    if (judged.length % STROKES_A_TURN === 0) {
      // Some ten thousand strokes an hour are judged for minutes on end; others must come to a word in between.
      await nextTurn();
      throwIfCancelled(context.signal);
      context.report(
        SOUND_SHARE + ((JUDGED_SHARE - SOUND_SHARE) * judged.length) / Math.max(1, strokes.length),
      );
    }
    judged.push(stroke);
  }
  return judged;
}

/** Brings a track of that peak to the level of the flux. */
const gainOf = (peak: number): number => (peak > 0 ? 0.1 / peak : 1);

const resampler = (wav: WavFile, { contract }: HitModel): Resampler | null =>
  wav.sampleRate === contract.sampleRate ? null : new Resampler(wav.sampleRate, contract.sampleRate, 1);

interface Level {
  readonly gain: number;
  readonly peak: number;
}

async function levelOf(
  wav: WavFile,
  model: HitModel,
  context: StageContext,
  share: readonly [from: number, to: number],
): Promise<Level> {
  const level = new SoundingLevel(model.contract.level);
  const toModel = resampler(wav, model);
  let peak = 0;
  await streamPieces(
    wav,
    context,
    piece => {
      const mono = toMono(piece).samples;
      for (let at = 0; at < mono.length; at++) peak = Math.max(peak, Math.abs(mono[at]!));
      level.push(toModel ? toModel.push([mono])[0]! : mono);
    },
    share,
  );
  if (toModel) level.push(toModel.finish()[0]!);
  return { gain: level.gain(), peak };
}

/** Moments looked at between two signs of progress. */
const MOMENTS_A_TURN = 100;
const STROKES_A_TURN = 100;

/** Looks each moment up in the stem itself, at its own rate. */
async function place(
  moments: readonly Moment[],
  wav: WavFile,
  peak: number,
  context: StageContext,
): Promise<PlacedAttack[]> {
  const { sampleRate, frames } = wav;
  const reach = Math.ceil(PLACING_REACH_SECONDS * sampleRate);
  const centres = moments.map(({ time }) => Math.min(frames - 1, Math.round(time * sampleRate)));
  const placed: PlacedAttack[] = [];
  for (const [index, moment] of moments.entries()) {
    if (index % MOMENTS_A_TURN === 0) {
      throwIfCancelled(context.signal);
      context.report(JUDGED_SHARE + ((1 - JUDGED_SHARE) * index) / moments.length);
    }
    const centre = centres[index]!;
    const start = Math.max(0, centre - reach);
    const audio = toMono(await wav.read(start, centre + reach - start));
    const between = (other: Moment | undefined, otherCentre: number | undefined, open: number): number =>
      other && otherCentre !== undefined && sharesADrum(moment, other)
        ? Math.round((centre + otherCentre) / 2) - start
        : open;
    const found = placeMoment(moment, audio.samples, centre - start, {
      sampleRate,
      gain: gainOf(peak),
      from: between(moments[index - 1], centres[index - 1], 0),
      to: between(moments[index + 1], centres[index + 1], audio.samples.length),
    });
    placed.push(...found.map(attack => ({ ...attack, at: attack.at + start })));
  }
  context.report(1);
  return placed;
}

/** Two strokes of one drum: each has an attack of its own. */
const sharesADrum = (a: Moment, b: Moment): boolean =>
  a.strokes.some(stroke => b.strokes.some(other => other.class === stroke.class));
