// The gates of the groove models on Groove's test split, measured on the exported graphs as Backbeat runs them.
// BACKBEAT_DATA names the data, BACKBEAT_EVAL the folder of the evaluation scripts: the one beside the data unless set.
//   npm run bench -- groove-models [humanise] [humanise-validation] [tap] [bits] [patterns]
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { keepWarm } from '#main/inference';
import {
  bitsFigures,
  type Figure,
  humaniseFigures,
  isMet,
  patternFigures,
  tapFigures,
} from '#test/groove-figures';
import { grooveSet } from '#test/groove-set';
import { DATA } from '#test/material';

const wanted = process.argv.slice(2);
if (DATA === null) throw new Error('BACKBEAT_DATA must name the folder of the data');
const evaluation = resolve(process.env['BACKBEAT_EVAL'] ?? join(DATA, '../eval'));
const models = keepWarm();
const manifest = (name: string): string => join('native-models', name, 'manifest.json');
const context = {
  models,
  manifests: {
    humaniser: manifest('groove-humanise'),
    tapper: manifest('groove-tap'),
    transformer: manifest('drum-transformer'),
  },
  signal: new AbortController().signal,
};
const set = grooveSet();
const sections: Readonly<Record<string, () => Promise<Figure[]>>> = {
  humanise: () => humaniseFigures(evaluation, set, context),
  'humanise-validation': () => humaniseFigures(evaluation, set, context, 'validation'),
  tap: () => tapFigures(set, context),
  bits: () => bitsFigures(set, context),
  patterns: () => patternFigures(evaluation, set, context),
};
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const begin = performance.now();
  const figures = await measure();
  console.log(`${name} (${((performance.now() - begin) / 1000).toFixed(0)} s)`);
  for (const figure of figures) {
    const { gate } = figure;
    const verdict = gate ? `  must ${gate.must} ${gate.bound}: ${isMet(figure) ? 'met' : 'NOT met'}` : '';
    console.log(`  ${figure.name.padEnd(48)} ${figure.value.toFixed(4)}${verdict}`);
  }
}
await models.close();
