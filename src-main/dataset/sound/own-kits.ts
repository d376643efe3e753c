import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { attempt, Failed } from '#main/platform';
import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { type SoundKit, SoundKitSchema } from './kit';
import type { Synth } from './synth';

const MANIFEST = 'manifest.json';

/** soundfonts/manifest.json: our fonts and the kits in them. */
const ManifestSchema = z.object({
  licence: z.literal('CC0-1.0'),
  fonts: z.array(
    z.object({ file: z.string().regex(/^[a-z-]+\.sf2$/), sha256: z.string(), bytes: z.number().int() }),
  ),
  kits: z.array(SoundKitSchema).min(1),
});

type Manifest = z.infer<typeof ManifestSchema>;

/** Loads the fonts of `folder` (soundfonts), each checked by its SHA-256, and answers their kits. */
export async function loadOwnKits(
  synth: Synth,
  folder: string,
): Promise<Result<readonly SoundKit[], Failure>> {
  return attempt(join(folder, MANIFEST), async () => {
    const { fonts, kits } = await readManifest(folder);
    for (const { file, sha256 } of fonts) {
      const own = join(folder, file);
      const font = await synth.load(await readFile(own), own);
      if (!font.ok) throw new Failed(font.failure);
      if (font.value.sha256 !== sha256)
        throw new Failed({
          code: 'badFile',
          path: own,
          format: 'SoundFont',
          problems: ['it is not the one that its manifest names'],
        });
    }
    return kits;
  });
}

export interface OwnFont {
  /** Of its file. */
  readonly name: string;
  readonly sha256: string;
  readonly licence: string;
  /** Ids of the kits in it. */
  readonly kits: readonly string[];
}

/** Our fonts as datasets name them. */
export const listOwnFonts = (
  folder: string = ownFontsFolder(),
): Promise<Result<readonly OwnFont[], Failure>> =>
  attempt(join(folder, MANIFEST), async () => {
    const { licence, fonts, kits } = await readManifest(folder);
    return fonts.map(({ file, sha256 }) => ({
      name: file,
      sha256,
      licence,
      kits: kits.filter(({ font }) => font === sha256).map(({ id }) => id),
    }));
  });

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  const manifest = ManifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (manifest.success) return manifest.data;
  throw new Failed({
    code: 'badFile',
    path,
    format: 'list of fonts',
    problems: [z.prettifyError(manifest.error)],
  });
}

/** Of the installation: beside the sources, or beside what was built of them. */
export function ownFontsFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'soundfonts', MANIFEST))) return join(folder, 'soundfonts');
  throw new Error('the installation has no folder soundfonts');
}
