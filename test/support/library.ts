import { type Library, openLibrary } from '#main/library';
import { temporaryFolder } from '#test/audio-files';
import { onTestFinished } from 'vitest';

/** An open library in `folder`, or in a fresh one; closed when the test has ended. */
export async function aLibrary(folder = temporaryFolder()): Promise<Library> {
  const opened = await openLibrary(folder);
  if (!opened.ok) throw new Error(`the library did not open: ${JSON.stringify(opened.failure)}`);
  onTestFinished(() => opened.value.close());
  return opened.value;
}
