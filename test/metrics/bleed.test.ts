import { describe, expect, it } from 'vitest';
import { BleedCurve, bleedFrames } from '#shared/analysis';
import { decoded } from '#test/audio-files';
import { type BleedCase, rankCorrelation } from '#test/bleed-scores';
import { meansPer, trueBleed } from '#test/bleed-truth';
import { drumsOf, trackOf } from '#test/ears';
import { materialFiles } from '#test/material';

const SECONDS = 0.5;
/** Both kinds of pairs; the bench takes all of them. */
const TRACKS = new Set(['MusicDelta_Hendrix', 'MusicDelta_Country1']);
const mixes = materialFiles('mdb-drums/sep/mix').filter(path => TRACKS.has(trackOf(path)));
const truths = materialFiles('mdb-drums/sep/drums');

describe.skipIf(mixes.length === 0)('the bleed curve on MDB Drums', () => {
  it('ranks half seconds by their true bleed with a correlation of .6 and more', async () => {
    const all: BleedCase[] = [];
    for (const path of mixes) {
      const mix = (await decoded(path)).audio;
      const file = truths.find(other => trackOf(other) === trackOf(path));
      if (file === undefined) throw new Error(`no drums for ${path}`);
      const truth = (await decoded(file)).audio;
      const stem = drumsOf(mix);
      const rest = mix.channels.map((samples, channel) =>
        samples.map((value, at) => value - (stem.channels[channel]?.[at] ?? 0)),
      );
      const bleed = new BleedCurve(mix.sampleRate);
      bleed.push(stem.channels, rest);
      const said = meansPer(bleed.finish(), mix.sampleRate / bleedFrames(mix.sampleRate), SECONDS);
      const wanted = trueBleed(stem, truth, mix, SECONDS);
      all.push(...Array.from(said, (value, at) => ({ said: value, true: wanted[at] ?? 0 })));
    }
    expect(rankCorrelation(all)).toBeGreaterThan(0.6);
  });
});
