import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type KitSong, kitStage } from '#main/pipeline/preprocess/kit';
import { readStage } from '#main/pipeline/preprocess/read';
import { slicesStage } from '#main/pipeline/preprocess/slices';
import type { FileRef } from '#main/pipeline/stage';
import { createWavWriter, openWav, readWav, writeFileWhole } from '#main/platform';
import { type KitManifest, KitManifestSchema, type PlanarAudio } from '#shared/model';
import { type Detector, onsetsBy } from './hearing';
import { filesOf, refOf } from './stage-run';

/** A drum stem and its onsets on the disk, as the stages before slicing leave them. */
export interface Stem {
  readonly drums: FileRef;
  readonly onsets: FileRef;
}

export async function writeStem(
  folder: string,
  audio: PlanarAudio,
  onsetFrames: readonly number[],
): Promise<Stem> {
  await mkdir(folder, { recursive: true });
  const { sampleRate, channels } = audio;
  const path = join(folder, 'drums.wav');
  const writer = await createWavWriter(path, { sampleRate, channelCount: channels.length, format: '32f' });
  await writer.write(audio);
  await writer.finish();
  const onsets = onsetFrames.map(frame => ({ time: frame / sampleRate, frame, strength: 1 }));
  await writeFileWhole(join(folder, 'onsets.json'), JSON.stringify({ sampleRate, onsets }));
  return { drums: await refOf(path), onsets: await refOf(join(folder, 'onsets.json')) };
}

/** A drum recording itself as the stem, and what a detector hears in it. */
export async function heardStem(
  path: string,
  folder: string,
  detector: Detector = 'superflux',
): Promise<Stem> {
  const stageFolder = async (name: string): Promise<string> => {
    await mkdir(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const read = await filesOf(readStage, await stageFolder('read'), {
    source: await refOf(path),
    name: 'song',
  });
  const drums = read.files['mix'] as FileRef;
  return { drums, onsets: await onsetsBy(detector, drums, await stageFolder('onsets')) };
}

/** Runs the `slices` stage on a stem; answers what `kit` takes. */
export async function slicesOf(
  folder: string,
  name: string,
  { drums, onsets }: Stem,
  options: Readonly<Record<string, unknown>> = {},
): Promise<KitSong> {
  await mkdir(folder, { recursive: true });
  const { files } = await filesOf(slicesStage, folder, { drums, onsets, ...options });
  return { name, sourceSha256: drums.sha256, drums, slices: files['slices'] as FileRef };
}

export interface Kit {
  readonly folder: string;
  readonly manifest: KitManifest;
}

/** Runs the `kit` stage; threshold 1 keeps every hit. */
export async function kitOf(
  folder: string,
  songs: readonly KitSong[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<Kit> {
  await mkdir(folder, { recursive: true });
  await filesOf(kitStage, folder, { songs, ...options });
  const text = readFileSync(join(folder, 'kit_manifest.json'), 'utf8');
  return { folder, manifest: KitManifestSchema.parse(JSON.parse(text)) };
}

/**
 * Highest level of what is left when each slice, its gain undone, is laid back over the stem with its sign turned, outside the
 * slice's fades, dB of full scale.
 */
export async function residueDecibels({ folder, manifest }: Kit, drums: FileRef): Promise<number> {
  const stem = await openWav(drums.path);
  if (!stem.ok) throw new Error(stem.failure.code);
  let worst = 0;
  for (const slice of manifest.slices) {
    const wav = await readWav(join(folder, slice.file));
    if (!wav.ok) throw new Error(wav.failure.code);
    const original = await stem.value.read(slice.start_frame, slice.frames);
    for (const [channel, samples] of wav.value.channels.entries()) {
      for (let frame = slice.fade_in_frames; frame < slice.frames - slice.fade_out_frames; frame++) {
        const laidBack = (samples[frame] ?? Number.NaN) / slice.gain;
        const left = Math.abs((original.channels[channel]?.[frame] ?? Number.NaN) - laidBack);
        worst = left <= worst ? worst : left;
      }
    }
  }
  await stem.value.close();
  return 20 * Math.log10(worst);
}
