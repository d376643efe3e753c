import { type Check, type ReadSample, Tally } from '#shared/dataset';
import type { Manifest } from './dataset-files';
import { z } from 'zod';

const KitSchema = z.object({ kit: z.string().nullable() });

/** Looks at what rows of `samples` say of files and fonts. */
export class RowMeter {
  readonly #files: ReadonlyMap<string, string>;
  readonly #fonts: ReadonlySet<string>;
  readonly #hashes = new Tally({
    name: 'row_hashes',
    title: 'Rows name the hashes that the manifest has',
    group: 'integrity',
  });
  readonly #kits = new Tally({
    name: 'kit_as_asked',
    title: 'The kit that sounds was asked for',
    group: 'sound',
  });
  readonly #fontOf = new Map<string, string>();
  #index: Check | null = null;

  constructor({ files, soundfonts }: Manifest) {
    this.#files = new Map(files.map(({ path, sha256 }) => [path, sha256]));
    this.#fonts = new Set(soundfonts.map(({ sha256 }) => sha256));
  }

  add({ sample }: ReadSample): void {
    const { sample_id, midi_path, midi_sha256, audio_path, audio_sha256, soundfont, soundfont_sha256 } =
      sample;
    this.#hashes.see(this.#files.get(midi_path) === midi_sha256, () => `${sample_id}: ${midi_path}`);
    if (audio_path === null || soundfont === null || soundfont_sha256 === null) return;
    this.#hashes.see(this.#files.get(audio_path) === audio_sha256, () => `${sample_id}: ${audio_path}`);
    const recipe = KitSchema.safeParse(jsonOf(sample.recipe_json));
    const asked = recipe.success ? recipe.data.kit : null;
    const font = this.#fontOf.get(soundfont) ?? soundfont_sha256;
    this.#fontOf.set(soundfont, font);
    this.#kits.see(
      asked === soundfont && font === soundfont_sha256 && this.#fonts.has(soundfont_sha256),
      () =>
        `${sample_id}: ${asked ?? 'no kit'} was asked for, ${soundfont} of font ${soundfont_sha256.slice(0, 8)} is named`,
    );
  }

  finish(index: Check): void {
    this.#index = index;
  }

  checks(): Check[] {
    return [
      ...(this.#index ? [this.#index] : []),
      this.#hashes.check('hashes'),
      this.#kits.check('recordings'),
    ];
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
