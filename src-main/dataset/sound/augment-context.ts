import type { AugmentContext } from '#shared/augment';
import { frameCount } from '#shared/model';
import { openConvolution } from './convolution';
import { openMp3 } from './mp3-again';
import { openStretch } from './stretch';
import { openVorbis } from './vorbis-again';

/**
 * What steps of augmentation ask of the outside: codecs by the encoders and decoders that the app has, stretching by Signalsmith Stretch,
 * convolution by PFFFT, and `recording` as given. All is loaded here, so that every call answers at once; equal audio gives equal bytes whatever was called before.
 */
export async function openAugmentContext(recording: AugmentContext['recording']): Promise<AugmentContext> {
  const [mp3, ogg, stretch, convolved] = await Promise.all([
    openMp3(),
    openVorbis(),
    openStretch(),
    openConvolution(),
  ]);
  const codecs = { mp3, ogg };
  return {
    recording,
    convolved,
    coded: (audio, codec, kilobits) => (frameCount(audio) > 0 ? codecs[codec](audio, kilobits) : audio),
    stretched: (audio, rate, semitones) =>
      frameCount(audio) === 0 || (rate === 1 && semitones === 0) ? audio : stretch(audio, rate, semitones),
  };
}
