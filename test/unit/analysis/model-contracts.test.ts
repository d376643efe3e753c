import { describe, expect, it } from 'vitest';
import { type Contract, detectContract, type ModelDescription, type TensorSignature } from '#shared/analysis';

/** "mix [1,2,343980]" and the like, `?` for a dimension that is left open. */
function signatures(text: string): TensorSignature[] {
  return [...text.matchAll(/(\S+) \[([^\]]*)\]/g)].map(([, name = '', dims = '']) => ({
    name,
    dims: dims.split(',').map(dim => (dim === '?' ? null : Number(dim))),
  }));
}

function detect(inputs: string, outputs: string, extra: Partial<ModelDescription> = {}): Contract {
  const found = detectContract({
    fileName: 'model.onnx',
    metadata: {},
    inputs: signatures(inputs),
    outputs: signatures(outputs),
    ...extra,
  });
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return found.value;
}
const namesOf = (contract: Contract): string[] => contract.stems.map(({ name }) => name);

const FOUR = ['drums', 'bass', 'other', 'vocals'];
const SPEC = '[1,4,2048,336]';
const WAVE = '[1,2,343980]';

describe('detectContract', () => {
  it.each([
    ['A', `input ${WAVE} x ${SPEC}`, 'output [1,4,4,2048,336] add_67 [1,4,2,343980]'],
    ['B', `input ${WAVE}`, 'output [1,4,2,343980]'],
    ['B', 'input [?,2,?]', 'output [?,?,2,?]'],
    ['C', `mix ${WAVE}`, 'stems [1,4,2,343980]'],
    ['C2', 'mix [1,2,?]', 'sources [1,4,2,?]'],
    [
      'D',
      'spec_real [?,2,2048,?] spec_imag [?,2,2048,?] audio [?,2,?]',
      'out_spec_real [?,4,2,2048,?] out_spec_imag [?,4,2,2048,?] out_wave [?,4,2,?]',
    ],
    ['E', `mix ${WAVE} mag ${SPEC}`, 'spec_out [1,4,4,2048,336] wave_out [1,4,2,343980]'],
    ['F', `mag ${SPEC} mix ${WAVE}`, 'freq_out [?,4,4,2048,336] time_out [?,4,2,343980]'],
    ['G', `mix ${WAVE} spec [1,336,4,2048]`, 'out_spec [1,336,4,4,2048] out_wave [1,4,2,343980]'],
    ['H', `mix ${WAVE} spec ${SPEC}`, 'wave [1,4,2,343980] spec_out [1,4,4,2048,336]'],
    ['I', `x ${SPEC} xt ${WAVE}`, 'a [1,16,2048,336] b [1,8,343980]'],
    ['J', 'a [1,2,441000] b [1,2,2048,431,2]', 'c [1,4,2,441000] d [1,4,2,2048,431,2]'],
  ])('knows contract %s of %s', (id, inputs, outputs) => {
    const contract = detect(inputs, outputs);
    expect(contract.id).toBe(id);
    expect(namesOf(contract)).toEqual(FOUR);
    expect(contract.sampleRate).toBe(44_100);
  });

  it('builds the transform of HTDemucs: 336 normalised windows of 4096 from 1536 frames before the segment', () => {
    const contract = detect(`input ${WAVE} x ${SPEC}`, 'output [1,4,4,2048,336] y [1,4,2,343980]');
    expect(contract).toMatchObject({
      shape: { size: 4096, hop: 1024, first: -1536, windowCount: 336, binCount: 2048, gain: 1 / 64 },
      segment: { frames: 343_980, stride: 257_985, weights: 'triangle', short: 'centred' },
      normalisation: 'track',
      shifts: 1,
    });
  });

  it('takes the length of a segment from its tensors: 3.9 s of a quarter less windows', () => {
    const contract = detect('mix [1,2,171990] spec [1,4,2048,168]', 'wave [1,4,2,171990] s [1,4,4,2048,168]');
    expect(contract).toMatchObject({ id: 'H', segment: { frames: 171_990 }, shape: { windowCount: 168 } });
  });

  it('leaves all levels to the host where the stems share an axis, with two shifts', () => {
    const contract = detect(`x ${SPEC} xt ${WAVE}`, 'a [1,16,2048,336] b [1,8,343980]');
    expect(contract).toMatchObject({ hostNormalised: true, shifts: 2, normalisation: 'track' });
  });

  it('runs ramped segments without normalisation where the graph is of StemSplit', () => {
    const contract = detect(`mix ${WAVE}`, 'stems [1,4,2,343980]');
    expect(contract).toMatchObject({
      normalisation: 'none',
      segment: { weights: 'ramps', short: 'leading' },
    });
  });

  it.each([
    ['spec_real [?,2,1025,1151] spec_imag [?,2,1025,1151]', {}, 512, 588_800],
    ['spec_real [?,2,1025,801] spec_imag [?,2,1025,801]', {}, 441, 352_800],
    ['spec_real [?,2,1025,?] spec_imag [?,2,1025,?]', { model_family: 'mel_band_roformer' }, 441, 352_800],
    [
      'spec_real [?,2,1025,?] spec_imag [?,2,1025,?]',
      { stft_hop_length: '256', segment_samples: '25600' },
      256,
      25_600,
    ],
  ])('finds hop and segment of a RoFormer: %s %o', (inputs, metadata, hop, frames) => {
    const outputs = 'out_spec_real [?,6,2,1025,?] out_spec_imag [?,6,2,1025,?]';
    const contract = detect(inputs, outputs, { metadata });
    expect(contract).toMatchObject({
      id: 'D-RF',
      shape: { size: 2048, hop, gain: 1, first: -1024 },
      segment: { frames },
      normalisation: 'none',
    });
  });

  it('adds the stem that a RoFormer leaves to be subtracted', () => {
    const spectra = 'out_spec_real [?,1,2,1025,801] out_spec_imag [?,1,2,1025,801]';
    const contract = detect('spec_real [?,2,1025,801] spec_imag [?,2,1025,801]', spectra, {
      metadata: { sources: '["vocals","other"]', output_complement: 'true' },
    });
    expect(namesOf(contract)).toEqual(['vocals', 'other']);
  });

  it.each([
    ['drums.onnx', 4096],
    ['bass.onnx', 16_384],
    ['vocals.onnx', 6144],
  ])('knows the window of MDX-Net by the stem in its name: %s', (fileName, size) => {
    const contract = detect('input [?,4,2048,128]', 'output [?,4,2048,128]', { fileName });
    expect(contract).toMatchObject({
      id: 'M',
      stems: [{ name: fileName.split('.')[0] }],
      shape: { size, hop: 1024, windowCount: 128, binCount: 2048, gain: 1 },
      segment: { frames: 130_048, stride: 130_048 - size, lead: size / 2, weights: 'trim' },
    });
  });

  it('prefers what an MDX-Net file says of itself', () => {
    const contract = detect('input [?,4,3072,256]', 'output [?,4,3072,256]', {
      metadata: { n_fft: '7680', hop_length: '1024' },
    });
    expect(contract).toMatchObject({ id: 'M', shape: { size: 7680, binCount: 3072 } });
  });

  it.each([
    ['x [2,?,512,1024]', 'channels-blocks'],
    ['x [?,2,512,1024]', 'blocks-channels'],
  ])('knows Spleeter either way: %s', (input, layout) => {
    const contract = detect(input, 'y [?,?,512,1024]', { fileName: 'drums.onnx' });
    expect(contract).toMatchObject({ id: 'spleeter', layout, stems: [{ name: 'drums' }] });
  });

  it('knows Open-Unmix', () => {
    const contract = detect('x [1,2,2049,?]', 'y [1,2,2049,?]', { fileName: 'umxhq_drums.onnx' });
    expect(contract).toMatchObject({
      id: 'open-unmix',
      stems: [{ name: 'drums' }],
      shape: { size: 4096, hop: 1024, gain: 1 },
    });
  });

  it('knows our own drum-stem', () => {
    const inputs = 'power [1,2,?,1025] bass [1,?,64]';
    expect(detect(inputs, 'mask [1,2,?,1025]')).toMatchObject({
      id: 'drum-stem',
      window: 2048,
      hop: 512,
      bassWindow: 8192,
      bassBins: 64,
      segmentWindows: 1024,
      contextWindows: 132,
    });
  });

  it('names six stems, and the order that a file gives goes first', () => {
    const [inputs, outputs] = [`mix ${WAVE}`, 'stems [1,6,2,343980]'];
    expect(namesOf(detect(inputs, outputs))).toEqual([...FOUR, 'guitar', 'piano']);
    const sources = '["drums", "bass", "guitar", "piano", "other", "vocals"]';
    expect(namesOf(detect(inputs, outputs, { metadata: { sources } }))).toEqual(JSON.parse(sources));
  });

  it('offers only the stem that a file is tuned for, at its place among four', () => {
    const [inputs, outputs] = [`mix ${WAVE}`, 'stems [1,4,2,343980]'];
    const tuned = detect(inputs, outputs, { fileName: 'htdemucs_ft_bass.onnx' });
    expect(tuned.stems).toEqual([{ name: 'bass', index: 1 }]);
    const single = detect(inputs, 'stems [1,1,2,343980]', { fileName: 'htdemucs_ft_drums_fp16weights.onnx' });
    expect(single.stems).toEqual([{ name: 'drums', index: 0 }]);
  });

  it.each([
    ['a picture classifier', 'pixels [1,3,224,224]', 'scores [1,1000]'],
    [
      'windows that do not fit the frames',
      `input ${WAVE} x [1,4,2048,400]`,
      'o [1,4,4,2048,400] t [1,4,2,343980]',
    ],
    ['a missing spectrogram output', `input ${WAVE} x ${SPEC}`, 'y [1,4,2,343980]'],
  ])('says what it saw of %s', (_, inputs, outputs) => {
    const found = detectContract({
      fileName: 'm.onnx',
      metadata: {},
      inputs: signatures(inputs),
      outputs: signatures(outputs),
    });
    expect(found).toMatchObject({ ok: false, failure: { inputs: expect.stringContaining('[1,') as string } });
  });
});
