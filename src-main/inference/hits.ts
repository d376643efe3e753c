import { z } from 'zod';
import { type FindActivations, type HitContract, HitStream, type StrokeClass } from '#shared/analysis';
import { ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { ManifestSchema } from './manifest';
import { readBundledModel } from './model-store';
import { checkFinite, checkSizes } from './segment-runner';
import { openSession } from './session';

/** Names of instruments as the training code has them. */
const CLASS_OF_INSTRUMENT = {
  kick: 'kick',
  snare: 'snare',
  rim: 'rim',
  clap: 'clap',
  'closed-hat': 'chh',
  'open-hat': 'ohh',
  tom: 'toms',
  crash: 'crash',
  ride: 'ride',
} as const satisfies Record<string, StrokeClass>;
type InstrumentName = keyof typeof CLASS_OF_INSTRUMENT;
const instrumentNames = Object.keys(CLASS_OF_INSTRUMENT) as [InstrumentName, ...InstrumentName[]];

const count = z.number().int().positive();
const share = z.number().gt(0).lt(1);
const windows = z.looseObject({ windowFrames: count, hopFrames: count, perFrame: count });

/** What the manifest of the hit finder says beyond every model's. Its "frames" are our moments: 100 a second. */
export const HitsManifestSchema = ManifestSchema.extend({
  task: z.literal('hits'),
  instruments: z.array(z.enum(instrumentNames)).min(1),
  sampleRate: count,
  hopFrames: count,
  normalisation: z.looseObject({ blockFrames: count, shareOfLoudest: share }),
  spectra: z.looseObject({ long: windows, short: windows }),
  segment: z.looseObject({ frames: count, contextFrames: count }),
  families: z.array(z.looseObject({ members: z.array(z.enum(instrumentNames)).min(1), threshold: share })),
  peaks: z.looseObject({ closeFrames: count, valley: share }),
}).refine(
  ({ instruments, families }) => {
    const members = families.flatMap(family => family.members);
    return members.length === instruments.length && instruments.every(name => members.includes(name));
  },
  { path: ['families'], message: 'each instrument must be in one' },
);
export type HitsManifest = z.infer<typeof HitsManifestSchema>;

export const hitContractOf = (manifest: HitsManifest): HitContract => ({
  sampleRate: manifest.sampleRate,
  hop: manifest.hopFrames,
  longWindow: manifest.spectra.long.windowFrames,
  shortWindow: manifest.spectra.short.windowFrames,
  shortHop: manifest.spectra.short.hopFrames,
  shortsPerMoment: manifest.spectra.short.perFrame,
  classes: manifest.instruments.map(name => CLASS_OF_INSTRUMENT[name]),
  families: manifest.families.map(({ members, threshold }) => ({
    classes: members.map(name => CLASS_OF_INSTRUMENT[name]),
    threshold,
  })),
  segmentMoments: manifest.segment.frames,
  contextMoments: manifest.segment.contextFrames,
  level: manifest.normalisation,
  peaks: { closeMoments: manifest.peaks.closeFrames, valley: manifest.peaks.valley },
});

/** The hit finder, loaded. `close` frees its memory. */
export interface HitModel {
  readonly contract: HitContract;
  /** Runs the network once; throws `Failed` when its answer is not what the contract says. */
  readonly find: FindActivations;
  /** Hears one track; `signal` is looked at between segments. */
  openStream(options: {
    /** Of the drums and, where the mix that they are from is heard as well, of that. */
    readonly gains: readonly number[];
    /** From `thresholdsAt`. */
    readonly thresholds: Readonly<Partial<Record<StrokeClass, number>>>;
    readonly signal: AbortSignal;
    /** Moments a run; the contract's own unless given. What is found does not depend on it. */
    readonly segmentMoments?: number;
  }): HitStream;
  close(): Promise<void>;
}

const OUTPUTS = ['chance', 'velocity', 'offset'] as const;
/** Fixed, because the bytes of a result may depend on it. */
const THREADS = 2;

/** The bundled hit finder in `folder` (native-models/drum-hits), ready to run. */
export async function openBundledHits(
  folder: string,
  { threads = THREADS }: { readonly threads?: number } = {},
): Promise<Result<HitModel, Failure>> {
  const model = await readBundledModel(folder, HitsManifestSchema);
  if (!model.ok) return model;
  const { manifest, path, bytes } = model.value;
  const opened = await openSession({ path, bytes, metadata: {} }, { threads });
  if (!opened.ok) return opened;
  const session = opened.value;
  const contract = hitContractOf(manifest);
  const find: FindActivations = async (long, short) => {
    const given = await session.run({ long, short }, OUTPUTS);
    const size = (long.dims[1] ?? 0) * contract.classes.length;
    checkSizes(given, { chance: size, velocity: size, offset: size }, path);
    const [chance, velocity, offset] = OUTPUTS.map(name => given[name]!.data) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    checkFinite([chance, velocity, offset], path);
    return { chance, velocity, offset };
  };
  return ok({
    contract,
    find,
    openStream: ({ gains, thresholds, signal, segmentMoments = contract.segmentMoments }) =>
      new HitStream({ ...contract, segmentMoments }, gains, thresholds, async (long, short) => {
        signal.throwIfAborted();
        const found = await find(long, short);
        signal.throwIfAborted();
        return found;
      }),
    close: () => session.close(),
  });
}
