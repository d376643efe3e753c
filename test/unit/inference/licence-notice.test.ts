import { describe, expect, it } from 'vitest';
import { licenceNotice } from '#main/inference';
import { detectContract } from '#shared/analysis';

function contractOf(fileName: string, input: readonly number[], output: readonly number[]) {
  const found = detectContract({
    fileName,
    metadata: {},
    inputs: [{ name: 'mix', dims: input }],
    outputs: [{ name: 'stems', dims: output }],
  });
  if (!found.ok) throw new Error(found.failure.inputs);
  return found.value;
}

describe('licenceNotice', () => {
  it("shows what the author of Demucs says of its weights, whatever the file's label", () => {
    const contract = contractOf('model.onnx', [1, 2, 343_980], [1, 4, 2, 343_980]);
    const known = licenceNotice(contract, 'd05c269d0178d2a72ad484b10b11dd370193fc923201c3b27a99f848745db70a');
    expect(known).toMatchObject({
      origin: 'HTDemucs, 16-bit weights, by StemSplit',
      licence: 'labelled MIT',
    });
    expect(known.notice).toContain('scientific purposes');
    expect(licenceNotice(contract, 'unknown')).toMatchObject({ licence: 'not known', notice: known.notice });
  });

  it('asks for care with a file of another kind', () => {
    const contract = contractOf('drums.onnx', [1, 4, 2048, 128], [1, 4, 2048, 128]);
    expect(licenceNotice(contract, 'unknown')).toMatchObject({
      origin: 'an MDX-Net model',
      licence: 'not known',
    });
  });
});
