import { describe, expect, it } from 'vitest';
import { type MixSource, separateWithModel } from '#main/inference';
import { GAINS, mixOf, open, separate } from '#test/model-runs';
import { waveformGraph } from '#test/separation-graphs';

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
