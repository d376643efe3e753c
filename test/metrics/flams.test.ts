import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/audio-files';
import { demoKit, flamMaterial, flamScores } from '#test/flam-material';
import { heardBy } from '#test/hearing';
import { heardStem } from '#test/kit-line';
import { materialFiles } from '#test/material';
import { fMeasure, mergedOnsets } from '#test/onset-scores';

/** `npm run bench -- ear-flams` does the same with the kits of three soundfonts. */
describe('grooves rendered from the demo kit', () => {
  it('show 95 of 100 flams of 25 ms by the network, onsets to 1 ms, and no flam where there is none', async () => {
    const material = flamMaterial(await demoKit(), { flams: 40, gapMs: [24, 26], seed: 'gate' });
    const scores = flamScores(material, await heardBy('drum-hits', material.audio, temporaryFolder()));
    expect(scores.found / scores.flams).toBeGreaterThanOrEqual(0.95);
    expect(scores.falseFlams).toBe(0);
    expect(scores.medianMs).toBeLessThan(1);
    expect(scores.p95Ms).toBeLessThan(1);
    expect(scores.missed / scores.groups).toBeLessThan(0.02);
  });

  it('show more than half of them by the flux alone, onsets to 1 ms', async () => {
    const material = flamMaterial(await demoKit(), { flams: 20, gapMs: [24, 26], seed: 'gate' });
    const scores = flamScores(material, await heardBy('superflux', material.audio, temporaryFolder()));
    expect(scores.found / scores.flams).toBeGreaterThan(0.5);
    expect(scores.falseFlams).toBe(0);
    expect(scores.medianMs).toBeLessThan(1);
  });
});

const recordings = materialFiles('mdb-drums/drum_only');
const annotations = materialFiles('mdb-drums/ann/class');

describe.skipIf(recordings.length === 0)('hits by the network on MDB Drums', () => {
  it('reach an onset F of .98 at 50 ms', async () => {
    const scores: number[] = [];
    for (const recording of recordings) {
      const { onsets } = await heardStem(recording, temporaryFolder(), 'drum-hits');
      const found = (JSON.parse(await readFile(onsets.path, 'utf8')) as { onsets: { time: number }[] })
        .onsets;
      const track = basename(recording).replace('_Drum.flac', '');
      const path = annotations.find(file => basename(file).startsWith(track));
      const lines = (await readFile(path ?? '', 'utf8')).trim().split('\n');
      const wanted = mergedOnsets(lines.map(line => Number.parseFloat(line)));
      scores.push(
        fMeasure(
          found.map(({ time }) => time),
          wanted,
          0.05,
        ),
      );
    }
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(0.98);
  });
});
