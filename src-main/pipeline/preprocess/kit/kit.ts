import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, openWav, type WavFile, writeWav } from '#main/platform';
import { applyGain, fadeEnds, normalisingGain, peakOf } from '#shared/analysis';
import {
  type Duplicate,
  type KitManifest,
  type ManifestSlice,
  type SliceSource,
  sampleIdOf,
  type Take,
} from '#shared/model';
import { ListWriter } from '../slices';
import { drumOf, type HitTable, qualityOf } from './hit-table';
import { type KeptHit, rankTakes, readHits, sortedSongs, withoutDuplicates } from './hits';
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
  version: 3,
  input: KitInputSchema,
  run: (input, context) =>
    attempt(context.folder, async () => {
      const songs = sortedSongs(input.songs);
      const table = await readHits(songs, context);
      const kept = await withoutDuplicates(table, songs, input.threshold, context, LIKENESS_SHARE);
      const takes = await rankTakes(table, kept, context);
      const head = manifestHead(table, kept, songs, input);
      const manifest = await ListWriter.open(join(context.folder, 'kit_manifest.json'), head, 'slices');
      try {
        await cutAll({ table, kept, takes, songs, input, manifest }, context);
      } catch (error) {
        await manifest.close();
        throw error;
      }
      await manifest.finish();
      context.report(1);
      const ids = kept.map((_, index) => sampleIdOf(index + 1));
      return {
        values: { kept: kept.length, dropped: table.count - kept.length },
        files: { ...Object.fromEntries(ids.map(id => [id, wavName(id)])), manifest: 'kit_manifest.json' },
      };
    }),
};

const wavName = (sampleId: string): string => `${sampleId}.wav`;

function manifestHead(
  table: HitTable,
  kept: readonly KeptHit[],
  songs: readonly KitSong[],
  { threshold, format, normalise }: KitInput,
): Omit<KitManifest, 'slices'> {
  const hits = songs.map(() => 0);
  for (let row = 0; row < table.count; row++) hits[table.hit(row).song]! += 1;
  const keptHits = songs.map(() => 0);
  for (const { row } of kept) keptHits[table.hit(row).song]! += 1;
  const dropped = table.count - kept.length;
  return {
    version: 1,
    threshold,
    format,
    normalised: normalise,
    counts: { songs: songs.length, hits: table.count, kept: kept.length, dropped },
    songs: songs.map((song, index) => ({
      ...sourceOf(song),
      hits: hits[index]!,
      kept: keptHits[index]!,
    })),
  };
}

const sourceOf = ({ name, sourceSha256 }: KitSong): SliceSource => ({ name, sha256: sourceSha256 });

interface KitPlan {
  readonly table: HitTable;
  readonly kept: readonly KeptHit[];
  readonly takes: ReadonlyMap<number, Take>;
  readonly songs: readonly KitSong[];
  readonly input: KitInput;
  readonly manifest: ListWriter;
}

async function cutAll(plan: KitPlan, context: StageContext): Promise<void> {
  const { table, kept, songs, manifest } = plan;
  const began = performance.now();
  let done = 0;
  for (const [index, song] of songs.entries()) {
    const own = kept.filter(({ row }) => table.hit(row).song === index);
    if (own.length === 0) continue;
    const opened = await openWav(song.drums.path);
    if (!opened.ok) throw new Failed(opened.failure);
    try {
      for (const hit of own) {
        throwIfCancelled(context.signal);
        await manifest.write(await cut(opened.value, song, hit, sampleIdOf(++done), plan, context.folder));
        const rate = (done * 1000) / Math.max(1, performance.now() - began);
        const fraction = LIKENESS_SHARE + ((1 - LIKENESS_SHARE) * done) / kept.length;
        context.report(fraction, `${rate.toFixed(0)} hits / s`);
      }
    } finally {
      await opened.value.close();
    }
  }
}

/** Writes one slice's WAV and answers its record. */
async function cut(
  wav: WavFile,
  song: KitSong,
  { row, duplicates }: KeptHit,
  sampleId: string,
  { table, takes, songs, input }: KitPlan,
  folder: string,
): Promise<ManifestSlice> {
  const hit = table.hit(row);
  const drum = drumOf(hit);
  const audio = await wav.read(hit.start_frame, hit.frames);
  fadeEnds(audio, { fadeInFrames: hit.fade_in_frames, fadeOutFrames: hit.fade_out_frames });
  const gain = input.normalise ? normalisingGain(peakOf(audio)) : 1;
  applyGain(audio, gain);
  const takeOf = (of: number): { take?: Take } => {
    const take = takes.get(of);
    return take ? { take } : {};
  };
  const file = wavName(sampleId);
  await writeWav(join(folder, file), audio, input.format, sampleId);
  return {
    sample_id: sampleId,
    file,
    source: sourceOf(song),
    sample_rate: wav.sampleRate,
    channel_count: wav.channelCount,
    start_frame: hit.start_frame,
    frames: hit.frames,
    onset_frame: hit.onset_frame,
    onset_offset: hit.onset_frame - hit.start_frame,
    ...(hit.origin_frame === hit.onset_frame ? {} : { origin_frame: hit.origin_frame }),
    fade_in_frames: hit.fade_in_frames,
    fade_out_frames: hit.fade_out_frames,
    gain,
    ...(drum ? { drum } : {}),
    flam: hit.flam_frames > 0,
    flam_frames: hit.flam_frames > 0 ? hit.flam_frames : null,
    velocity: hit.velocity,
    quality: qualityOf(hit),
    ...takeOf(row),
    duplicates: duplicates.map(({ row: twinRow, similarity }): Duplicate => {
      const twin = table.hit(twinRow);
      return {
        source: sourceOf(songs[twin.song]!),
        onset_frame: twin.onset_frame,
        start_frame: twin.start_frame,
        frames: twin.frames,
        velocity: twin.velocity,
        similarity,
        ...takeOf(twinRow),
      };
    }),
  };
}
