import { describe, expect, it } from 'vitest';
import {
  BeatLogits,
  beatChunks,
  beatsOfLogits,
  BeatSpectrogram,
  chunkInput,
  detectBeatModel,
  MEL_BANDS,
  type ModelBeats,
  tempoOfModelBeats,
} from '#shared/analysis';
import { accentsOfStrokes } from '#test/beat-scores';
import reference from '../../fixtures/beat-spectrogram.json';

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

describe('its values', () => {
  // Of test/fixtures/beat-spectrogram.py, which computes them by the published formula with numpy.
  it('are those of the published formula, at both ends and between, to the digits that are kept', () => {
    const song = Float32Array.from({ length: 6615 }, (_, frame) => {
      const time = frame / 22_050;
      const tones =
        0.5 * Math.sin(2 * Math.PI * (80 + 12_000 * time) * time) +
        0.25 * Math.sin(2 * Math.PI * 523.25 * time);
      return tones + (frame === 3000 ? 0.9 : 0);
    });
    const spectrogram = new BeatSpectrogram();
    const values = [...spectrogram.push(song), ...spectrogram.finish()];
    expect(values).toHaveLength(reference.frames * MEL_BANDS);
    for (const [row, wanted] of Object.entries(reference.rows)) {
      const found = values.slice(Number(row) * MEL_BANDS, (Number(row) + 1) * MEL_BANDS);
      const worst = Math.max(...found.map((value, band) => Math.abs(value - (wanted[band] ?? Infinity))));
      expect(worst).toBeLessThan(2e-4);
    }
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
    const heard = beatsOfLogits(beat, downbeat);
    expect(heard).toMatchObject({ beats: [0.2, 1.01], downbeats: [1.01] });
    // The mean of the logistic function of 2 and 3, and that of 1.
    expect(heard.beatCertainty).toBeCloseTo((0.8808 + 0.9526) / 2, 4);
    expect(heard.downbeatCertainty).toBeCloseTo(0.7311, 4);
    expect(beatsOfLogits(new Float32Array(3).fill(-1), downbeat.subarray(47, 50))).toEqual({
      beats: [],
      downbeats: [],
      beatCertainty: 0,
      downbeatCertainty: 0,
    });
  });
});

/** What a model hears of beats to 20 ms, `perBar` to the bar. */
function heardBeats(times: readonly number[], perBar: number, first = 0): ModelBeats {
  const beats = times.map(time => Math.round(50 * time) / 50);
  return {
    beats,
    downbeats: beats.filter((_, at) => at >= first && (at - first) % perBar === 0),
    beatCertainty: 0.9,
    downbeatCertainty: 0.8,
  };
}

const counted = (count: number, timeOf: (at: number) => number): number[] =>
  Array.from({ length: count }, (_, at) => timeOf(at));
/** Kick and snare in turns at `times`, and hats between. */
const strokesAt = (times: readonly number[]) =>
  accentsOfStrokes(
    times.flatMap((time, at) => [
      { time, class: at % 2 === 0 ? 'kick' : 'snare', probability: 1, velocity: 0.9 } as const,
      {
        time: (time + (times[at + 1] ?? time + 0.5)) / 2,
        class: 'chh',
        probability: 1,
        velocity: 0.5,
      } as const,
    ]),
  );

describe('the tempo by what a model hears', () => {
  const times = counted(64, at => 0.512 + (at * 60) / 96.4);

  it('is exact by the drums beside its beats, and steady where a machine kept the time', () => {
    const tempo = tempoOfModelBeats(heardBeats(times, 4), strokesAt(times));
    expect(tempo).toMatchObject({ steady: true, meter: { numerator: 4, denominator: 4 }, downbeats: [] });
    expect(tempo?.bpm).toBeCloseTo(96.4, 2);
    expect(tempo?.firstDownbeat).toBeCloseTo(0.512, 3);
    expect(tempo?.confidence).toBeCloseTo(0.9, 9);
    expect(tempo?.meters[0]?.confidence).toBeCloseTo(0.8, 9);
  });

  it('takes bars and their first beat from the model, against what the drums would say', () => {
    const waltz = tempoOfModelBeats(heardBeats(times, 3, 2), strokesAt(times));
    expect(waltz).toMatchObject({ meter: { numerator: 3, denominator: 4 }, downbeats: [] });
    expect(waltz?.firstDownbeat).toBeCloseTo(times[2] ?? 0, 2);
  });

  it('follows beats that drift, by the model’s own where there are no drums', () => {
    const slowing = counted(60, at => 0.3 + 0.5 * at + 0.001 * at * at);
    const tempo = tempoOfModelBeats(heardBeats(slowing, 4), []);
    expect(tempo?.steady).toBe(false);
    const worst = Math.max(...slowing.map((time, at) => Math.abs((tempo?.beats[at] ?? 0) - time)));
    expect(worst).toBeLessThan(0.012);
    expect(tempo?.confidence).toBeCloseTo(0.9, 9);
  });

  it('keeps bars of several lengths where the model hears them', () => {
    const heard = heardBeats(times, 4);
    const downbeats = [0, 4, 8, 10, 14, 17, 21, 25, 27, 31].map(at => heard.beats[at] ?? 0);
    const tempo = tempoOfModelBeats({ ...heard, downbeats }, strokesAt(times));
    expect(tempo?.downbeats).toEqual([0, 4, 8, 10, 14, 17, 21, 25, 27, 31]);
    expect(tempo?.meters[0]?.confidence).toBeCloseTo((0.8 * 6) / 9, 9);
  });

  it('is believed the less, the more uneven its beats are, and not at all without four of them', () => {
    const uneven = times.filter((_, at) => at % 10 !== 3);
    const tempo = tempoOfModelBeats(heardBeats(uneven, 4), strokesAt(times));
    expect(tempo?.confidence).toBeLessThan(0.85);
    expect(tempo?.confidence).toBeGreaterThan(0.7);
    expect(tempoOfModelBeats(heardBeats(times.slice(0, 3), 4), [])).toBeNull();
  });
});
