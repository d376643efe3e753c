import { dirname } from 'node:path';
import type { Tensor } from '#shared/analysis';
import {
  CLASS_COUNT,
  type Humaniser,
  STEP_FEATURES,
  STEP_NUMBERS,
  type StepModel,
  TAP_NUMBERS,
  type Tapper,
  WINDOW_CELLS,
} from '#shared/compose';
import { fail, invariant, ok, type Result } from '#shared/base';
import { clamp } from '#shared/units';
import type { Failure } from '#shared/protocol';
import { HumaniserManifestSchema, TapperManifestSchema, TransformerManifestSchema } from './groove-manifests';
import { readBundledModel, readManifest, readBundledFile } from './model-store';
import { checkFinite } from './segment-runner';
import { type ModelSession, openSession } from './session';

/** One thread: the graphs are small, and the same bytes come out on any machine with these instructions. */
const OPTIONS = { threads: 1 };

/** A model that holds memory until it is closed. */
export interface Closeable {
  close(): Promise<void>;
}

async function openGraph(
  folder: string,
  entry: { readonly file: string; readonly bytes: number; readonly sha256: string },
): Promise<Result<ModelSession, Failure>> {
  const file = await readBundledFile(folder, entry);
  return file.ok ? openSession({ ...file.value, metadata: {} }, OPTIONS) : file;
}

/** Runs a graph and takes numbers out of it; what is not finite is the model's fault. */
async function run(
  session: ModelSession,
  path: string,
  inputs: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
): Promise<Float32Array[]> {
  const given = await session.run(inputs, outputs);
  const values = outputs.map(name => given[name]?.data ?? new Float32Array());
  checkFinite(values, path);
  return values;
}

/** Tempi that the models were trained with, quarter notes a minute. */
const conditionOf = (tempos: readonly number[], fills: readonly boolean[]): Tensor => ({
  data: Float32Array.from(
    tempos.flatMap((tempo, index) => [(clamp(tempo, 50, 290) - 110) / 40, fills[index] ? 1 : 0]),
  ),
  dims: [tempos.length, 2],
});

const stylesOf = (style: number, count: number): Tensor => ({
  data: new Float32Array(count).fill(style),
  dims: [count],
});

/** The humaniser whose manifest is at `manifestPath`, its four graphs loaded. */
export async function openHumaniser(manifestPath: string): Promise<Result<Humaniser & Closeable, Failure>> {
  const folder = dirname(manifestPath);
  const read = await readManifest(folder, HumaniserManifestSchema);
  if (!read.ok) return read;
  const { graphs, levels } = read.value;
  const sessions: ModelSession[] = [];
  const close = async (): Promise<void> => {
    for (const session of sessions) await session.close();
  };
  for (const entry of [graphs.tight, graphs.context, graphs.listen, graphs.play]) {
    const opened = await openGraph(folder, entry);
    if (!opened.ok) {
      await close();
      return opened;
    }
    sessions.push(opened.value);
  }
  const [tight, context, listen, play] = sessions;
  invariant(tight && context && listen && play, 'four graphs');
  const sizes = {
    context: graphs.context.outputs.context[2],
    groove: graphs.context.outputs.priorMean[1],
    state: graphs.play.inputs.state[2],
    velocityLevels: levels.velocity,
    offsetLevels: levels.offset,
  };
  const patternInputs = ({ hits, count, tempos, fills, style }: Parameters<Humaniser['tight']>[0]) => ({
    hits: { data: hits, dims: [count, WINDOW_CELLS, CLASS_COUNT] },
    condition: conditionOf(tempos, fills),
    style: stylesOf(style, count),
  });
  return ok({
    sizes,
    close,
    async tight(windows) {
      const names = ['velocity', 'offset'];
      const [velocities, offsets] = await run(tight, folder, patternInputs(windows), names);
      return { velocities: velocities!, offsets: offsets! };
    },
    async context(windows) {
      const names = ['context', 'priorMean', 'priorLogDeviation'];
      const [told, mean, logDeviation] = await run(context, folder, patternInputs(windows), names);
      return { context: told!, mean: mean!, logDeviation: logDeviation! };
    },
    async listen(told, performance, count) {
      const inputs = {
        context: { data: told, dims: [count, WINDOW_CELLS, sizes.context] },
        performance: { data: performance, dims: [count, WINDOW_CELLS, STEP_NUMBERS] },
      };
      const [groove] = await run(listen, folder, inputs, ['groove']);
      return groove!;
    },
    async play({ rows, context: told, groove, previous, state }) {
      const inputs = {
        context: { data: told, dims: [rows, 1, sizes.context] },
        groove: { data: groove, dims: [rows, sizes.groove] },
        previous: { data: previous, dims: [rows, 1, STEP_NUMBERS] },
        state: { data: state, dims: [1, rows, sizes.state] },
      };
      const [logits, next] = await run(play, folder, inputs, ['logits', 'nextState']);
      return { logits: logits!, state: next! };
    },
  });
}

/** The tap-to-drums whose manifest is at `manifestPath`. */
export async function openTapper(manifestPath: string): Promise<Result<Tapper & Closeable, Failure>> {
  const model = await readBundledModel(dirname(manifestPath), TapperManifestSchema);
  if (!model.ok) return model;
  const { manifest, path, bytes } = model.value;
  const opened = await openSession({ path, bytes, metadata: {} }, OPTIONS);
  if (!opened.ok) return opened;
  const session = opened.value;
  return ok({
    thresholds: manifest.thresholds,
    close: () => session.close(),
    async play({ count, taps, tempos, style }) {
      const inputs = {
        taps: { data: taps, dims: [count, WINDOW_CELLS, TAP_NUMBERS] },
        condition: conditionOf(
          tempos,
          tempos.map(() => false),
        ),
        style: stylesOf(style, count),
      };
      const names = ['chance', 'velocity', 'offset'];
      const [chances, velocities, offsets] = await run(session, path, inputs, names);
      return { chances: chances!, velocities: velocities!, offsets: offsets! };
    },
  });
}

/** The transformer whose manifest is at `manifestPath`. */
export async function openTransformer(manifestPath: string): Promise<Result<StepModel & Closeable, Failure>> {
  const model = await readBundledModel(dirname(manifestPath), TransformerManifestSchema);
  if (!model.ok) return model;
  const { manifest, path, bytes } = model.value;
  const opened = await openSession({ path, bytes, metadata: {} }, OPTIONS);
  if (!opened.ok) return fail(opened.failure);
  const session = opened.value;
  const width = manifest.inputs.memory[1];
  const memory = new Float32Array(manifest.windowSteps * width);
  let remembered = 0;
  return ok({
    windowSteps: manifest.windowSteps,
    close: () => session.close(),
    begin() {
      remembered = 0;
    },
    async goOn(features) {
      const steps = features.length / STEP_FEATURES;
      invariant(remembered + steps <= manifest.windowSteps, 'no more steps than the model can remember');
      const inputs = {
        features: { data: features, dims: [steps, STEP_FEATURES] },
        memory: { data: memory.subarray(0, remembered * width), dims: [remembered, width] },
      };
      const [logChances, added] = await run(session, path, inputs, ['logChances', 'remembered']);
      memory.set(added!, remembered * width);
      remembered += steps;
      return logChances!;
    },
  });
}
