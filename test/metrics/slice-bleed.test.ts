import { describe, expect, it } from 'vitest';
import { decoded } from '#test/audio-files';
import { type BleedCase, bleedCases, rankCorrelation } from '#test/bleed-scores';
import { drumsOf, trackOf } from '#test/ears';
import { materialFiles } from '#test/material';

const mixes = materialFiles('mdb-drums/sep/mix').filter(path => /Hendrix|Reggae/.test(path));
const truths = materialFiles('mdb-drums/sep/drums');

describe.skipIf(mixes.length === 0)('bleed of slices on MDB Drums', () => {
  it('ranks slices as the true drum stems do, by .5 at least', async () => {
    const cases: BleedCase[] = [];
    for (const path of mixes) {
      const truth = truths.find(file => trackOf(file) === trackOf(path));
      if (truth === undefined) throw new Error(`no drums for ${path}`);
      const mix = (await decoded(path)).audio;
      cases.push(...bleedCases(mix, drumsOf(mix), (await decoded(truth)).audio));
    }
    expect(cases.length).toBeGreaterThan(100);
    expect(rankCorrelation(cases)).toBeGreaterThan(0.5);
  });
});
