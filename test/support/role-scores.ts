import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Ear, openBundledEar } from '#main/inference';
import { defaultPrompts } from '#main/pipeline/embed';
import { defaultRoleConfig } from '#main/pipeline/roles';
import { readWav } from '#main/platform';
import { assess, PromptListener, SpectrumMeter, textsOf } from '#shared/analysis';
import {
  type DrumEvidence,
  INSTRUMENT_FACTS,
  type Instrument,
  type MonoAudio,
  type Role,
  toMono,
} from '#shared/model';
import type { Detector } from './hearing';
import { heardStem, kitOf, slicesOf } from './kit-line';
import { DATA } from './material';
import { type OneShot, type Scores, scoresOf, soloInstrumentAt } from './one-shots';

/** Who judges. */
export const JUDGES = ['rules', 'ear', 'both'] as const;
export type Judge = (typeof JUDGES)[number];

/** A hit whose instrument is known, and its role where that is no matter of taste. */
export interface KnownHit {
  readonly instrument: Instrument;
  readonly role: Role | null;
  readonly audio: MonoAudio;
  readonly drum?: DrumEvidence | null;
}

interface Verdict {
  readonly role: Role;
  readonly instrument: Instrument;
}

/** What each judge says of each hit. The ear alone goes by its prompts and its own classifier. */
export async function verdictsOf(
  hits: readonly KnownHit[],
): Promise<Readonly<Record<Judge, readonly Verdict[]>>> {
  const opened = await openBundledEar(resolve('native-models/drum-clap'));
  if (!opened.ok) throw new Error(opened.failure.code);
  const ear: Ear = opened.value;
  const prompts = defaultPrompts();
  const listener = new PromptListener({ prompts, vectors: await ear.read(textsOf(prompts)), size: ear.size });
  const config = defaultRoleConfig();
  const meter = new SpectrumMeter();
  const verdicts: Record<Judge, Verdict[]> = { rules: [], ear: [], both: [] };
  for (const { audio, drum = null } of hits) {
    const { vectors, own } = await ear.hear([audio]);
    const heard = listener.hear(vectors, own[0] ?? null);
    verdicts.rules.push(assess(audio, config, { drum, meter }).judgement);
    verdicts.ear.push({ role: bestOf(heard.roles), instrument: bestOf(heard.instruments) });
    verdicts.both.push(assess(audio, config, { drum, ear: heard, meter }).judgement);
  }
  await ear.close();
  return verdicts;
}

const bestOf = <Name extends string>(chances: Readonly<Partial<Record<Name, number>>>): Name =>
  (Object.entries(chances) as [Name, number][]).reduce((best, each) => (each[1] > best[1] ? each : best))[0];

/** The twelve classes of the audio-text model's gate: pedal hats are closed ones, middle toms neither low nor high. */
const TWELVE: Readonly<Partial<Record<Instrument, Instrument>>> = { phh: 'chh' };
const twelveOf = (instrument: Instrument): Instrument => TWELVE[instrument] ?? instrument;

export interface JudgeScores {
  readonly roles: Scores;
  /** Of all 14 instruments. */
  readonly instruments: Scores;
  readonly twelve: Scores;
}

export function judgeScores(hits: readonly KnownHit[], verdicts: readonly Verdict[]): JudgeScores {
  const pairs = hits.flatMap((hit, at) => {
    const verdict = verdicts[at];
    return verdict ? [{ hit, verdict }] : [];
  });
  return {
    roles: scoresOf(
      pairs.flatMap(({ hit, verdict }) => (hit.role ? [{ truth: hit.role, heard: verdict.role }] : [])),
    ),
    instruments: scoresOf(
      pairs.map(({ hit, verdict }) => ({ truth: hit.instrument, heard: verdict.instrument })),
    ),
    twelve: scoresOf(
      pairs
        .filter(({ hit }) => hit.instrument !== 'mt')
        .map(({ hit, verdict }) => ({
          truth: twelveOf(hit.instrument),
          heard: twelveOf(verdict.instrument),
        })),
    ),
  };
}

/** The slices that Backbeat cuts from a recording, where the annotation knows one instrument alone. */
export async function slicedHits(path: string, folder: string, detector: Detector): Promise<OneShot[]> {
  const track = basename(path).replace('_Drum.flac', '');
  const song = await slicesOf(join(folder, 'slices'), track, await heardStem(path, folder, detector));
  const kit = await kitOf(join(folder, 'kit'), [song], { threshold: 1 });
  const annotation = readFileSync(
    join(DATA ?? '', 'mdb-drums/ann/subclass', `${track}_subclass.txt`),
    'utf8',
  );
  const shots: OneShot[] = [];
  for (const slice of kit.manifest.slices) {
    const instrument = soloInstrumentAt(annotation, slice.onset_frame / slice.sample_rate);
    if (!instrument) continue;
    const wav = await readWav(join(kit.folder, slice.file));
    if (!wav.ok) throw new Error(wav.failure.code);
    const { role } = INSTRUMENT_FACTS[instrument];
    shots.push({
      name: `${track} ${slice.sample_id}`,
      instrument,
      role,
      audio: toMono(wav.value),
      drum: slice.drum ?? null,
    });
  }
  return shots;
}
