import type { Contract } from '#shared/analysis';

/** What the user must see before a model of others is taken in. */
export interface LicenceNotice {
  /** Where models of this kind come from. */
  readonly origin: string;
  /** Licence that its publishers name, or what is known of it. */
  readonly licence: string;
  readonly notice: string;
}

const DEMUCS_WEIGHTS =
  'The author of Demucs says that the MIT licence of its code does not cover the trained weights, which are for scientific purposes (facebookresearch/demucs, issue 327). Make sure that your use is allowed.';
const UNKNOWN_WEIGHTS = 'Make sure that the licence of this file allows your use.';

/** Published files whose checksum is known: name and licence as labelled by the publisher. */
const KNOWN: Readonly<Record<string, { readonly origin: string; readonly licence: string }>> = {
  d05c269d0178d2a72ad484b10b11dd370193fc923201c3b27a99f848745db70a: {
    origin: 'HTDemucs, 16-bit weights, by StemSplit',
    licence: 'labelled MIT',
  },
  b067d9ca7f3a93a0c41920a864481dd7a308ce16d20ed144ba41490d5e31a3ce: {
    origin: 'HTDemucs by unblend',
    licence: 'labelled "unlicensed"',
  },
  a7efcbad9625cbdde3f00967f75d6ba728384d825c2c92ab479938570007ab17: {
    origin: 'HTDemucs, 16-bit, by unblend',
    licence: 'labelled "unlicensed"',
  },
  a6fecee758059b33ed99f6dabba297439b3e7cacfac4b1097bd324aff8052208: {
    origin: 'MDX-Net drums by kuielab',
    licence: 'labelled MIT',
  },
};

/** The notice for a model file, by its checksum where it is a known one, else by its kind. */
export function licenceNotice(contract: Contract, sha256: string): LicenceNotice {
  const known = KNOWN[sha256];
  if (contract.id === 'drum-stem')
    return {
      origin: 'Backbeat',
      licence: 'MIT',
      notice: 'Trained for Backbeat; its model card tells from what.',
    };
  const isDemucs = contract.family === 'hybrid' || contract.family === 'waveform';
  return {
    origin: known?.origin ?? ORIGINS[contract.family === 'hybrid' ? 'hybrid' : contract.id] ?? 'unknown',
    licence: known?.licence ?? 'not known',
    notice: isDemucs ? DEMUCS_WEIGHTS : UNKNOWN_WEIGHTS,
  };
}

const ORIGINS: Readonly<Record<string, string>> = {
  hybrid: 'an export of the Hybrid Demucs family',
  B: 'an export of HTDemucs',
  C: 'an export of HTDemucs by StemSplit, or like it',
  C2: 'an export of HTDemucs',
  'D-RF': 'an export of the RoFormer family',
  M: 'an MDX-Net model',
  spleeter: 'an export of Spleeter (Deezer)',
  'open-unmix': 'an export of Open-Unmix',
};
