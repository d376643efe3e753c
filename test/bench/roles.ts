// Roles and instruments by the rules alone, by the ear alone, and by both: on kits by which settings were chosen (`chosen`), on kits
// that judge only, or on slices of the development tracks.
//   npm run bench -- roles [chosen]; BACKBEAT_DATA=... npm run bench -- roles slices
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { materialFiles } from '#test/material';
import { JUDGES, judgeScores, type KnownHit, slicedHits, verdictsOf } from '#test/role-scores';
import { chosenShots, judgedShots } from '#test/unseen-kits';

const [which = 'judged'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'backbeat-roles-'));

async function hitsOf(): Promise<readonly KnownHit[]> {
  if (which === 'chosen') return chosenShots(folder);
  if (which === 'judged') return judgedShots(folder);
  const hits: KnownHit[] = [];
  for (const [index, path] of materialFiles('mdb-drums/drum_only').entries())
    hits.push(...(await slicedHits(path, join(folder, `track ${index}`), 'drum-hits')));
  return hits;
}

const hits = await hitsOf();
rmSync(folder, { recursive: true, force: true });
const verdicts = await verdictsOf(hits);
for (const judge of JUDGES) {
  const { roles, instruments, twelve } = judgeScores(hits, verdicts[judge]);
  console.log(
    `${judge}: ${hits.length} hits; balanced accuracy: roles ${roles.balanced.toFixed(3)} (${roles.count}), ` +
      `14 instruments ${instruments.balanced.toFixed(3)}, 12 classes ${twelve.balanced.toFixed(3)}`,
  );
  console.log(`${roles.table}\n${instruments.table}\n`);
}
