/** Values between the main process and a page, as text: plain data and bytes, the part of structured clone that we use. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'function' || typeof inner === 'symbol' || typeof inner === 'bigint') {
      throw new Error(`An object could not be cloned: ${typeof inner}`);
    }
    if (inner instanceof Uint8Array) return { $bytes: Buffer.from(inner).toString('base64') };
    return inner;
  });
}

export function decode(text: string): unknown {
  return JSON.parse(text, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && '$bytes' in inner
      ? new Uint8Array(Buffer.from(String(inner.$bytes), 'base64'))
      : inner,
  );
}
