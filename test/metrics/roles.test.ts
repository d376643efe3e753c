import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultRoleConfig } from '#main/pipeline/roles';
import { readWav } from '#main/platform';
import { judge, SpectrumMeter } from '#shared/analysis';
import { INSTRUMENT_FACTS, type Instrument, toMono } from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { heardStem, kitOf, slicesOf } from '#test/kit-line';
import type { Detector } from '#test/hearing';
import { DATA, materialFiles } from '#test/material';
import { canRender, type OneShot, renderedOneShots, scoresOf, soloInstrumentAt } from '#test/one-shots';

/** Instruments that sound so alike that a kit has one of them for all. */
const FAMILY: Readonly<Partial<Record<Instrument, Instrument>>> = {
  phh: 'chh',
  ohh: 'chh',
  mt: 'lt',
  ht: 'lt',
};
const familyOf = (instrument: Instrument): Instrument => FAMILY[instrument] ?? instrument;

function judgeAll(shots: readonly OneShot[]) {
  const config = defaultRoleConfig();
  const meter = new SpectrumMeter();
  const judged = shots.map(shot => ({ shot, judgement: judge(shot.audio, config, meter, shot.drum) }));
  return {
    roles: scoresOf(judged.map(({ shot, judgement }) => ({ truth: shot.role, heard: judgement.role }))),
    instruments: scoresOf(
      judged.map(({ shot, judgement }) => ({ truth: shot.instrument, heard: judgement.instrument })),
    ),
    families: scoresOf(
      judged.map(({ shot, judgement }) => ({
        truth: familyOf(shot.instrument),
        heard: familyOf(judgement.instrument),
      })),
    ),
  };
}

const report = (title: string, { roles, instruments, families }: ReturnType<typeof judgeAll>): void => {
  process.stdout.write(
    [
      `${title}: ${roles.count} hits; balanced accuracy: roles ${roles.balanced.toFixed(3)},`,
      `instruments ${instruments.balanced.toFixed(3)}, families ${families.balanced.toFixed(3)}`,
      `\n${roles.table}\n${instruments.table}\n`,
    ].join(' '),
  );
};

describe.skipIf(!canRender)('one-shots rendered from a General MIDI soundfont', () => {
  it('are judged with a balanced accuracy of .84 by role and .65 by instrument', async () => {
    const scores = judgeAll(await renderedOneShots(temporaryFolder()));
    report('FluidR3', scores);
    expect(scores.roles.balanced).toBeGreaterThanOrEqual(0.84);
    expect(scores.instruments.balanced).toBeGreaterThanOrEqual(0.65);
  });
});

const recordings = materialFiles('mdb-drums/drum_only');

/** The slices that Backbeat cuts from a recording, where the annotation knows one instrument alone. */
async function slicedHits(path: string, folder: string, detector: Detector): Promise<OneShot[]> {
  const track = basename(path).replace('_Drum.flac', '');
  const song = await slicesOf(join(folder, 'slices'), track, await heardStem(path, folder, detector));
  const kit = await kitOf(join(folder, 'kit'), [song], { threshold: 1 });
  const annotation = readFileSync(
    join(DATA ?? '', 'mdb-drums/ann/subclass', `${track}_subclass.txt`),
    'utf8',
  );
  const shots: OneShot[] = [];
  for (const slice of kit.manifest.slices) {
    const instrument = soloInstrumentAt(annotation, slice.onset_frame / slice.sample_rate);
    if (!instrument) continue;
    const wav = await readWav(join(kit.folder, slice.file));
    if (!wav.ok) throw new Error(wav.failure.code);
    const { role } = INSTRUMENT_FACTS[instrument];
    shots.push({
      name: `${track} ${slice.sample_id}`,
      instrument,
      role,
      audio: toMono(wav.value),
      drum: slice.drum ?? null,
    });
  }
  return shots;
}

describe.skipIf(recordings.length === 0)('slices of real recordings', () => {
  it.each([
    ['superflux', 0.8, 0.78],
    ['drum-hits', 0.88, 0.9],
  ] as const)(
    'are judged, where %s found them, with a balanced accuracy of %f by role and %f by family of instruments',
    async (detector, byRole, byFamily) => {
      const shots: OneShot[] = [];
      for (const path of recordings)
        shots.push(...(await slicedHits(path, join(temporaryFolder(), 'track'), detector)));
      const scores = judgeAll(shots);
      report(`MDB Drums, six development tracks, ${detector}`, scores);
      expect(scores.roles.balanced).toBeGreaterThanOrEqual(byRole);
      expect(scores.families.balanced).toBeGreaterThanOrEqual(byFamily);
    },
  );
});
