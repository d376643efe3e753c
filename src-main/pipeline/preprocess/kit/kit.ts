import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, openWav, type WavFile, writeFileWhole, writeWav } from '#main/platform';
import { applyGain, fadeEnds, normalisingGain, peakOf } from '#shared/analysis';
import { type KitManifest, type ManifestSlice, sampleIdOf } from '#shared/model';
import type { z } from 'zod';
import { type KeptHit, readHits, sortedSongs, withoutDuplicates } from './hits';
import { type KitInput, KitInputSchema, type KitSong } from './input';

export interface KitValues {
  readonly kept: number;
  readonly dropped: number;
}

/** Share of the work that finding duplicates is. */
const LIKENESS_SHARE = 0.3;

/**
 * Makes one kit of all songs' slices: those that sound alike are kept once, the cleanest of them, and cut from the stems to numbered
 * WAVs. Files: each WAV by its sample id, and `manifest`. What it keeps does not depend on the order of the songs.
 */
export const kitStage: Stage<KitInput, KitValues> = {
  name: 'kit',
  title: 'Sorting out duplicates',
  version: 1,
  input: KitInputSchema as z.ZodType<KitInput>,
  run: (input, context) =>
    attempt(context.folder, async () => {
      const songs = sortedSongs(input.songs);
      const all = await readHits(songs, context);
      const kept = await withoutDuplicates(all, songs, input.threshold, context, LIKENESS_SHARE);
      const slices = await cutAll(kept, songs, input, context);
      const dropped = all.hits.length - kept.length;
      const manifest: KitManifest = {
        version: 1,
        threshold: input.threshold,
        format: input.format,
        normalised: input.normalise,
        counts: { songs: songs.length, hits: all.hits.length, kept: kept.length, dropped },
        songs: songs.map(({ name, sourceSha256 }, song) => ({
          name,
          sha256: sourceSha256,
          hits: all.hits.filter(hit => hit.song === song).length,
          kept: kept.filter(({ hit }) => hit.song === song).length,
        })),
        slices,
      };
      await writeFileWhole(
        join(context.folder, 'kit_manifest.json'),
        `${JSON.stringify(manifest, null, 1)}\n`,
      );
      context.report(1);
      return {
        values: { kept: kept.length, dropped },
        files: {
          ...Object.fromEntries(slices.map(({ sample_id, file }) => [sample_id, file])),
          manifest: 'kit_manifest.json',
        },
      };
    }),
};

async function cutAll(
  kept: readonly KeptHit[],
  songs: readonly KitSong[],
  input: KitInput,
  context: StageContext,
): Promise<ManifestSlice[]> {
  const slices: ManifestSlice[] = [];
  const began = performance.now();
  for (const [index, song] of songs.entries()) {
    const own = kept.filter(({ hit }) => hit.song === index);
    if (own.length === 0) continue;
    const opened = await openWav(song.drums.path);
    if (!opened.ok) throw new Failed(opened.failure);
    try {
      for (const hit of own) {
        throwIfCancelled(context.signal);
        slices.push(await cut(opened.value, hit, sampleIdOf(slices.length + 1), songs, input, context));
        const rate = (slices.length * 1000) / Math.max(1, performance.now() - began);
        context.report(
          LIKENESS_SHARE + ((1 - LIKENESS_SHARE) * slices.length) / kept.length,
          `${rate.toFixed(0)} hits / s`,
        );
      }
    } finally {
      await opened.value.close();
    }
  }
  return slices;
}

async function cut(
  wav: WavFile,
  { hit, duplicates }: KeptHit,
  sampleId: string,
  songs: readonly KitSong[],
  { format, normalise }: KitInput,
  context: StageContext,
): Promise<ManifestSlice> {
  const audio = await wav.read(hit.start_frame, hit.frames);
  fadeEnds(audio, { fadeInFrames: hit.fade_in_frames, fadeOutFrames: hit.fade_out_frames });
  const gain = normalise ? normalisingGain(peakOf(audio)) : 1;
  applyGain(audio, gain);
  const file = `${sampleId}.wav`;
  await writeWav(join(context.folder, file), audio, format, sampleId);
  const sourceOf = (song: number) => ({
    name: songs[song]?.name ?? '',
    sha256: songs[song]?.sourceSha256 ?? '',
  });
  return {
    sample_id: sampleId,
    file,
    source: sourceOf(hit.song),
    sample_rate: wav.sampleRate,
    channel_count: wav.channelCount,
    start_frame: hit.start_frame,
    frames: hit.frames,
    onset_frame: hit.onset_frame,
    onset_offset: hit.onset_frame - hit.start_frame,
    fade_in_frames: hit.fade_in_frames,
    fade_out_frames: hit.fade_out_frames,
    gain,
    flam: hit.flam_frames !== null,
    flam_frames: hit.flam_frames,
    velocity: hit.velocity,
    quality: hit.quality,
    duplicates: duplicates.map(({ hit: twin, similarity }) => ({
      source: sourceOf(twin.song),
      onset_frame: twin.onset_frame,
      start_frame: twin.start_frame,
      frames: twin.frames,
      velocity: twin.velocity,
      similarity,
    })),
  };
}
