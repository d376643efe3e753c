import { create } from 'zustand';
import { importNames, studio, studioPort } from '#renderer/bridge';
import { attempt, notify, sentenceOf, tell } from '#renderer/state';
import { count, fileName } from '#renderer/ui';
import type { AudioLook, ImportAnswer } from '#shared/protocol';

/** Names given to the studio at a time: work begins while the rest is still being sent. */
const BATCH = 16;

/** Short files that the user is asked about: one-shots for kits, or songs to be taken apart. */
interface ShortFiles {
  readonly names: readonly string[];
  /** Of them, all in all. */
  readonly files: number;
}
export const useShortFiles = create<{ readonly asked: ShortFiles | null }>(() => ({ asked: null }));

function tellRefused({ refused }: ImportAnswer): void {
  for (const { failure } of refused.slice(0, 3)) notify({ tone: 'bad', text: tell(failure) });
  if (refused.length > 3) {
    const rest = refused.slice(3).map(({ path }) => fileName(path));
    notify({
      tone: 'bad',
      text: `${count(rest.length, 'more file')} left out: ${rest.slice(0, 5).join(', ')}.`,
    });
  }
}

const sendSongs = async (names: readonly string[]): Promise<void> => {
  if (names.length > 0) tellRefused(await studio.importTracks.mutate({ paths: [...names] }));
};

/** Sends songs at once; answers what is short, which waits until all is known. */
async function sift(names: readonly string[]): Promise<readonly AudioLook[]> {
  const looks = await studio.lookAtAudio.query({ paths: [...names] });
  await sendSongs(looks.filter(({ kind }) => kind === 'song').map(({ path }) => path));
  return looks.filter(({ kind }) => kind !== 'song');
}

/** Short files are songs like all others, unless most of them are as short as single hits: then the user is asked. */
async function settle(short: readonly AudioLook[]): Promise<void> {
  const names = short.map(({ path }) => path);
  const files = short.reduce((sum, look) => sum + look.files, 0);
  const oneShots = short.reduce((sum, look) => sum + (look.kind === 'one-shot' ? look.files : 0), 0);
  if (oneShots > files / 2) useShortFiles.setState({ asked: { names, files } });
  else await sendSongs(names);
}

/** The user's answer; null takes nothing. */
export function answerShortFiles(as: 'samples' | 'songs' | null): void {
  const { asked } = useShortFiles.getState();
  useShortFiles.setState({ asked: null });
  if (!asked || as === null) return;
  void attempt('Importing', async () => {
    if (as === 'songs') await sendSongs(asked.names);
    else tellRefused(await studio.importSamples.mutate({ paths: [...asked.names] }));
  });
}

/** Hands files to the studio; one that cannot be sent does not keep the rest from going on. */
export async function importFiles(files: readonly File[], onSent: (sent: number) => void): Promise<void> {
  const short: AudioLook[] = [];
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
    if (batch.length > 0) short.push(...(await sift(batch)));
    batch = [];
  }
  await settle(short);
}

/** Electron's own dialog; false where there is none and the page's file field must do. */
export async function importByDialog(kind: 'songs' | 'song-folder'): Promise<boolean> {
  const port = studioPort();
  if (!port) return false;
  const paths = await port.chooseFiles(kind);
  if (paths.length > 0) await settle(await sift(paths));
  return true;
}
