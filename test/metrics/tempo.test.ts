import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decoded } from '#test/audio-files';
import { type BeatTruth, scoreBeats } from '#test/beat-scores';
import { drumsOf, tempoOf, trackOf } from '#test/ears';
import { materialFiles } from '#test/material';
import { fMeasure } from '#test/onset-scores';

const recordings = materialFiles('mdb-drums/drum_only');
const mixes = materialFiles('mdb-drums/sep/mix');
const beatFiles = materialFiles('mdb-drums/ann/beats');

/** Beats, and those of them that begin bars. */
async function annotated(recording: string): Promise<BeatTruth> {
  const path = beatFiles.find(file => trackOf(file) === trackOf(recording));
  if (!path) throw new Error(`no beats for ${recording}`);
  const rows = (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  return {
    beats: rows.map(([time = 0]) => time),
    bars: rows.filter(([, place]) => place === 1).map(([time = 0]) => time),
  };
}

/** Ratio of two tempi, an octave up or down allowed: 1 when they agree. */
const withoutOctave = (ratio: number): number => 2 ** (Math.log2(ratio) - Math.round(Math.log2(ratio)));

describe.skipIf(recordings.length === 0)('tempo on MDB Drums', () => {
  it.each([
    ['drum recordings', recordings, async (path: string) => (await decoded(path)).audio],
    ['drums separated from mixes', mixes, async (path: string) => drumsOf((await decoded(path)).audio)],
  ] as const)(
    'is right within half a per cent, and so are nine of ten beats, on %s; bars on all but one',
    async (_, files, drums) => {
      const wrongBars: string[] = [];
      for (const file of files) {
        const truth = await annotated(file);
        const tempo = tempoOf(await drums(file));
        if (!tempo) throw new Error(`no pulse in ${file}`);
        const score = scoreBeats(tempo, truth);
        expect(Math.abs(withoutOctave(tempo.bpm / score.trueBpm) - 1)).toBeLessThan(0.005);
        expect(fMeasure(tempo.beats, truth.beats, 0.07)).toBeGreaterThan(0.9);
        if (score.bars < 0.9) wrongBars.push(trackOf(file));
      }
      expect(wrongBars.length).toBeLessThanOrEqual(1);
    },
  );
});
