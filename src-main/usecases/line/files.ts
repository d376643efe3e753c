import type { FileRef } from '#main/jobs';

export function fileOf(files: Readonly<Record<string, FileRef>>, name: string): FileRef {
  const file = files[name];
  if (!file) throw new Error(`the stage answered without its file "${name}"`);
  return file;
}
