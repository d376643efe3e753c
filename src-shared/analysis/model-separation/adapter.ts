import type { Stereo, Tensors } from './tensors';

/** Turns one segment into a model's tensors and the model's answer into stems. Holds its buffers: one segment at a time. */
export interface SegmentAdapter {
  /** Numbers that each output must hold; a model that gives fewer or more is another one. */
  readonly outputSizes: Readonly<Record<string, number>>;
  /** The inputs for a segment of the contract's length, valid until the next call. */
  encode(segment: Stereo): Tensors;
  /** Writes stem `index` of the segment encoded last. */
  decode(outputs: Tensors, index: number, stem: Stereo): void;
}
