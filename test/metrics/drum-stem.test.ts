import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type MixSource,
  openBundledSeparator,
  type SeparationModel,
  separateWithModel,
} from '#main/inference';
import type { PlanarAudio } from '#shared/model';
import { explain } from '#shared/protocol';
import { decoded, neverAborted } from '#test/audio-files';
import { trackOf } from '#test/ears';
import { materialFiles } from '#test/material';
import { scaleInvariantSdr, songSdr } from '#test/separation-scores';

const mixes = materialFiles('mdb-drums/sep/mix');
const truths = materialFiles('mdb-drums/sep/drums');
const BUNDLED = join(import.meta.dirname, '../../native-models/drum-stem');

/** dB of harmonic-percussive separation with margin 1, as the project's own measure has it. */
const HPSS_SONG_SDR: Readonly<Record<string, number>> = {
  MusicDelta_80sRock: 7.2,
  MusicDelta_Britpop: 3.7,
  MusicDelta_Country1: 5.5,
  MusicDelta_Hendrix: 3,
  MusicDelta_Punk: 2.7,
  MusicDelta_Reggae: 2.8,
};

async function drumsOf(model: SeparationModel, { sampleRate, channels }: PlanarAudio): Promise<PlanarAudio> {
  const frames = channels[0]?.length ?? 0;
  const mix: MixSource = {
    sampleRate,
    channelCount: channels.length,
    frames,
    async *pieces() {
      yield await Promise.resolve(channels);
    },
  };
  const drums = channels.map(() => new Float32Array(frames));
  let at = 0;
  const result = await separateWithModel(
    model,
    mix,
    ({ stems: [stem = []] }) => {
      stem.forEach((channel, index) => drums[index]?.set(channel, at));
      at += stem[0]?.length ?? 0;
      return Promise.resolve();
    },
    { seed: 1, stems: ['drums'], signal: neverAborted },
  );
  if (!result.ok) throw new Error(explain(result.failure));
  return { sampleRate, channels: drums };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe.skipIf(mixes.length === 0)('the bundled drum-stem on MDB Drums', () => {
  it('reaches a mean song SDR of 7.6 dB and an SI-SDR of 6.8 dB, and on every track 2 dB more than HPSS', async () => {
    const model = await openBundledSeparator(BUNDLED);
    if (!model.ok) throw new Error(explain(model.failure));
    const songs: number[] = [];
    const invariant: number[] = [];
    for (const mix of mixes) {
      const truth = truths.find(path => trackOf(path) === trackOf(mix));
      if (!truth) throw new Error(`no drums for ${mix}`);
      const estimate = await drumsOf(model.value, (await decoded(mix)).audio);
      const drums = (await decoded(truth)).audio;
      songs.push(songSdr(estimate, drums));
      invariant.push(scaleInvariantSdr(estimate, drums));
      expect(songSdr(estimate, drums)).toBeGreaterThan((HPSS_SONG_SDR[trackOf(mix)] ?? Number.NaN) + 2);
    }
    await model.value.close();
    expect(mean(songs)).toBeGreaterThan(7.6);
    expect(mean(invariant)).toBeGreaterThan(6.8);
  });
});
