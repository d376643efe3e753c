import type { AnyTransform } from '../transform';
import { lossyCodec, mp3Compression, voiceCall } from './codecs';
import { preamp, tanhDistortion } from './distortion';
import { automaticGain, compressor, limiter } from './dynamics';
import {
  bandPassFilter,
  bandStopFilter,
  highPassFilter,
  highShelfFilter,
  lowPassFilter,
  lowShelfFilter,
  peakingFilter,
  sevenBandParametricEq,
} from './filters';
import {
  clip,
  clippingDistortion,
  dcOffset,
  gain,
  gainTransition,
  loudnessNormalization,
  normalize,
  peakNormalization,
  polarityInversion,
  shuffleChannels,
  stereoWidth,
} from './gains';
import { microphone } from './microphones';
import {
  addBackgroundNoise,
  addColorNoise,
  addGaussianNoise,
  addGaussianSnr,
  addNoise,
  addShortNoises,
  mix,
} from './noises';
import { aliasing, bitCrush, bitDepth, resample } from './resolution';
import { airAbsorption, applyImpulseResponse, roomSimulator } from './spaces';
import { dropouts, packetLoss, wowAndFlutter } from './tape';
import {
  adjustDuration,
  padding,
  pitchShift,
  randomCrop,
  repeatPart,
  reverse,
  shift,
  spliceOut,
  timeMask,
  timeStretch,
  trim,
} from './time';

export { atRate } from './resolution';

/**
 * Every step there is, under the names that audiomentations and torch-audiomentations have where they have one (their Lambda is
 * left out: code is no data).
 */
export const TRANSFORMS: readonly AnyTransform[] = [
  addBackgroundNoise,
  addColorNoise,
  addGaussianNoise,
  addGaussianSnr,
  addNoise,
  addShortNoises,
  adjustDuration,
  airAbsorption,
  aliasing,
  applyImpulseResponse,
  automaticGain,
  bandPassFilter,
  bandStopFilter,
  bitCrush,
  bitDepth,
  clip,
  clippingDistortion,
  compressor,
  dcOffset,
  dropouts,
  gain,
  gainTransition,
  highPassFilter,
  highShelfFilter,
  limiter,
  lossyCodec,
  loudnessNormalization,
  lowPassFilter,
  lowShelfFilter,
  microphone,
  mix,
  mp3Compression,
  normalize,
  packetLoss,
  padding,
  peakNormalization,
  peakingFilter,
  pitchShift,
  polarityInversion,
  preamp,
  randomCrop,
  repeatPart,
  resample,
  reverse,
  roomSimulator,
  sevenBandParametricEq,
  shift,
  shuffleChannels,
  spliceOut,
  stereoWidth,
  tanhDistortion,
  timeMask,
  timeStretch,
  trim,
  voiceCall,
  wowAndFlutter,
];

/** Other names for the same: torch-audiomentations has them so. */
const ALIASES: Readonly<Record<string, string>> = {
  AddColoredNoise: 'AddColorNoise',
  TimeInversion: 'Reverse',
};

export const transformNamed = (name: string): AnyTransform | undefined =>
  TRANSFORMS.find(one => one.name === (ALIASES[name] ?? name));
