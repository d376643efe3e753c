import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failed, failureOfError } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { type SoundKit, SoundKitSchema } from './kit';
import type { Synth } from './synth';

/** soundfonts/manifest.json: our fonts and the kits in them. */
const ManifestSchema = z.object({
  licence: z.literal('CC0-1.0'),
  fonts: z.array(
    z.object({ file: z.string().regex(/^[a-z-]+\.sf2$/), sha256: z.string(), bytes: z.number().int() }),
  ),
  kits: z.array(SoundKitSchema).min(1),
});

/** Loads the fonts of `folder` (soundfonts), each checked by its SHA-256, and answers their kits. */
export async function loadOwnKits(
  synth: Synth,
  folder: string,
): Promise<Result<readonly SoundKit[], Failure>> {
  const path = join(folder, 'manifest.json');
  try {
    const manifest = ManifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!manifest.success)
      return fail({
        code: 'badFile',
        path,
        format: 'list of fonts',
        problems: [z.prettifyError(manifest.error)],
      });
    const { fonts, kits } = manifest.data;
    for (const { file, sha256 } of fonts) {
      const own = join(folder, file);
      const font = await synth.load(await readFile(own), own);
      if (!font.ok) return font;
      if (font.value.sha256 !== sha256)
        return fail({
          code: 'badFile',
          path: own,
          format: 'SoundFont',
          problems: ['it is not the one that its manifest names'],
        });
    }
    return ok(kits);
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    return fail(failureOfError(error, path));
  }
}
