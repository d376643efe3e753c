import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSeparationModel } from '#main/inference';
import { explain } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { GAINS, fileOf, failureOf, mixOf, separate } from '#test/model-runs';
import { type OnnxGraph, onnxModel } from '#test/onnx-graphs';
import { hungryGraph, waveformGraph } from '#test/separation-graphs';

describe('a model that cannot be used', () => {
  const good = () => onnxModel(waveformGraph({ gains: GAINS }, ['mix', 'stems']));
  const withNodes = (...nodes: OnnxGraph['nodes']): OnnxGraph => ({
    ...waveformGraph({ gains: GAINS }, ['mix', 'stems']),
    nodes,
  });

  it('is a file that is not there', async () => {
    const opened = await openSeparationModel(join(temporaryFolder(), 'nowhere.onnx'));
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
    const failure = await failureOf(hungryGraph({ gains: GAINS }, 16e12));
    expect(failure).toMatchObject({ code: 'modelMemory' });
  });
});
