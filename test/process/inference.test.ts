import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MixSource,
  openSeparationModel,
  type SeparateOptions,
  type SeparationModel,
  separateWithModel,
} from '#main/inference';
import { explain, type Failure } from '#shared/protocol';
import { song } from '#test/audio';
import { type OnnxGraph, onnxModel } from '#test/onnx-graphs';
import {
  drumStemGraph,
  flatGraph,
  type HybridKind,
  hybridGraph,
  likeGraph,
  roformerGraph,
  waveformGraph,
} from '#test/separation-graphs';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backbeat-inference-'));
});
afterAll(() => rm(folder, { recursive: true }));

let written = 0;
async function fileOf(graph: OnnxGraph | Uint8Array, fileName?: string): Promise<string> {
  const path = join(folder, fileName ?? `model-${++written}.onnx`);
  await writeFile(path, graph instanceof Uint8Array ? graph : onnxModel(graph));
  return path;
}

async function open(graph: OnnxGraph, fileName?: string): Promise<SeparationModel> {
  const opened = await openSeparationModel(await fileOf(graph, fileName), { threads: 1 });
  if (!opened.ok) throw new Error(explain(opened.failure));
  return opened.value;
}

async function failureOf(graph: OnnxGraph | Uint8Array): Promise<Failure> {
  const opened = await openSeparationModel(await fileOf(graph), { threads: 1 });
  if (opened.ok) throw new Error('it was accepted');
  return opened.failure;
}

/** A song that is read in pieces of an odd length. */
const sourceOf = (channels: readonly Float32Array[], sampleRate: number): MixSource => ({
  sampleRate,
  channelCount: channels.length,
  frames: channels[0]?.length ?? 0,
  async *pieces() {
    for (let start = 0; start < (channels[0]?.length ?? 0); start += 777) {
      yield await Promise.resolve(channels.map(channel => channel.slice(start, start + 777)));
    }
  },
});

const mixOf = (frames: number): MixSource =>
  sourceOf(
    song(frames / 44_100 + 0.01).channels.map(channel => channel.slice(0, frames)),
    44_100,
  );

/** Two low tones, the second channel upside down: nothing that resampling to 44.1 kHz or a model of low bins would lose. */
function lowSong(frames: number, channelCount = 2, sampleRate = 44_100): MixSource {
  const channel = Float32Array.from(
    { length: frames },
    (_, at) => 0.4 * Math.sin(0.03 * at) + 0.2 * Math.cos(0.11 * at),
  );
  return sourceOf([channel, channel.map(value => -value)].slice(0, channelCount), sampleRate);
}

interface Separated {
  readonly mix: readonly Float32Array[];
  readonly stems: readonly (readonly Float32Array[])[];
  readonly residual: readonly Float32Array[];
}

const joined = (parts: readonly Float32Array[]): Float32Array =>
  Float32Array.from(parts.flatMap(part => [...part]));

async function separate(
  model: SeparationModel,
  mix: MixSource,
  options: Partial<SeparateOptions> = {},
): Promise<Separated> {
  const pieces: { stems: readonly (readonly Float32Array[])[]; residual: readonly Float32Array[] }[] = [];
  const input: (readonly Float32Array[])[] = [];
  for await (const piece of mix.pieces()) input.push(piece);
  const result = await separateWithModel(model, mix, piece => Promise.resolve(void pieces.push(piece)), {
    seed: 1,
    shifts: 0,
    signal: new AbortController().signal,
    ...options,
  });
  if (!result.ok) throw new Error(explain(result.failure));
  const channels = Array.from({ length: mix.channelCount }, (_, channel) => channel);
  const count = pieces[0]?.stems.length ?? 0;
  return {
    mix: channels.map(channel => joined(input.map(piece => piece[channel]!))),
    stems: Array.from({ length: count }, (_, stem) =>
      channels.map(channel => joined(pieces.map(piece => piece.stems[stem]![channel]!))),
    ),
    residual: channels.map(channel => joined(pieces.map(piece => piece.residual[channel]!))),
  };
}

