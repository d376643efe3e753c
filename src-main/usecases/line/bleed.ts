import type { StageCaller } from '#main/jobs';
import { fileOf } from './files';
import type { SongStem } from './separation';
import { WEIGHTS } from './weights';

/** The stems of a song, its drums with the curve of how much of the rest still sounds in them. */
export async function measureBleed(call: StageCaller, stems: readonly SongStem[]): Promise<SongStem[]> {
  const audioOf = (kind: SongStem['kind']) => stems.find(stem => stem.kind === kind)?.audio;
  const { files } = await call.stage(
    'bleed',
    { drums: audioOf('drums'), residual: audioOf('residual') },
    { title: 'Measuring bleed', weight: WEIGHTS.bleed },
  );
  const bleed = fileOf(files, 'bleed');
  return stems.map(stem => (stem.kind === 'drums' ? { ...stem, bleed } : stem));
}
