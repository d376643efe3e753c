import { FolderPlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { importNames, isAudioName, studio, studioPort } from '#renderer/bridge';
import { attempt, notify, tell } from '#renderer/state';
import { Button, count, fileName, IconButton } from '#renderer/ui';

const MOST_TOLD = 3;

async function send(paths: readonly string[]): Promise<void> {
  const { jobIds, refused } = await studio.importSamples.mutate({ paths: [...paths] });
  for (const { failure } of refused.slice(0, MOST_TOLD)) notify({ tone: 'bad', text: tell(failure) });
  if (refused.length > MOST_TOLD) {
    const rest = refused.slice(MOST_TOLD).map(({ path }) => fileName(path));
    notify({
      tone: 'bad',
      text: `${count(rest.length, 'more file')} left out: ${rest.slice(0, 5).join(', ')}.`,
    });
  }
  if (jobIds.length > 0)
    notify({
      tone: 'info',
      text: 'The samples are listened to one after the other. They show in the list as soon as they are stored.',
    });
}

/** Takes a folder of one-shots into the library; by the system's dialog where there is one, else the page's field. */
export function ImportSamples({ isSmall }: { readonly isSmall: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<string | null>(null);
  const choose = (): void =>
    void attempt('Importing samples', async () => {
      const port = studioPort();
      if (!port) field.current?.click();
      else {
        const paths = await port.chooseFiles('song-folder');
        if (paths.length > 0) await send(paths);
      }
    });
  const take = async (files: readonly File[]): Promise<void> => {
    const names: string[] = [];
    try {
      for await (const name of importNames(files)) {
        names.push(name);
        setSent(`${names.length} of ${files.length} sent`);
      }
      await send(names);
    } finally {
      setSent(null);
    }
  };
  const icon = <FolderPlus size={15} strokeWidth={1.4} aria-hidden="true" />;
  return (
    <>
      {isSmall ? (
        <IconButton label={sent ?? 'Add a folder of samples'} isDisabled={sent !== null} onPress={choose}>
          {icon}
        </IconButton>
      ) : (
        <Button look="line" isDisabled={sent !== null} onPress={choose}>
          {icon}
          {sent ?? 'Add a folder of samples'}
        </Button>
      )}
      <input
        ref={element => {
          field.current = element;
          // React knows no such attribute; without it the field would take files.
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label="Folder of samples"
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])].filter(file => isAudioName(file.name));
          event.currentTarget.value = '';
          if (files.length === 0) notify({ tone: 'warn', text: 'No audio files in there.' });
          else void attempt('Importing samples', () => take(files));
        }}
      />
    </>
  );
}
