import type { SegmentContract } from './contract';
import { hybridAdapter } from './hybrid';
import { magnitudeAdapter } from './magnitude';
import { spectralAdapter } from './spectral';
import type { Stereo, Tensors } from './tensors';
import { waveformAdapter } from './waveform';

/** Turns one segment into a model's tensors and the model's answer into stems. Holds its buffers: one segment at a time. */
export interface SegmentAdapter {
  /** Numbers that each output must hold; a model that gives fewer or more is another one. */
  readonly outputSizes: Readonly<Record<string, number>>;
  /** The inputs for a segment of the contract's length, valid until the next call. */
  encode(segment: Stereo): Tensors;
  /** Writes stem `index` of the segment encoded last. */
  decode(outputs: Tensors, index: number, stem: Stereo): void;
}

export function segmentAdapter(contract: SegmentContract): SegmentAdapter {
  switch (contract.family) {
    case 'waveform':
      return waveformAdapter(contract);
    case 'hybrid':
      return hybridAdapter(contract);
    case 'spectral':
      return spectralAdapter(contract);
    case 'magnitude':
      return magnitudeAdapter(contract);
  }
}
