import { join } from 'node:path';
import { ClapManifestSchema, KNOWN_TEXTS, knownTexts, openBundledEar, readManifest } from '#main/inference';
import { defaultPrompts } from '#main/pipeline/embed';
import { writeFileWhole } from '#main/platform';
import { textsOf } from '#shared/analysis';

// Reads the bundled prompts with the bundled ear's text network and writes what it gives beside it: again after either has changed.
const folder = join(import.meta.dirname, '../../native-models/drum-clap');
const manifest = await readManifest(folder, ClapManifestSchema);
const ear = await openBundledEar(folder, { known: false });
if (!manifest.ok || !ear.ok) throw new Error('the bundled ear cannot be opened');
const texts = textsOf(defaultPrompts());
const vectors = await ear.value.read(texts);
await ear.value.close();
await writeFileWhole(
  join(folder, KNOWN_TEXTS),
  knownTexts(manifest.value.graphs.text.sha256, texts, vectors),
);
process.stdout.write(`${texts.length} texts\n`);
