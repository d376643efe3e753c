import { AudioLines, File as FileIcon, Folder } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { filesOfDrop, isAudioName, isMidiName } from '#renderer/bridge';
import { attempt, notify, openMidiImport } from '#renderer/state';
import { Button, classNames, count } from '#renderer/ui';
import { importByDialog, importFiles } from './import';

/** Where songs come in: dropped, or chosen. */
export function DropArea() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [sending, setSending] = useState<{ readonly sent: number; readonly all: number } | null>(null);

  const take = async (all: readonly File[]): Promise<void> => {
    const midi = all.filter(file => isMidiName(file.name));
    if (midi.length > 0) void openMidiImport(midi);
    const chosen = all.filter(file => !midi.includes(file));
    if (chosen.length === 0 && midi.length > 0) return;
    if (chosen.length === 0) {
      notify({ tone: 'warn', text: 'No audio files in there. Drop WAV, FLAC, AIFF, MP3, M4A or OGG.' });
      return;
    }
    setSending({ sent: 0, all: chosen.length });
    await attempt('Importing', () => importFiles(chosen, sent => setSending({ sent, all: chosen.length })));
    setSending(null);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void attempt('Importing', async () => take(await filesOfDrop(event.dataTransfer)));
  };
  const choose = (kind: 'songs' | 'song-folder'): void => {
    void attempt('Importing', async () => {
      if (await importByDialog(kind)) return;
      (kind === 'songs' ? files : folder).current?.click();
    });
  };

  return (
    <section
      aria-label="Import"
      data-drop=""
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={classNames(
        'm-3 flex shrink-0 items-center gap-4 rounded-r3 border border-dashed px-4 py-4',
        isOver ? 'border-ink-1 bg-select-wash' : 'border-edge',
      )}
    >
      <span className="grid size-10 shrink-0 place-items-center rounded-r3 bg-bg-2 text-ink-2">
        <AudioLines size={18} strokeWidth={1.4} aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="truncate type-title">
          {sending
            ? `Taking in ${sending.sent} of ${count(sending.all, 'file')}`
            : 'Drop songs, loops or folders here'}
        </h2>
        <p className="truncate text-ink-3">
          WAV, FLAC, AIFF, MP3, M4A, OGG, MIDI. Files stay where they are.
        </p>
      </div>
      <Button onPress={() => choose('songs')}>
        <FileIcon size={16} strokeWidth={1.4} aria-hidden="true" />
        Choose files
      </Button>
      <Button look="line" onPress={() => choose('song-folder')}>
        <Folder size={16} strokeWidth={1.4} aria-hidden="true" />
        Add folder
      </Button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Song files"
        accept="audio/*,.wav,.aif,.aiff,.flac,.mp3,.ogg,.opus,.m4a"
        onChange={event => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void take(chosen);
        }}
      />
      <input
        ref={element => {
          folder.current = element;
          // React knows no such attribute; without it the field would take files.
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label="Folder of songs"
        onChange={event => {
          const chosen = [...(event.currentTarget.files ?? [])].filter(file => isAudioName(file.name));
          event.currentTarget.value = '';
          void take(chosen);
        }}
      />
    </section>
  );
}
