import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultRoleConfig } from '#main/pipeline/roles';
import { judge, SpectrumMeter } from '#shared/analysis';
import type { Instrument } from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { materialFiles } from '#test/material';
import { canRender, type OneShot, renderedOneShots, scoresOf } from '#test/one-shots';
import { JUDGES, judgeScores, slicedHits, verdictsOf } from '#test/role-scores';
import { canJudgeKits, judgedShots } from '#test/unseen-kits';

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

describe.skipIf(!canJudgeKits)('kits that neither the ear nor any setting was made by', () => {
  it('are judged by role with a balanced accuracy of .85, and roles and instruments better than by the rules alone', async () => {
    const hits = await judgedShots(temporaryFolder(), true);
    const verdicts = await verdictsOf(hits);
    const [rules, ear, both] = JUDGES.map(judge => judgeScores(hits, verdicts[judge]));
    for (const [judge, scores] of Object.entries({ rules, ear, both }))
      process.stdout.write(
        `${judge}: roles ${scores?.roles.balanced.toFixed(3)}, instruments ${scores?.instruments.balanced.toFixed(3)}\n`,
      );
    expect(both?.roles.balanced).toBeGreaterThanOrEqual(0.85);
    expect(both?.roles.balanced).toBeGreaterThan(rules?.roles.balanced ?? 1);
    expect(both?.instruments.balanced).toBeGreaterThan(rules?.instruments.balanced ?? 1);
  });
});

const recordings = materialFiles('mdb-drums/drum_only');

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
