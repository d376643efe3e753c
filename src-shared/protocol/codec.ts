// The window's project does not list this file's folder, so the declaration is asked for here.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./msgpackr.d.ts" />
import { Packr } from 'msgpackr/index-no-eval';

const packr = new Packr({ structuredClone: true, moreTypes: true, useRecords: true, mapsAsObjects: false });

/** One wire format on every host: msgpack bytes, so that a test over WebSocket sends what Electron sends. */
export const codec = {
  /** A copy: msgpackr hands out views of a pooled buffer, and a structured clone would copy the whole pool. */
  encode: (value: unknown): Uint8Array<ArrayBuffer> => Uint8Array.from(packr.pack(value)),
  decode: (bytes: string | ArrayBuffer | Uint8Array): unknown =>
    packr.unpack(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : (bytes as Uint8Array)),
};
