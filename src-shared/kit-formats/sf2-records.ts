/** Generators of SoundFont 2.04, section 8.1.2, that kits are told in. */
export const GENERATOR = {
  startOffset: 0,
  endOffset: 1,
  startCoarse: 4,
  endCoarse: 12,
  filterCutoff: 8,
  pan: 17,
  decayVolume: 36,
  releaseVolume: 38,
  instrument: 41,
  keyRange: 43,
  velocityRange: 44,
  attenuation: 48,
  coarseTune: 51,
  fineTune: 52,
  sampleId: 53,
  sampleModes: 54,
  scaleTuning: 56,
  exclusiveClass: 57,
  rootKey: 58,
} as const;

/**
 * EMU's hardware, and all players after it, take a bank's `initialAttenuation` at .4 of what it says: 10 dB written are 4 dB heard. So do
 * we, both ways.
 */
export const ATTENUATION_SHARE = 0.4;

/** Note velocity as a source: negative, unipolar, concave for level; linear for the filter. */
export const VELOCITY_CONCAVE = 0x0502;
export const VELOCITY_LINEAR = 0x0102;
/** Centibels that the plain law takes from the softest stroke: what `velocityCurve` 1 is. */
export const PLAIN_VELOCITY = 960;

/** What Backbeat notes of its own fonts in their comment, to undo it when it reads them. */
export interface OwnMarks {
  /** Silence before each sound, in frames: players' shortest attack would swallow a stroke that begins at once. */
  readonly lead: number;
  /** By how much all gains lie below the kit's, because a font can only attenuate. */
  readonly offsetDecibels: number;
}

export const commentOf = ({ lead, offsetDecibels }: OwnMarks): string =>
  `Made with Backbeat. Where every sound is from: LICENSES.json [lead=${lead} offset=${offsetDecibels}]`;

export function marksIn(comment: string | undefined): OwnMarks {
  const [, lead, offset] = /^Made with Backbeat.*\[lead=(\d+) offset=(-?[\d.]+)\]/.exec(comment ?? '') ?? [];
  return lead === undefined
    ? { lead: 0, offsetDecibels: 0 }
    : { lead: Number(lead), offsetDecibels: Number(offset) };
}

export const SAMPLE_TYPE = { mono: 1, right: 2, left: 4, compressed: 0x10, rom: 0x8000 } as const;
