import { open, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { Failed, failureOfError } from '#main/platform';
import { compareText } from '#shared/model';
import type { KitFormat } from '#shared/protocol';
import type { ResolveUpload } from '../uploads';

/** A kit's file and what it is: told from its content where that tells, from its name where it is text. */
export interface KitPlace {
  readonly path: string;
  /** What the user calls it, without an extension. */
  readonly name: string;
  /** null: a folder of samples that says nothing of itself. */
  readonly format: KitFormat | null;
  /** Whether it lies on the user's disk among its samples; a file that a browser sent comes alone. */
  readonly hasCompany: boolean;
}

const UPLOAD = 'upload:';

/** Throws `Failed` for what is not there, or no kit. */
export async function kitPlaceOf(given: string, resolveUpload: ResolveUpload): Promise<KitPlace> {
  if (given.startsWith(UPLOAD)) {
    const upload = resolveUpload(given.slice(UPLOAD.length));
    if (!upload) throw new Failed({ code: 'notFound', path: given });
    return fileAt(upload.path, upload.name, false);
  }
  if (given.trim() === '') throw new Failed({ code: 'notFound', path: given });
  const path = resolve(given);
  try {
    if (!(await stat(path)).isDirectory()) return await fileAt(path, basename(path), true);
    const names = (await readdir(path)).sort(compareText);
    const main = MAIN_NAMES.map(pattern => names.find(name => pattern.test(name))).find(Boolean);
    return main === undefined
      ? { path, name: basename(path), format: null, hasCompany: true }
      : { ...(await fileAt(join(path, main), main, true)), name: basename(path) };
  } catch (error) {
    throw new Failed(failureOfError(error, path));
  }
}

/** What a folder is opened by, the surest first. */
const MAIN_NAMES = [/^kit\.json$/i, /^drumkit\.xml$/i, /\.sfz$/i, /\.dspreset$/i, /\.h2drumkit$/i, /\.sf2$/i];

const BY_NAME: Readonly<Record<string, KitFormat>> = {
  '.json': 'wav',
  '.sfz': 'sfz',
  '.dspreset': 'decent',
  '.h2drumkit': 'h2drumkit',
  '.xml': 'h2drumkit',
  '.sf2': 'sf2',
};

async function fileAt(path: string, fileName: string, hasCompany: boolean): Promise<KitPlace> {
  const extension = extname(fileName);
  const name = fileName.slice(0, fileName.length - extension.length) || fileName;
  const format = byContent(await headOf(path)) ?? BY_NAME[extension.toLowerCase()];
  if (!format)
    throw new Failed({
      code: 'badFile',
      path,
      format: 'kit',
      problems: ['it is none of .sfz, .h2drumkit, .sf2, .dspreset or kit.json'],
    });
  if (!hasCompany && NEEDS_COMPANY.has(format))
    throw new Failed({
      code: 'badFile',
      path: fileName,
      format: 'kit',
      problems: [
        'a browser sends it without the samples beside it; import it in the app or by `backbeat kit import`, or send a .h2drumkit or .sf2',
      ],
    });
  return { path, name, format, hasCompany };
}

/** Texts that only name their samples. */
const NEEDS_COMPANY: ReadonlySet<KitFormat> = new Set(['wav', 'sfz', 'decent']);

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    if (bytesRead === 0) throw new Failed({ code: 'emptyFile', path });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Archives and fonts are told by their first bytes. */
function byContent(head: Buffer): KitFormat | null {
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'sfbk') return 'sf2';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'h2drumkit';
  return head.toString('latin1', 257, 262) === 'ustar' ? 'h2drumkit' : null;
}

/** Whether a drumkit lies open rather than in its archive. */
export const isOpenDrumkit = ({ path, format }: KitPlace): boolean =>
  format === 'h2drumkit' && extname(path).toLowerCase() === '.xml';
