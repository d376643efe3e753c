import { describe, expect, it } from 'vitest';
import {
  BeatLogits,
  beatChunks,
  beatsOfLogits,
  BeatSpectrogram,
  chunkInput,
  detectBeatModel,
  MEL_BANDS,
} from '#shared/analysis';

const named = (name: string, dims: (number | null)[]) => ({ name, dims });
const model = (inputs: (number | null)[], outputs: [string, (number | null)[]][]) => ({
  fileName: 'beat.onnx',
  metadata: {},
  inputs: [named('input_spectrogram', inputs)],
  outputs: outputs.map(([name, dims]) => named(name, dims)),
});

describe('the spectrogram of Beat This!', () => {
  it('has 50 frames of 128 bands a second, and the same in whatever pieces', () => {
    const tone = Float32Array.from({ length: 22_050 }, (_, at) =>
      Math.sin((2 * Math.PI * 440 * at) / 22_050),
    );
    const whole = new BeatSpectrogram();
    const first = [...whole.push(tone), ...whole.finish()];
    const pieces = new BeatSpectrogram();
    const second: number[] = [];
    for (let at = 0; at < tone.length; at += 997) second.push(...pieces.push(tone.subarray(at, at + 997)));
    second.push(...pieces.finish());
    expect(first.length).toBe(51 * MEL_BANDS);
    expect(second).toEqual(first);
  });

  it('puts a tone of 440 Hz at log(1 + 1000 x) of its magnitude in the bands around it', () => {
    const tone = Float32Array.from({ length: 22_050 }, (_, at) =>
      Math.sin((2 * Math.PI * 440 * at) / 22_050),
    );
    const spectrogram = new BeatSpectrogram();
    const frames = [...spectrogram.push(tone), ...spectrogram.finish()];
    const frame = frames.slice(25 * MEL_BANDS, 26 * MEL_BANDS);
    const loudest = frame.indexOf(Math.max(...frame));
    // 130 points of Slaney's scale between 30 Hz and 11 kHz: the band whose centre is nearest to 440 Hz, 6.6 mels.
    const mels = (15 + Math.log(11) / (Math.log(6.4) / 27) - 0.45) / 129;
    expect(loudest).toBe(Math.round((440 / (200 / 3) - 0.45) / mels) - 1);
    // A Hann window's peak is a quarter of its length, 256, over the root of 1024: 8, spread over two bands or three.
    expect(Math.expm1(Math.max(...frame)) / 1000).toBeGreaterThan(4);
    expect(Math.expm1(Math.max(...frame)) / 1000).toBeLessThan(16);
    expect(frame[100]).toBeLessThan(0.5);
  });
});

describe('a beat model', () => {
  it('is known by its tensors', () => {
    const outputs: [string, (number | null)[]][] = [
      ['beat', [null, null]],
      ['downbeat', [null, null]],
    ];
    expect(detectBeatModel(model([null, null, 128], outputs))).toEqual({
      id: 'beat-this',
      input: 'input_spectrogram',
      beat: 'beat',
      downbeat: 'downbeat',
      frames: null,
    });
    expect(detectBeatModel(model([1, 1500, 128], outputs.toReversed()))).toMatchObject({
      beat: 'beat',
      downbeat: 'downbeat',
      frames: 1500,
    });
    expect(detectBeatModel(model([1, 1500, 80], outputs))).toBeNull();
    expect(detectBeatModel(model([1, 2, 343_980], [['stems', [1, 4, 2, 343_980]]]))).toBeNull();
  });

  it.each([1, 500, 1488, 1489, 1500, 4000])(
    'is asked about every one of %d frames, the borders unused',
    count => {
      const chunks = beatChunks(count);
      const logits = new BeatLogits(count);
      chunks.forEach((chunk, at) => {
        expect(chunk.frames).toBeLessThanOrEqual(1500);
        logits.put(chunk, new Float32Array(chunk.frames).fill(at + 1));
      });
      expect(Math.min(...logits.values)).toBeGreaterThan(0);
      expect(logits.values).toEqual(logits.values.toSorted());
    },
  );

  it('gets zeros beyond the ends of a song', () => {
    const spectrogram = new Float32Array(10 * MEL_BANDS).fill(1);
    const input = chunkInput(spectrogram, { start: -6, frames: 22 }, 22);
    const sums = Array.from({ length: 22 }, (_, frame) => input[frame * MEL_BANDS]);
    expect(sums).toEqual([...Array(6).fill(0), ...Array(10).fill(1), ...Array(6).fill(0)]);
  });

  it('beats where a logit above zero is the highest within 60 ms; a downbeat is its nearest beat', () => {
    const beat = new Float32Array(100).fill(-5);
    const downbeat = new Float32Array(100).fill(-5);
    beat[10] = 2;
    beat[12] = 1;
    beat[50] = 3;
    beat[51] = 3;
    beat[90] = -0.1;
    downbeat[49] = 1;
    expect(beatsOfLogits(beat, downbeat)).toEqual({ beats: [0.2, 1.01], downbeats: [1.01] });
    expect(beatsOfLogits(new Float32Array(3).fill(-1), downbeat.subarray(47, 50))).toEqual({
      beats: [],
      downbeats: [],
    });
  });
});
