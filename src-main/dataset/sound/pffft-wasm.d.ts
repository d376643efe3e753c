declare module '@echogarden/pffft-wasm/simd' {
  /** PFFFT as its C header has it; sizes and places are bytes in its memory. */
  interface Pffft {
    /** Its memory; another one after it has grown. */
    readonly HEAPF32: Float32Array<ArrayBuffer>;
    _pffft_new_setup: (size: number, transform: 0 | 1) => number;
    _pffft_aligned_malloc: (bytes: number) => number;
    _pffft_transform: (setup: number, input: number, output: number, work: number, direction: 0 | 1) => void;
    _pffft_zconvolve_accumulate: (setup: number, a: number, b: number, sum: number, factor: number) => void;
  }
  const open: () => Promise<Pffft>;
  export default open;
}
