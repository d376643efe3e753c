declare module 'msgpackr/index-no-eval' {
  export class Packr {
    constructor(options: {
      structuredClone?: boolean;
      moreTypes?: boolean;
      useRecords?: boolean;
      mapsAsObjects?: boolean;
    });
    pack(value: unknown): Uint8Array;
    unpack(bytes: Uint8Array): unknown;
  }
}
