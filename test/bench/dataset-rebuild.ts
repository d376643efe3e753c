// Gate 11: random rows of a dataset remade from its Parquet tables alone; MIDI, samples and FLAC compared with the hashes in the rows.
//   npm run bench -- dataset-rebuild [ROWS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleRun, openSounding, partCount, rebuildSample, runPart } from '#main/dataset';
import { Random } from '#shared/base';
import { GenerationConfigSchema, planOf } from '#shared/dataset';

const wanted = Number(process.argv[2] ?? 100);
const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'backbeat-rebuild-'));
const resources = { files: [] };
const config = GenerationConfigSchema.parse({
  num_profiles: 4,
  tempos_per_rudiment: 1,
  augmentations_per_sample: 2,
});
try {
  const opened = await openSounding(resources);
  if (!opened.ok) throw new Error(opened.failure.code);
  const plan = planOf(config, opened.value.catalogue);
  if (!plan.ok) throw new Error(plan.failure.join('; '));
  const [parts, dataset] = [join(folder, 'parts'), join(folder, 'dataset')];
  const count = partCount(plan.value);
  for (let part = 0; part < count; part++) {
    const made = await runPart({ config, resources, part }, parts, { signal });
    if (!made.ok) throw new Error(made.failure.code);
  }
  const engine = { node: process.versions.node, v8: process.versions.v8 };
  const run = {
    name: 'rebuild',
    config,
    resources,
    generator: 'bench',
    engine,
    parts,
    count,
    folder: dataset,
  };
  const assembled = await assembleRun(run, signal, () => undefined);
  if (!assembled.ok) throw new Error(assembled.failure.code);
  const numbers = Random.ofSeed(11)
    .shuffled(Array.from({ length: plan.value.count }, (_, number) => number))
    .slice(0, wanted);
  let same = 0;
  for (const number of numbers) {
    const { id } = plan.value.task(number);
    const again = await rebuildSample({ dataset, sampleId: id, resources, out: null });
    if (!again.ok) throw new Error(`${id}: ${again.failure.code}`);
    const { midi, pcm, flac } = again.value;
    if ([midi, pcm, flac].every(pair => pair !== null && pair.found === pair.wanted)) same++;
    else console.log(`${id} differs`);
  }
  console.log(
    `${same} of ${numbers.length} rows, drawn from ${plan.value.count}: MIDI, samples and FLAC the same`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
