import { Button, count, Dialog } from '#renderer/ui';
import { answerShortFiles, useShortFiles } from './import';

/** Files as short as single hits: samples for kits, or songs to be taken apart? */
export function ShortFilesDialog() {
  const asked = useShortFiles(state => state.asked);
  if (!asked) return null;
  return (
    <Dialog
      title="Samples or songs?"
      aside={count(asked.files, 'short file')}
      isOpen
      onClose={() => answerShortFiles(null)}
      className="w-140"
      footer={
        <>
          <Button onPress={() => answerShortFiles(null)}>Cancel</Button>
          <span className="flex-1" />
          <Button onPress={() => answerShortFiles('songs')}>As songs</Button>
          <Button look="primary" onPress={() => answerShortFiles('samples')}>
            As samples
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2 p-5 text-ink-2">
        <p>Most of these files are as short as a single hit.</p>
        <p>
          <strong className="text-ink-1">As samples</strong> each file becomes one hit of the kit screen,
          named as it is and sorted by its sound.
        </p>
        <p>
          <strong className="text-ink-1">As songs</strong> each one becomes a track, its drums are separated
          and cut.
        </p>
      </div>
    </Dialog>
  );
}
