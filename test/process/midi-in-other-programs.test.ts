import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeMidi, type Pattern } from '#shared/model';
import { scratchFolder } from '#test/cli';
import { attacksIn, hitAt, playedByFluidSynth, playedByHydrogen, templateAt } from '#test/other-players';
import { aNote, aPattern, meter } from '#test/pattern';
import { readSmf } from '#test/read-smf';

/** Short drums, so that one has died away before the next begins; both programs' kits have them on General MIDI's notes. */
const DRUMS = ['kick', 'rim', 'snare', 'clap', 'chh', 'lt'] as const;

/** Each of them once, a second apart: what it sounds like, and how long it takes from its time to its sound. */
const references = aPattern(
  DRUMS.map((drum, index) => aNote(drum, 4 * (index + 1))),
  { tempo: 60, bars: [meter(4, 4), meter(4, 4)] },
);

const hits = [
  ['kick', 0, 0],
  ['snare', 4, 21],
  ['kick', 7, -17],
  ['chh', 10, 9],
  ['rim', 13, -24],
  ['clap', 16, 5],
  ['lt', 19, 30],
  ['kick', 22, 0],
  ['snare', 26, -11],
  ['chh', 30, 13],
  ['kick', 34, -3],
  ['clap', 38, 26],
  ['snare', 42, 0],
] as const;
/** With feel in ms, at no tempo in particular: what matters is that the file and the sound say the same. */
const played = aPattern(
  hits.map(([drum, step, milliseconds]) => aNote(drum, step, { feel: milliseconds * 1.7 })),
  { tempo: 104, bars: [meter(4, 4), meter(7, 8), meter(4, 4)] },
);

describe.each([
  // FluidSynth's player begins notes on blocks of 64 frames (1.5 ms) and reads its file in them: two such errors, one of each file.
  ['FluidSynth', playedByFluidSynth, { ...played, tempoChanges: [{ at: 5000, tempo: 83 }] }, 0.0035],
  // Hydrogen counts frames in single precision from its ticks: within a quarter of a millisecond.
  ['Hydrogen', playedByHydrogen, played, 0.001],
] satisfies [string, typeof playedByHydrogen, Pattern, number][])(
  'an exported MIDI file in %s',
  (_, play, pattern, tolerance) => {
    it('sounds the same hits at the same times', async () => {
      const folder = scratchFolder();
      const file = (each: Pattern): Uint8Array => encodeMidi(each, { type: 1 });
      const reference = await play(file(references), join(folder, 'references'));
      const templates = readSmf(file(references))
        .notes.toSorted((a, b) => a.tick - b.tick)
        .map(({ seconds }) => templateAt(reference, seconds));
      const audio = await play(file(pattern), join(folder, 'played'));
      const wanted = readSmf(file(pattern)).notes.toSorted((a, b) => a.tick - b.tick);
      const found = wanted.map(({ seconds }) => hitAt(audio, seconds, templates));
      expect(found.map(({ index }) => DRUMS[index])).toEqual(hits.map(([drum]) => drum));
      expect(Math.max(...found.map(({ late }) => Math.abs(late)))).toBeLessThanOrEqual(tolerance);
      expect(Math.min(...found.map(({ likeness }) => likeness))).toBeGreaterThan(0.8);
      expect(attacksIn(audio)).toBe(hits.length);
    });
  },
);
