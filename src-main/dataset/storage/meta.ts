import type { SplitRatios } from '#shared/dataset';

/** Everything of a dataset that its rows do not tell. The same rows and the same of this give the same bytes. */
export interface DatasetMeta {
  /** Its name, as in an address: letters, digits, hyphens. */
  readonly name: string;
  readonly title: string;
  /** SPDX identifier. */
  readonly licence: string;
  readonly generator: { readonly name: string; readonly version: string };
  /** What computed it: another version of a JavaScript engine may differ in the last bit of a sine. */
  readonly engine: { readonly node: string; readonly v8: string };
  /** The configuration without what the bytes do not depend on (workers, folders). */
  readonly config: unknown;
  readonly seed: number;
  readonly ratios: SplitRatios;
  readonly soundfonts: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly licence: string;
  }[];
}
