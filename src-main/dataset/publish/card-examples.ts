import type { PublishLayout } from '#shared/protocol';

/** How each layout's files lie, as its card tells it; `{split}` is `train`, `validation` or `test`. */
export const CONTENTS: Readonly<Record<PublishLayout, string>> = {
  parquet: `- \`data/{split}-*.parquet\`: a sample a row: its row of \`samples\`, \`audio\` (\`bytes\` of a FLAC file, 44.1 kHz, 24 bit, and its \`path\`) where there is audio, and \`midi\`, the bytes of a MIDI file.
- \`labels/{table}/{split}-*.parquet\`: the other tables, joined by \`sample_id\`.`,
  audiofolder: `- \`{split}/{figure}/{sample_id}.flac\`, \`.mid\`: audio, 44.1 kHz, 24 bit, where there is audio, and MIDI of a sample.
- \`{split}/metadata.parquet\`: its row of \`samples\`, with \`file_name\` from the folder of the split; \`midi_path\` and \`audio_path\` are from this folder.
- \`labels/{table}/{split}-*.parquet\`: the other tables, joined by \`sample_id\`.`,
  webdataset: `- \`{split}/shard-*.tar\`: of each sample, one after the other, \`{sample_id}.flac\` (44.1 kHz, 24 bit) where there is audio, \`.mid\`, and \`.json\` with all its labels: \`sample\`, \`exercise\`, \`measures\`, \`strokes\`, \`beats\`, \`mishaps\`.`,
};

const COMMON = `- \`croissant.json\`: the same for machines; \`publication.json\`: SHA-256 of every file.`;

export const contentsOf = (layout: PublishLayout): string => `${CONTENTS[layout]}\n${COMMON}`;

const PYTHON: Readonly<Record<PublishLayout, string>> = {
  parquet: `import io
import pathlib
import pyarrow.parquet as pq

for path in sorted(pathlib.Path("data").glob("train-*.parquet")):
    table = pq.ParquetFile(path)
    for batch in table.iter_batches(batch_size=10):
        for row in batch.to_pylist():
            print(row["sample_id"], row["rudiment_slug"], row["tempo_bpm"], len(row["midi"]))
            if row.get("audio"):
                import soundfile
                audio, rate = soundfile.read(io.BytesIO(row["audio"]["bytes"]))
                print(audio.shape, rate)
        break`,
  audiofolder: `import pathlib
import pandas

samples = pandas.read_parquet("train/metadata.parquet")
first = samples.iloc[0]
print(first.sample_id, first.rudiment_slug, first.tempo_bpm)
path = pathlib.Path("train") / first.file_name
if path.suffix == ".flac":
    import soundfile
    audio, rate = soundfile.read(path)
    print(audio.shape, rate)`,
  webdataset: `import io
import json
import pathlib
import tarfile

for path in sorted(pathlib.Path("train").glob("shard-*.tar")):
    with tarfile.open(path) as shard:
        sample = {}
        for member in shard:
            key, _, kind = member.name.partition(".")
            sample[kind] = shard.extractfile(member).read()
            if kind == "json":
                labels = json.loads(sample["json"])
                print(key, labels["sample"]["rudiment_slug"], len(labels["strokes"]), sorted(sample))
                if "flac" in sample:
                    import soundfile
                    audio, rate = soundfile.read(io.BytesIO(sample["flac"]))
                    print(audio.shape, rate)
                sample = {}`,
};

const TYPESCRIPT: Readonly<Record<PublishLayout, string>> = {
  parquet: `import { readdir } from 'node:fs/promises';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

const names = (await readdir('data')).filter(name => name.startsWith('train-')).sort();
for (const name of names) {
  const file = await asyncBufferFromFile(\`data/\${name}\`);
  const rows = await parquetReadObjects({ file, rowStart: 0, rowEnd: 10, utf8: false });
  for (const { sample_id, rudiment_slug, tempo_bpm, audio, midi } of rows)
    console.log(sample_id, rudiment_slug, tempo_bpm, midi.length, audio ? audio.bytes.length : 0);
}`,
  audiofolder: `import { readFile } from 'node:fs/promises';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

const file = await asyncBufferFromFile('train/metadata.parquet');
for (const row of await parquetReadObjects({ file, rowStart: 0, rowEnd: 10 })) {
  const midi = await readFile(row.midi_path);
  const audio = row.audio_path === null ? null : await readFile(row.audio_path);
  console.log(row.sample_id, row.rudiment_slug, row.tempo_bpm, midi.length, audio ? audio.length : 0);
}`,
  webdataset: `import { readdir, readFile } from 'node:fs/promises';

const text = (bytes: Buffer, at: number, length: number) => bytes.toString('utf8', at, at + length).split('\\0')[0] ?? '';
for (const name of (await readdir('train')).filter(name => name.endsWith('.tar')).sort()) {
  const tar = await readFile(\`train/\${name}\`);
  let sizes: Record<string, number> = {};
  for (let at = 0; text(tar, at, 100) !== ''; ) {
    const [entry, bytes] = [text(tar, at, 100), Number.parseInt(text(tar, at + 124, 12), 8)];
    sizes[entry.slice(entry.indexOf('.') + 1)] = bytes;
    if (entry.endsWith('.json')) {
      const { sample } = JSON.parse(tar.toString('utf8', at + 512, at + 512 + bytes));
      console.log(sample.sample_id, sample.rudiment_slug, sample.tempo_bpm, sizes.mid, sizes.flac ?? 0);
      sizes = {};
    }
    at += 512 + Math.ceil(bytes / 512) * 512;
  }
}`,
};

const PYTHON_NEEDS: Readonly<Record<PublishLayout, string>> = {
  parquet: '`pip install pyarrow soundfile`',
  audiofolder: '`pip install pandas pyarrow soundfile`',
  webdataset: '`pip install soundfile`; or `webdataset`',
};

/** Examples that run as they stand, from the folder of the card or a clone of its repository; the tests run them. */
export const loadingOf = (layout: PublishLayout, repo: string | null): string => {
  const place = repo ?? 'path/to/this/folder';
  return `With \`datasets\` (\`pip install datasets[audio]\`):

\`\`\`python
from datasets import load_dataset

train = load_dataset("${place}", split="train", streaming=True)
print(next(iter(train)))
\`\`\`

Python, without it (${PYTHON_NEEDS[layout]}):

\`\`\`python
${PYTHON[layout]}
\`\`\`

TypeScript${layout === 'webdataset' ? '' : ' (`npm install hyparquet`)'}:

\`\`\`typescript
${TYPESCRIPT[layout]}
\`\`\`
`;
};
