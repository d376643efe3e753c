import type { ModelInspection } from '#shared/protocol';
import { knownFile } from './known-models';

const DEMUCS_WEIGHTS =
  'The author of Demucs says that the MIT licence of its code does not cover the trained weights, which are for scientific purposes (facebookresearch/demucs, issue 327). Make sure that your use is allowed.';
const UNKNOWN_WEIGHTS = 'Make sure that the licence of this file allows your use.';

/** What the user must see before a model of others is taken in. */
type LicenceNotice = Pick<ModelInspection, 'known' | 'origin' | 'licence' | 'notice'>;

interface Family {
  readonly origin: string;
  readonly notice: string;
}

const HYBRID: Family = { origin: 'an export of the Hybrid Demucs family', notice: DEMUCS_WEIGHTS };
const HTDEMUCS: Family = { origin: 'an export of HTDemucs', notice: DEMUCS_WEIGHTS };

/** By contract, whatever its kind. */
const FAMILIES: Readonly<Record<string, Family>> = {
  A: HYBRID,
  B: HTDEMUCS,
  C: { origin: 'an export of HTDemucs by StemSplit, or like it', notice: DEMUCS_WEIGHTS },
  C2: HTDEMUCS,
  D: HYBRID,
  E: HYBRID,
  F: HYBRID,
  G: HYBRID,
  H: HYBRID,
  I: HYBRID,
  J: HYBRID,
  'D-RF': { origin: 'an export of the RoFormer family', notice: UNKNOWN_WEIGHTS },
  M: { origin: 'an MDX-Net model', notice: UNKNOWN_WEIGHTS },
  spleeter: { origin: 'an export of Spleeter (Deezer)', notice: UNKNOWN_WEIGHTS },
  'open-unmix': { origin: 'an export of Open-Unmix', notice: UNKNOWN_WEIGHTS },
  'beat-this': {
    origin: 'an export of Beat This! (Institute of Computational Perception, JKU Linz), or like it',
    notice:
      'Beat This! is published under the MIT licence; its authors say that some of its training data is copyrighted music. Make sure that the licence of this file allows your use.',
  },
  clap: {
    origin: 'an export of CLAP (LAION), or of an audio-text model like it',
    notice:
      'CLAP by LAION is published under Apache-2.0; what it learnt from has licences of its own. Make sure that the licence of these files allows your use.',
  },
  'drum-stem': {
    origin: 'a training run of Backbeat',
    notice: 'Its licence is what whoever trained it says. Make sure that it allows your use.',
  },
};

/** The notice for a model of `contract`, and what is known of a file of that checksum and length. */
export function licenceNotice(contract: string, sha256: string, bytes: number): LicenceNotice {
  const file = knownFile(sha256, bytes);
  const family = FAMILIES[contract] ?? { origin: 'not known', notice: UNKNOWN_WEIGHTS };
  const isSame = file?.known.verdict === 'same';
  return {
    known: file?.known ?? null,
    origin: isSame ? file.known.name : family.origin,
    licence: isSame ? file.licence : 'not known',
    notice: family.notice,
  };
}
