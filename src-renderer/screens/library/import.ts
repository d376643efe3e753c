import { importNames, studio, studioPort } from '#renderer/bridge';
import { notify, sentenceOf, tell } from '#renderer/state';
import { count, fileName } from '#renderer/ui';

/** Names given to the studio at a time: work begins while the rest is still being sent. */
const BATCH = 16;

async function send(names: readonly string[]): Promise<void> {
  const { refused } = await studio.importTracks.mutate({ paths: [...names] });
  for (const { failure } of refused.slice(0, 3)) notify({ tone: 'bad', text: tell(failure) });
  if (refused.length > 3) {
    const rest = refused.slice(3).map(({ path }) => fileName(path));
    notify({
      tone: 'bad',
      text: `${count(rest.length, 'more file')} left out: ${rest.slice(0, 5).join(', ')}.`,
    });
  }
}

/** Hands files to the studio; one that cannot be sent does not keep the rest from going on. */
export async function importFiles(files: readonly File[], onSent: (sent: number) => void): Promise<void> {
  let batch: string[] = [];
  let sent = 0;
  for (const file of files) {
    try {
      for await (const name of importNames([file])) batch.push(name);
    } catch (error) {
      const sentence = sentenceOf(error);
      notify({ tone: 'bad', text: sentence.includes(file.name) ? sentence : `${file.name}: ${sentence}` });
    }
    onSent(++sent);
    if (batch.length < BATCH && sent < files.length) continue;
    if (batch.length > 0) await send(batch);
    batch = [];
  }
}

/** Electron's own dialog; false where there is none and the page's file field must do. */
export async function importByDialog(kind: 'songs' | 'song-folder'): Promise<boolean> {
  const port = studioPort();
  if (!port) return false;
  const paths = await port.chooseFiles(kind);
  if (paths.length > 0) await send(paths);
  return true;
}
