import type { Track } from '#shared/model';
import { importAgain, useStemMix } from '#renderer/state';
import { Button, count, Message } from '#renderer/ui';

/** What to do when audio of a track has gone from the library's folder. */
export function MissingStems({ track }: { readonly track: Track }) {
  const missing = useStemMix(
    state => state.missing.filter(kind => track.stems.some(s => s.kind === kind)).length,
  );
  if (missing === 0) return null;
  return (
    <div className="px-3 py-2">
      <Message
        tone="bad"
        actions={
          <Button small look="line" onPress={() => void importAgain(track)}>
            Import again
          </Button>
        }
      >
        The audio of {count(missing, 'stem')} of {track.stems.length} is gone from the library’s folder.
        Import the song again to have it back; kits and grooves stay as they are.
      </Message>
    </div>
  );
}
