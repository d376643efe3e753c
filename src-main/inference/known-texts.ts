import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { floatsOfHalves, halvesOfFloats } from './half';

/** Beside a bundled ear: vectors of texts that are asked for in every library, so that the text network need not run for them. */
export const KNOWN_TEXTS = 'known-texts.json';

const KnownTextsSchema = z.object({
  /** SHA-256 of the text network that read them. */
  network: z.string(),
  texts: z.array(z.string()),
  /** A row a text, 16-bit floats, little-endian, base64. */
  vectors: z.string(),
});

/** None where the file is not there, or is of another network. */
export async function knownVectors(
  folder: string,
  network: string,
  size: number,
): Promise<ReadonlyMap<string, Float32Array>> {
  const text = await readFile(join(folder, KNOWN_TEXTS), 'utf8').catch(() => null);
  if (text === null) return new Map();
  const known = KnownTextsSchema.parse(JSON.parse(text));
  if (known.network !== network) return new Map();
  const bytes = Buffer.from(known.vectors, 'base64');
  const halves = Uint16Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readUInt16LE(2 * at));
  const rows = floatsOfHalves(halves);
  return new Map(known.texts.map((each, row) => [each, rows.slice(row * size, (row + 1) * size)]));
}

/** The file's text for vectors that were read anew. */
export function knownTexts(network: string, texts: readonly string[], vectors: Float32Array): string {
  const halves = halvesOfFloats(vectors);
  const bytes = Buffer.alloc(2 * halves.length);
  for (let at = 0; at < halves.length; at++) bytes.writeUInt16LE(halves[at]!, 2 * at);
  return `${JSON.stringify({ network, texts, vectors: bytes.toString('base64') }, null, 1)}\n`;
}
