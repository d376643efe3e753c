// The bundled ear on kits that it never heard: twelve classes by prompts alone, and recall@10 of the 200 queries of its training
// folder by the program's own search and by the ear alone. On kits that judge only, or on those that settings are chosen by.
//   npm run bench -- ear-words [chosen] [each]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPrompts } from '#main/pipeline/embed';
import { earRanking, hearShots, openEar, programRanking, type Recall, recallsOf } from '#test/ear-words';
import { scoresOf } from '#test/one-shots';
import { readQueries, readThresholds, readTwelvePrompts } from '#test/shot-truth';
import { chosenShots, judgedShots } from '#test/unseen-kits';

const options = new Set(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'backbeat-ear-words-'));
const shots = await (options.has('chosen') ? chosenShots : judgedShots)(folder);
rmSync(folder, { recursive: true, force: true });
const ear = await openEar();
const heard = await hearShots(ear, shots);
console.log(
  `${heard.sounds.length} sounds of ${new Set(shots.map(({ kit }) => kit)).size} kits and fonts; ${heard.twins} more are twins of these and left out`,
);

const prompts: { readonly name: string; readonly vectors: Float32Array }[] = [];
for (const [name, texts] of Object.entries(readTwelvePrompts()))
  prompts.push({ name, vectors: await ear.read(texts) });
/** As `PromptListener` has it: a class is as likely as all its prompts together, at the temperature of the bundled prompts. */
const { temperature } = defaultPrompts();
function classOf(row: number): string {
  const sound = heard.vectors.subarray(row * ear.size, (row + 1) * ear.size);
  let best = { name: '', worth: -Infinity };
  for (const { name, vectors } of prompts) {
    let worth = 0;
    for (let from = 0; from < vectors.length; from += ear.size)
      worth += Math.exp(
        sound.reduce((sum, value, at) => sum + value * (vectors[from + at] ?? 0), 0) / temperature,
      );
    if (worth > best.worth) best = { name, worth };
  }
  return best.name;
}
// Pedal hats count as closed ones; middle toms are neither low nor high.
const pairs = heard.sounds.flatMap(({ instrument }, row) =>
  instrument === 'mt' ? [] : [{ truth: instrument === 'phh' ? 'chh' : instrument, heard: classOf(row) }],
);
const scores = scoresOf(pairs);
console.log(
  `zero-shot by prompts, 12 classes: balanced accuracy ${scores.balanced.toFixed(3)} (${scores.count} sounds)\n${scores.table}\n`,
);

const queries = readQueries();
const thresholds = readThresholds();
const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
function report(name: string, recalls: readonly Recall[]): void {
  const line = (part: string, of: readonly Recall[]): void =>
    console.log(
      `${name}, ${part}: recall@10 ${mean(of.map(({ judged }) => judged))}, unjudged as wrong ${mean(of.map(({ all }) => all))} (${of.length} queries)`,
    );
  line(
    'by grammar',
    recalls.filter(({ query }) => query.by === 'grammar'),
  );
  line(
    'by hand',
    recalls.filter(({ query }) => query.by === 'hand'),
  );
  line(
    'attributes',
    recalls.filter(recall => recall.isMeasured),
  );
  line('all', recalls);
}
const program = await recallsOf(heard.sounds, queries, thresholds, programRanking(ear, heard));
const alone = await recallsOf(heard.sounds, queries, thresholds, earRanking(ear, heard));
console.log(
  `${queries.length - program.length} of ${queries.length} queries are left out: fewer than five of these sounds fulfil them`,
);
report('search', program);
report('ear alone', alone);
if (options.has('each'))
  for (const [at, { query, judged, fitting }] of program.entries())
    console.log(
      `${judged.toFixed(2)} ${(alone[at]?.judged ?? 0).toFixed(2)} (${fitting}) ${query.text} [${query.needs.join(' ')}]`,
    );
await ear.close();
