import type { ModelInspection } from '#shared/protocol';

/** Files that are published, as their publishers describe them (MODELS.md 5.2 of the design). */
interface KnownFile {
  readonly name: string;
  readonly bytes: number;
  /** All of its SHA-256, or its begin where no more was published. */
  readonly sha256: string;
  readonly licence: string;
}

const UNLICENSED = 'labelled "unlicensed"';

const KNOWN: readonly KnownFile[] = [
  {
    name: 'HTDemucs, 16-bit weights, by StemSplit',
    bytes: 165_612_636,
    sha256: 'd05c269d0178d2a72ad484b10b11dd370193fc923201c3b27a99f848745db70a',
    licence: 'labelled MIT',
  },
  {
    name: 'HTDemucs by unblend',
    bytes: 168_678_764,
    sha256: 'b067d9ca7f3a93a0c41920a864481dd7a308ce16d20ed144ba41490d5e31a3ce',
    licence: UNLICENSED,
  },
  {
    name: 'HTDemucs, 16-bit, by unblend',
    bytes: 91_324_835,
    sha256: 'a7efcbad9625cbdde3f00967f75d6ba728384d825c2c92ab479938570007ab17',
    licence: UNLICENSED,
  },
  { name: 'HTDemucs 6s by unblend', bytes: 110_395_431, sha256: '38ad2757bd1a', licence: UNLICENSED },
  { name: 'HTDemucs 6s, 16-bit, by unblend', bytes: 59_382_714, sha256: '0fcaed84ca1f', licence: UNLICENSED },
  { name: 'HTDemucs by gianlourbano', bytes: 174_490_597, sha256: 'ac056d97', licence: 'not known' },
  { name: 'Demucs by gianlourbano', bytes: 171_047_462, sha256: '2a66b713', licence: 'not known' },
  {
    name: 'HTDemucs, optimised, by gianlourbano',
    bytes: 171_038_235,
    sha256: 'bacfac8a',
    licence: 'not known',
  },
  {
    name: 'MDX-Net drums by kuielab',
    bytes: 21_930_313,
    sha256: 'a6fecee758059b33ed99f6dabba297439b3e7cacfac4b1097bd324aff8052208',
    licence: 'labelled MIT',
  },
];

/** Whether a file is a published one, or one of a published one's size with other bytes: damaged, or changed. */
export function knownFile(
  sha256: string,
  bytes: number,
): { readonly known: NonNullable<ModelInspection['known']>; readonly licence: string } | null {
  const same = KNOWN.find(
    file => sha256.startsWith(file.sha256) && (file.sha256.length === 64 || file.bytes === bytes),
  );
  const file = same ?? KNOWN.find(each => each.bytes === bytes);
  if (!file) return null;
  return { known: { name: file.name, verdict: same ? 'same' : 'differs' }, licence: file.licence };
}
