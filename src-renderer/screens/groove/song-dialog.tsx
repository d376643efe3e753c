import { renameSong, setSongKit, useLibrary } from '#renderer/state';
import { Button, Dialog, Picker, TextField } from '#renderer/ui';
import type { Song } from '#shared/model';
import { DialogLine } from './dialog-line';

/** What a song is called and what it plays on. */
export function SongDialog({ song, onClose }: { readonly song: Song; readonly onClose: () => void }) {
  const kits = useLibrary(state => state.kits);
  return (
    <Dialog
      title="Song"
      isOpen
      onClose={onClose}
      className="w-110"
      footer={
        <>
          <span className="flex-1" />
          <Button look="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <DialogLine name="Name">
          <TextField
            label="Name of the song"
            value={song.name}
            className="min-w-0 flex-1"
            onCommit={text => {
              if (text === '') return 'A song needs a name';
              renameSong(text);
              return null;
            }}
          />
        </DialogLine>
        <DialogLine name="Kit">
          <Picker
            label="Kit of the song"
            value={kits.some(({ id }) => id === song.kitId) ? song.kitId : null}
            placeholder="The open groove’s"
            choices={kits.map(kit => ({ value: kit.id, name: kit.name }))}
            onChange={setSongKit}
            className="min-w-0 flex-1"
          />
        </DialogLine>
        <p className="text-ink-3">Notes whose hit is of another kit play what their pad has chosen.</p>
      </div>
    </Dialog>
  );
}
