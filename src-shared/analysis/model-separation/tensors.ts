/** Numbers in row-major order; `dims` multiply to their count. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}
export type Tensors = Readonly<Record<string, Tensor>>;

/** Left and right of one stretch of audio, of one length; a mono mix has the same twice. */
export type Stereo = readonly [left: Float32Array, right: Float32Array];

export const stereoOf = (frames: number): Stereo => [new Float32Array(frames), new Float32Array(frames)];

export const tensorOf = (dims: readonly number[]): Tensor => ({
  data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)),
  dims,
});

/** What a model's file says of one of its inputs or outputs. */
export interface TensorSignature {
  readonly name: string;
  /** null where the file leaves it open. */
  readonly dims: readonly (number | null)[];
}

/** All that is known of a model before it has run. */
export interface ModelDescription {
  /** Without its folder; names of stems are looked for in it. */
  readonly fileName: string;
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
  /** Key and value texts that its maker put into the file. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Whether `dims` has the rank of `pattern` and agrees with its numbers; null on either side agrees with everything. */
export const fits = (dims: TensorSignature['dims'], pattern: readonly (number | null)[]): boolean =>
  dims.length === pattern.length &&
  pattern.every((wanted, axis) => {
    const dim = dims[axis] ?? null;
    return wanted === null || dim === null || dim === wanted;
  });

/** "mix [1,2,343980]": a signature in words, for messages. */
export const signatureText = ({ name, dims }: TensorSignature): string =>
  `${name} [${dims.map(dim => dim ?? '?').join(',')}]`;