/** Largest distance of `found` from `gain` times `wanted`, leaving out `edge` frames at both ends. */
function furthest(
  found: readonly Float32Array[],
  wanted: readonly Float32Array[],
  gain: number,
  edge = 0,
): number {
  expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length));
  let most = 0;
  found.forEach((channel, index) => {
    for (let at = edge; at < channel.length - edge; at++) {
      most = Math.max(most, Math.abs(channel[at]! - gain * wanted[index]![at]!));
    }
  });
  return most;
}

const GAINS = [0.4, 0.3, 0.2, 0.1];
/** One frame; much less than a segment of 2000; one; one and a bit; several and odd. */
const LENGTHS = [1, 333, 2000, 2001, 7777];

describe('models of waveforms', () => {
  it.each([
    ['B', ['input', 'output']],
    ['C', ['mix', 'stems']],
    ['C2', ['mix', 'sources']],
  ] as const)('of contract %s give the known stems for every length', async (id, names) => {
    const model = await open(waveformGraph({ gains: GAINS }, [...names]));
    expect(model.contract.id).toBe(id);
    expect(model.stems).toEqual(['drums', 'bass', 'other', 'vocals']);
    for (const frames of LENGTHS) {
      const { mix, stems, residual } = await separate(model, mixOf(frames));
      // What Demucs takes off as the song's mean before, it gives back to every stem.
      const mean = mix[0]!.reduce((sum, value, at) => sum + (value + mix[1]![at]!) / 2, 0) / frames;
      const spare = id === 'B' ? Math.abs(mean) : 0;
      GAINS.forEach((gain, stem) => expect(furthest(stems[stem]!, mix, gain)).toBeLessThan(spare + 1e-5));
      expect(furthest(residual, mix, 1 - GAINS[0]!)).toBeLessThan(spare + 1e-5);
    }
    await model.close();
  });

  it('name six stems, and leave out those that are not wanted', async () => {
    const model = await open(waveformGraph({ gains: [0.3, 0.2, 0.2, 0.1, 0.1, 0.1] }, ['mix', 'stems']));
    expect(model.stems).toEqual(['drums', 'bass', 'other', 'vocals', 'guitar', 'piano']);
    const { mix, stems, residual } = await separate(model, mixOf(3001), { stems: ['guitar', 'bass'] });
    expect(furthest(stems[0]!, mix, 0.1)).toBeLessThan(1e-5);
    expect(furthest(stems[1]!, mix, 0.2)).toBeLessThan(1e-5);
    expect(furthest(residual, mix, 0.7)).toBeLessThan(1e-5);
    await model.close();
  });

  it('tuned for one stem offer that one alone', async () => {
    const model = await open(waveformGraph({ gains: GAINS }, ['mix', 'stems']), 'htdemucs_ft_drums.onnx');
    const { mix, stems } = await separate(model, mixOf(2500));
    expect(stems.length).toBe(1);
    expect(furthest(stems[0]!, mix, 0.4)).toBeLessThan(1e-5);
    await model.close();
  });

  it.each([
    [1, 44_100],
    [1, 48_000],
    [2, 48_000],
    [2, 96_000],
  ])('take a song of %i channels at %i Hz', async (channelCount, sampleRate) => {
    const model = await open(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
    const { mix, stems, residual } = await separate(model, lowSong(20_011, channelCount, sampleRate));
    // At its very begin and end the resampler rings, because the song comes out of nothing there.
    expect(furthest(stems[0]!, mix, 0.4, 300)).toBeLessThan(1e-5);
    const sum = stems[0]!.map((channel, side) => channel.map((value, at) => value + residual[side]![at]!));
    expect(furthest(sum, mix, 1)).toBeLessThan(1e-6);
    await model.close();
  });

  it('take and give 16-bit numbers', async () => {
    const graph = waveformGraph({ gains: GAINS }, ['wide', 'stems.wide']);
    const model = await open({
      ...graph,
      inputs: [{ name: 'mix', dims: [1, 2, 2000], type: 'float16' }],
      outputs: [{ name: 'stems', dims: [1, 4, 2, 2000], type: 'float16' }],
      nodes: [
        { op: 'Cast', inputs: ['mix'], outputs: ['wide'], attributes: { to: 1 } },
        ...graph.nodes,
        { op: 'Cast', inputs: ['stems.wide'], outputs: ['stems'], attributes: { to: 10 } },
      ],
    });
    expect(model.contract.id).toBe('C');
    const { mix, stems } = await separate(model, mixOf(5001));
    expect(furthest(stems[0]!, mix, 0.4)).toBeLessThan(1e-3);
    await model.close();
  });

  it('give the mean of shifted runs, the same for the same seed', async () => {
    const model = await open(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
    const once = await separate(model, mixOf(5001), { shifts: 2, seed: 7 });
    expect(furthest(once.stems[0]!, once.mix, 0.4)).toBeLessThan(1e-5);
    expect(await separate(model, mixOf(5001), { shifts: 2, seed: 7 })).toEqual(once);
    await model.close();
  });

  it('give the same bytes with one thread and with two', async () => {
    const path = await fileOf(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
    const runs = [];
    for (const threads of [1, 2]) {
      const opened = await openSeparationModel(path, { threads });
      if (!opened.ok) throw new Error(explain(opened.failure));
      runs.push(await separate(opened.value, mixOf(5001)));
      await opened.value.close();
    }
    expect(runs[0]).toEqual(runs[1]);
  });
});

describe('models of waveform and spectrogram', () => {
  const kinds: readonly HybridKind[] = ['A', 'D', 'E', 'F', 'G', 'H', 'J', 'J-channels'];
  it.each(kinds)('of contract %s give the known stems', async kind => {
    const metadata = { sources: '["bass","drums","vocals","other"]' };
    const model = await open(hybridGraph(kind, { gains: GAINS, metadata }));
    expect(model.contract.id).toBe(kind.split('-')[0]);
    expect(model.stems).toEqual(['bass', 'drums', 'vocals', 'other']);
    for (const frames of LENGTHS) await expectKnownStems(model, frames);
    await model.close();
  });

  it('of contract I are normalised by the host and brought back', async () => {
    const model = await open(flatGraph({ gains: GAINS }));
    expect(model.contract).toMatchObject({ id: 'I', hostNormalised: true });
    for (const frames of LENGTHS) await expectKnownStems(model, frames, 0.02);
    await model.close();
  });

  it('of the shapes of A whose output is off scale are run as I', async () => {
    // Adds a constant of deviation 1's order: nothing to a normalised input, far too much to a quiet one.
    const graph = hybridGraph('A', { gains: GAINS });
    const loud: OnnxGraph = {
      ...graph,
      nodes: graph.nodes.flatMap(node =>
        node.outputs[0] === 'add_67'
          ? [
              { ...node, outputs: ['scaled'] },
              { op: 'Tanh', inputs: ['input'], outputs: ['bounded'] },
              { op: 'Sign', inputs: ['bounded'], outputs: ['sign'] },
              { op: 'Unsqueeze', inputs: ['sign', 'add_67.axis'], outputs: ['sign.wide'] },
              { op: 'Mul', inputs: ['sign.wide', 'add_67.gains'], outputs: ['add_67'] },
            ]
          : [node],
      ),
    };
    const model = await open(loud);
    expect(model.contract).toMatchObject({ id: 'I', hostNormalised: true, outputLayout: 'channels' });
    const again = await openSeparationModel(model.path, { threads: 1, tried: 'I' });
    expect(again.ok && again.value.contract).toEqual(model.contract);
    await model.close();
    if (again.ok) await again.value.close();
  });

  /**
   * The half of a stem that goes by way of the spectrogram lacks windows within 48 frames of a segment's edge, as Demucs' own
   * does: there stems may be softer, by less than that half; elsewhere they are within `tolerance`. A host that normalises gives every
   * stem all of a segment's mean back, which is more than it takes of the mix.
   */
  async function expectKnownStems(model: SeparationModel, frames: number, tolerance = 2e-4): Promise<void> {
    const { mix, stems } = await separate(model, mixOf(frames));
    const peak = mix.reduce((most, channel) => channel.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
    const mean = Math.abs(mix[0]!.reduce((sum, value, at) => sum + (value + mix[1]![at]!) / 2, 0) / frames);
    GAINS.forEach((gain, stem) => {
      const off = (at: number): number =>
        Math.max(...mix.map((channel, side) => Math.abs(stems[stem]![side]![at]! - gain * channel[at]!)));
      let exact = 0;
      for (let at = 0; at < frames; at++) {
        expect(off(at)).toBeLessThan((gain / 2) * (peak + mean) + mean + tolerance);
        if (off(at) < mean + tolerance) exact++;
      }
      const edges = 2 * 50 * (1 + Math.ceil(frames / 1500));
      expect(exact).toBeGreaterThanOrEqual(frames < 2000 ? 0 : frames - edges);
    });
  }
});

describe('models of spectrograms', () => {
  it.each([1, 333, 2016, 2017, 7777])('of contract D-RF give the known stems of %i frames', async frames => {
    const model = await open(roformerGraph({ gains: GAINS }));
    expect(model.contract).toMatchObject({ id: 'D-RF', shape: { size: 128, hop: 32 } });
    const { mix, stems } = await separate(model, mixOf(frames));
    GAINS.forEach((gain, stem) => expect(furthest(stems[stem]!, mix, gain)).toBeLessThan(1e-5));
    await model.close();
  });

  it('of contract D-RF subtract what they leave', async () => {
    const metadata = { sources: '["drums"]', output_complement: 'other' };
    const model = await open(roformerGraph({ gains: [0.4], metadata }));
    expect(model.stems).toEqual(['drums', 'other']);
    const { mix, stems } = await separate(model, mixOf(5003));
    expect(furthest(stems[1]!, mix, 0.6)).toBeLessThan(1e-5);
    await model.close();
  });

  it.each([1, 333, 3968, 3969, 9999])('of contract M give the known stem of %i frames', async frames => {
    const metadata = { n_fft: '128', hop: '32' };
    const graph = likeGraph({ name: 'input', dims: [1, 4, 65, 125] }, ['output'], { gains: [0.4], metadata });
    const model = await open(graph, 'drums.onnx');
    expect(model.contract).toMatchObject({ id: 'M', segment: { frames: 3968, stride: 3840, lead: 64 } });
    expect(model.stems).toEqual(['drums']);
    const { mix, stems } = await separate(model, mixOf(frames));
    expect(furthest(stems[0]!, mix, 0.4)).toBeLessThan(1e-5);
    await model.close();
  });

  it.each([1, 2000, 70_001])('of contract open-unmix give the known stem of %i frames', async frames => {
    const graph = likeGraph({ name: 'x', dims: [1, 2, 65, 'windows'] }, ['y'], { gains: [0.4] });
    const model = await open(graph, 'umx-drums.onnx');
    expect(model.contract.id).toBe('open-unmix');
    const { mix, stems } = await separate(model, mixOf(frames));
    expect(furthest(stems[0]!, mix, 0.4)).toBeLessThan(1e-5);
    await model.close();
  });

  it.each([
    ['channels first', [2, 'blocks', 512, 1024]],
    ['blocks first', ['blocks', 2, 512, 1024]],
  ])('of Spleeter, %s, share the mix by power', async (_, dims) => {
    const graph = likeGraph({ name: 'x', dims }, ['drums', 'other'], { gains: [0.4, 0.2] });
    const model = await open(graph);
    expect(model.contract.id).toBe('spleeter');
    expect(model.stems).toEqual(['drums', 'other']);
    const { mix, stems } = await separate(model, lowSong(30_001));
    // Gains of 0.4 and 0.2 are four parts of the power and one; bins above 11 kHz are not the model's.
    expect(furthest(stems[0]!, mix, 0.8, 3000)).toBeLessThan(0.01);
    await model.close();
  });
});

describe('our own drum-stem', () => {
  // Less than half of its bass window; a window; a stretch's 1024 windows less one; a join; several with an odd rest.
  it.each([1, 700, 8192, 456_193, 1_000_001])(
    'gives the masked mix of %i frames, joins included',
    async frames => {
      const model = await open(drumStemGraph(0.25));
      expect(model.contract.id).toBe('drum-stem');
      const { mix, stems, residual } = await separate(model, mixOf(frames));
      expect(furthest(stems[0]!, mix, 0.25)).toBeLessThan(1e-5);
      expect(furthest(residual, mix, 0.75)).toBeLessThan(1e-5);
      await model.close();
    },
  );

  it.each([
    [1, 44_100],
    [1, 48_000],
    [2, 48_000],
  ])('takes a song of %i channels at %i Hz', async (channelCount, sampleRate) => {
    const model = await open(drumStemGraph(0.25));
    const { mix, stems } = await separate(model, lowSong(50_001, channelCount, sampleRate));
    expect(furthest(stems[0]!, mix, 0.25, 300)).toBeLessThan(1e-5);
    await model.close();
  });

  it('says so when its mask is not finite', async () => {
    const model = await open(drumStemGraph(Number.NaN));
    await expect(separate(model, mixOf(5000))).rejects.toThrow('not finite');
    await model.close();
  });
});

describe('a model that cannot be used', () => {
  const good = () => onnxModel(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
  const withNodes = (...nodes: OnnxGraph['nodes']): OnnxGraph => ({
    ...waveformGraph({ gains: GAINS }, ['mix', 'stems']),
    nodes,
  });

  it('is a file that is not there', async () => {
    const opened = await openSeparationModel(join(folder, 'nowhere.onnx'));
    expect(opened).toMatchObject({ ok: false, failure: { code: 'notFound' } });
  });

  it('is empty', async () => {
    expect(await failureOf(new Uint8Array(0))).toMatchObject({ code: 'emptyFile' });
  });

  it('is something else', async () => {
    expect(await failureOf(new TextEncoder().encode('RIFF....WAVEfmt '))).toMatchObject({
      code: 'modelRefused',
    });
  });

  it('is cut off, and says how much is there', async () => {
    const whole = good();
    const path = await fileOf(whole);
    await truncate(path, whole.length - 100);
    const opened = await openSeparationModel(path);
    expect(opened).toMatchObject({
      ok: false,
      failure: { code: 'modelTruncated', foundBytes: whole.length - 100 },
    });
  });

  it('is damaged inside', async () => {
    const damaged = good();
    damaged.fill(0xff, 20, 60);
    expect(await failureOf(damaged)).toMatchObject({ code: 'modelRefused' });
  });

  it('is of an opset to come', async () => {
    const graph = { ...waveformGraph({ gains: GAINS }, ['mix', 'stems']), opset: 99 };
    expect(await failureOf(graph)).toMatchObject({ code: 'modelOpset', opset: 99 });
  });

  it('has an operator that nobody knows', async () => {
    const failure = await failureOf(withNodes({ op: 'Separate', inputs: ['mix'], outputs: ['stems'] }));
    expect(failure).toMatchObject({
      code: 'modelRefused',
      reason: expect.stringContaining('Separate') as string,
    });
  });

  it('is for another purpose', async () => {
    const failure = await failureOf({
      inputs: [{ name: 'pixels', dims: [1, 3, 8, 8] }],
      outputs: [{ name: 'same', dims: [1, 3, 8, 8] }],
      nodes: [{ op: 'Identity', inputs: ['pixels'], outputs: ['same'] }],
    });
    expect(failure).toMatchObject({
      code: 'modelShape',
      inputs: 'pixels [1,3,8,8]',
      outputs: 'same [1,3,8,8]',
    });
    expect(explain(failure)).toContain('bundled separator');
  });

  it('takes whole numbers', async () => {
    const graph: OnnxGraph = {
      inputs: [{ name: 'mix', dims: [1, 2, 2000], type: 'int64' }],
      outputs: [{ name: 'stems', dims: [1, 2, 2000], type: 'int64' }],
      nodes: [{ op: 'Identity', inputs: ['mix'], outputs: ['stems'] }],
    };
    expect(await failureOf(graph)).toMatchObject({ code: 'modelShape' });
  });

  it.each([
    ['NaN', [Number.NaN, 0, 0, 0], 'not finite'],
    ['infinity', [Number.POSITIVE_INFINITY, 0, 0, 0], 'not finite'],
    ['a hundredfold', [40, 30, 20, 10], 'dB of the mix'],
    ['silence', [0, 0, 0, 0], 'dB of the mix'],
  ])('answers with %s', async (_, gains, reason) => {
    const failure = await failureOf(waveformGraph({ gains }, ['mix', 'stems']));
    expect(failure).toMatchObject({ code: 'modelOutput', reason: expect.stringContaining(reason) as string });
  });

  it('is found out while it runs when it was tried before', async () => {
    const path = await fileOf(waveformGraph({ gains: [Number.NaN, 0, 0, 0] }, ['mix', 'stems']));
    const opened = await openSeparationModel(path, { threads: 1, tried: 'C' });
    if (!opened.ok) throw new Error(explain(opened.failure));
    await expect(separate(opened.value, mixOf(3000))).rejects.toThrow('not finite');
    await opened.value.close();
  });

  it('answers with another size than its shapes promise', async () => {
    const graph = waveformGraph({ gains: GAINS }, ['mix', 'stems'], 'frames');
    const doubled: OnnxGraph = {
      ...graph,
      nodes: [
        ...graph.nodes.map(node => ({
          ...node,
          outputs: node.outputs.map(name => (name === 'stems' ? 'once' : name)),
        })),
        { op: 'Concat', inputs: ['once', 'once'], outputs: ['stems'], attributes: { axis: 3 } },
      ],
    };
    expect(await failureOf(doubled)).toMatchObject({
      code: 'modelOutput',
      reason: expect.stringContaining('"stems"') as string,
    });
  });

  it('needs more memory than there is', async () => {
    const failure = await failureOf({
      ...waveformGraph({ gains: GAINS }, ['mix', 'stems']),
      nodes: [
        { op: 'Unsqueeze', inputs: ['mix', 'stems.axis'], outputs: ['wide'] },
        { op: 'Expand', inputs: ['wide', 'huge'], outputs: ['vast'] },
        { op: 'ReduceMax', inputs: ['vast'], outputs: ['most'], attributes: { keepdims: 0 } },
        { op: 'Mul', inputs: ['wide', 'stems.gains'], outputs: ['scaled'] },
        { op: 'Add', inputs: ['scaled', 'most'], outputs: ['stems'] },
      ],
      constants: {
        ...waveformGraph({ gains: GAINS }, ['mix', 'stems']).constants,
        huge: { dims: [4], values: BigInt64Array.of(1_000_000_000n, 1n, 2n, 2000n) },
      },
    });
    expect(failure).toMatchObject({ code: 'modelMemory' });
  });
});

describe('a separation under way', () => {
  it('stops between segments when it is cancelled', async () => {
    const model = await open(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
    const controller = new AbortController();
    let pieces = 0;
    const run = separateWithModel(
      model,
      mixOf(50_000),
      () => {
        if (++pieces === 3) controller.abort();
        return Promise.resolve();
      },
      { seed: 1, signal: controller.signal },
    );
    await expect(run).rejects.toThrow('aborted');
    expect(pieces).toBe(3);
    await model.close();
  });

  it('reports progress that never falls and ends at 1', async () => {
    const model = await open(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
    const shares: number[] = [];
    await separate(model, mixOf(9000), { report: share => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    await model.close();
  });

  it('fails with a value when the model answers with NaN for the first time in the middle', async () => {
    // sqrt of what only this mix has below -10: the probe's quiet noise passes.
    const graph = waveformGraph({ gains: GAINS }, ['mix', 'stems']);
    const model = await open({
      ...graph,
      nodes: [
        { op: 'Add', inputs: ['mix', 'ten'], outputs: ['raised'] },
        { op: 'Sqrt', inputs: ['raised'], outputs: ['root'] },
        { op: 'Mul', inputs: ['root', 'zero'], outputs: ['nothing'] },
        { op: 'Add', inputs: ['mix', 'nothing'], outputs: ['same'] },
        ...graph.nodes.map(node => ({
          ...node,
          inputs: node.inputs.map(name => (name === 'mix' ? 'same' : name)),
        })),
      ],
      constants: {
        ...graph.constants,
        ten: { dims: [1], values: [10] },
        zero: { dims: [1], values: [0] },
      },
    });
    const mix = mixOf(9000);
    const spiked: MixSource = {
      ...mix,
      async *pieces() {
        for await (const piece of mix.pieces()) yield piece.map(channel => channel.map(value => value - 11));
      },
    };
    const result = await separateWithModel(model, spiked, () => Promise.resolve(), {
      seed: 1,
      signal: new AbortController().signal,
    });
    expect(result).toMatchObject({ ok: false, failure: { code: 'modelOutput' } });
    await model.close();
  });
});
