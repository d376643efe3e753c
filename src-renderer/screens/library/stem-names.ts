import type { StemKind } from '#shared/model';

export const STEM_NAMES: Readonly<Record<StemKind, string>> = {
  mix: 'Mix',
  drums: 'Drums',
  residual: 'The rest',
  bass: 'Bass',
  other: 'Other',
  vocals: 'Vocals',
  guitar: 'Guitar',
  piano: 'Piano',
};
