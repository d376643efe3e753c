import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decoded } from '#test/audio-files';
import { drumsOf, tempoOf, trackOf } from '#test/ears';
import { materialFiles } from '#test/material';
import { fMeasure } from '#test/onset-scores';

const recordings = materialFiles('mdb-drums/drum_only');
const mixes = materialFiles('mdb-drums/sep/mix');
const beatFiles = materialFiles('mdb-drums/ann/beats');

async function annotatedBeats(recording: string): Promise<number[]> {
  const path = beatFiles.find(file => trackOf(file) === trackOf(recording));
  if (!path) throw new Error(`no beats for ${recording}`);
  return (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map(line => Number.parseFloat(line));
}

/** Ratio of two tempi, an octave up or down allowed: 1 when they agree. */
const withoutOctave = (ratio: number): number => 2 ** (Math.log2(ratio) - Math.round(Math.log2(ratio)));

describe.skipIf(recordings.length === 0)('tempo on MDB Drums', () => {
  it.each([
    ['drum recordings', recordings, async (path: string) => (await decoded(path)).audio],
    ['drums separated from mixes', mixes, async (path: string) => drumsOf((await decoded(path)).audio)],
  ] as const)(
    'is right within half a per cent, and so are nine of ten beats, on %s',
    async (_, files, drums) => {
      for (const file of files) {
        const beats = await annotatedBeats(file);
        const bpm = (60 * (beats.length - 1)) / ((beats.at(-1) ?? 0) - (beats[0] ?? 0));
        const tempo = tempoOf(await drums(file));
        expect(Math.abs(withoutOctave((tempo?.bpm ?? 1) / bpm) - 1)).toBeLessThan(0.005);
        expect(fMeasure(tempo?.beats ?? [], beats, 0.07)).toBeGreaterThan(0.9);
      }
    },
  );
});
