// Flams and onset times on rendered grooves: snare flams of 15-35 ms among kicks and hats, by the demo kit and by the kits of the
// machine's soundfonts.
//   npm run bench -- ear-flams [drum-hits|superflux] [FLAMS A KIT] [KITS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoKit, type FlamScores, flamMaterial, flamScores, soundfontKits } from '#test/flam-material';
import { type Detector, heardBy } from '#test/hearing';

const [detector = 'drum-hits', count = '20', most = '100'] = process.argv.slice(2);
const GAPS = [
  [15, 20],
  [20, 24],
  [24, 26],
  [26, 35],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'backbeat-flams-'));
const kits = [await demoKit(), ...(await soundfontKits(folder, Number(most) - 1))];
const totals = new Map<string, { found: number; flams: number }>();
for (const kit of kits) {
  const line: string[] = [];
  const all: FlamScores[] = [];
  for (const gapMs of GAPS) {
    const material = flamMaterial(kit, { flams: Number(count), gapMs, seed: gapMs.join('-') });
    const scores = flamScores(material, await heardBy(detector as Detector, material.audio, folder));
    all.push(scores);
    const name = gapMs.join('-');
    const total = totals.get(name) ?? { found: 0, flams: 0 };
    totals.set(name, { found: total.found + scores.found, flams: total.flams + scores.flams });
    line.push(`${name} ms ${scores.found}/${scores.flams}`);
  }
  const sum = (value: (scores: FlamScores) => number): number =>
    all.reduce((total, scores) => total + value(scores), 0);
  console.log(
    kit.name.padEnd(34),
    line.join('  '),
    ` false ${sum(scores => scores.falseFlams)}/${sum(scores => scores.slices)}`,
    ` missed ${sum(scores => scores.missed)}/${sum(scores => scores.groups)}`,
    ` median ${(sum(scores => scores.medianMs) / all.length).toFixed(2)} p95 ${(sum(scores => scores.p95Ms) / all.length).toFixed(1)} ms`,
  );
}
for (const [name, { found, flams }] of totals)
  console.log(`${detector} ${name} ms: ${found} of ${flams}, ${((100 * found) / flams).toFixed(1)} %`);
rmSync(folder, { recursive: true });
