import type { Failure } from '#shared/protocol';
import { decodedInWindow } from './decode-in-window';
import { studioPort } from './studio-port';

/** What the studio can decode, by name; the rest of a folder is left alone. */
const AUDIO_NAME = /\.(wav|wave|aif|aiff|aifc|flac|mp3|ogg|oga|opus|m4a|mp4|aac)$/i;
export const isAudioName = (name: string): boolean => AUDIO_NAME.test(name);

export const isMidiName = (name: string): boolean => /\.(mid|midi|smf|kar|rmi)$/i.test(name);

export const isKitName = (name: string): boolean => /\.(sfz|h2drumkit|sf2|dspreset)$/i.test(name);

export interface Upload {
  readonly name: string;
  readonly bytes: number;
}

type UploadAnswer = { readonly id: string } | { readonly failure: Failure; readonly message: string };

/** Thrown when the studio refuses a file; its message is the user's sentence. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

async function upload(file: File): Promise<string> {
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
  const body = (await answer.json()) as UploadAnswer;
  if ('id' in body) return `upload:${body.id}`;
  throw new UploadRefused(body.message);
}

/**
 * Names that the studio can import: paths in Electron, uploads in a browser, which are sent one after the other so that
 * a folder of thousands needs no more memory than one file.
 */
export async function* importNames(files: readonly File[]): AsyncGenerator<string> {
  const port = studioPort();
  for (const file of files) {
    const decoded = await decodedInWindow(file);
    const path = decoded === file ? (port?.pathOf(file) ?? '') : '';
    yield path === '' ? await upload(decoded) : path;
  }
}

/** The audio and MIDI files of what was dropped, folders walked; in Electron a folder stays one path, which the studio walks. */
export async function filesOfDrop(data: DataTransfer): Promise<File[]> {
  if (studioPort()) return [...data.files];
  const entries = [...data.items].flatMap(item => item.webkitGetAsEntry() ?? []);
  const loose = [...data.files];
  if (entries.every(entry => entry.isFile)) return loose;
  const found: File[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (entry.isFile) {
    if (isAudioName(entry.name) || isMidiName(entry.name))
      found.push(await fileOf(entry as FileSystemFileEntry));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A browser hands out at most 100 entries at a time.
  for (let batch = await read(reader); batch.length > 0; batch = await read(reader)) {
    for (const inner of batch) await walk(inner, found);
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

const read = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => {
    reader.readEntries(resolve, reject);
  });
