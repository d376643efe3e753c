import { fail, ok, type Result } from '../../base';
import type { Contract, HybridContract } from './contract';
import { detectDrumStem } from './drum-stem';
import { detectHybrid } from './hybrid';
import { detectOpenUnmix, detectSpleeter } from './magnitude';
import { detectMdxNet, detectRoformer } from './spectral';
import { type ModelDescription, signatureText } from './tensors';
import { detectWaveform } from './waveform';

/** No known model takes and gives these tensors. */
export interface UnknownContract {
  readonly inputs: string;
  readonly outputs: string;
}

/** In this order, because shapes that the file leaves open could be read as a later one's. */
const DETECTORS: readonly ((model: ModelDescription) => Contract | null)[] = [
  detectDrumStem,
  detectWaveform,
  detectHybrid,
  detectRoformer,
  detectSpleeter,
  detectOpenUnmix,
  detectMdxNet,
];

/** How a model must be fed and read, from the shapes of its tensors; names only settle what shapes leave open. */
export function detectContract(model: ModelDescription): Result<Contract, UnknownContract> {
  for (const detect of DETECTORS) {
    const contract = detect(model);
    if (contract) return ok(contract);
  }
  return fail({
    inputs: model.inputs.map(signatureText).join(', '),
    outputs: model.outputs.map(signatureText).join(', '),
  });
}

/** The same tensors as contract I has them, normalised by the host: for a model of A's shapes whose output is off scale. */
export const asHostNormalised = (contract: HybridContract): HybridContract => ({
  ...contract,
  id: 'I',
  hostNormalised: true,
  shifts: 2,
});
