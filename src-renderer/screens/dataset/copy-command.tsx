import { Terminal } from 'lucide-react';
import { studio } from '#renderer/bridge';
import { attempt, notify } from '#renderer/state';
import { Button } from '#renderer/ui';
import { useDraft } from './new-run/draft';

/** Puts the command line of the run that is being put together on the clipboard. */
async function copyCommand(): Promise<void> {
  const command = await attempt('Writing the command', () =>
    studio.datasetCommand.query(useDraft.getState()),
  );
  if (command === undefined) return;
  try {
    await navigator.clipboard.writeText(command);
    notify({ tone: 'ok', text: `Copied: ${command}` });
  } catch {
    notify({ tone: 'info', text: `The clipboard cannot be written to. The command is: ${command}` });
  }
}

export const CopyCommand = () => (
  <Button look="line" onPress={() => void copyCommand()}>
    <Terminal size={14} strokeWidth={1.4} aria-hidden="true" />
    Copy command
  </Button>
);
