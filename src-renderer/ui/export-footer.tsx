import { Folder } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { Keys } from './keys';

interface ExportFooterProps {
  /** Where files will lie, in words or as a path. */
  readonly folder: string;
  /** Opens a choice of folders; null where there is no desktop. */
  readonly onChooseFolder: (() => void) | null;
  readonly isBusy: boolean;
  readonly isDone: boolean;
  readonly isReady: boolean;
  /** "Export 3 files". */
  readonly name: string;
  readonly onExport: () => void;
  /** null while there is nothing yet to stop. */
  readonly onStop: (() => void) | null;
  readonly onClose: () => void;
  /** What is said before the buttons. */
  readonly children?: ReactNode;
}

/** Where an export goes, and the buttons that begin it, stop it and close its dialog. */
export function ExportFooter(props: ExportFooterProps) {
  const { folder, onChooseFolder, isBusy, isDone, isReady, name, onExport, onStop, onClose, children } =
    props;
  return (
    <>
      <span className="text-ink-3">To</span>
      <span className="flex h-8 min-w-0 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2.5">
        <Folder size={14} strokeWidth={1.4} aria-hidden="true" className="shrink-0 text-ink-3" />
        <span className="max-w-80 truncate" title={folder}>
          {folder}
        </span>
        {onChooseFolder ? (
          <Button small look="ghost" onPress={onChooseFolder}>
            Change
          </Button>
        ) : null}
      </span>
      <span className="flex-1" />
      {children}
      {isBusy && onStop ? (
        <Button look="danger" onPress={onStop}>
          Stop
        </Button>
      ) : (
        <Button onPress={onClose}>{isDone ? 'Close' : 'Cancel'}</Button>
      )}
      <Button
        look="primary"
        isDisabled={!isReady}
        onPress={() => {
          // The focus stays on the button meanwhile; how far it is, the result says.
          if (!isBusy) onExport();
        }}
      >
        {isBusy ? 'Exporting' : name}
        <Keys keys="Enter" isInverse />
      </Button>
    </>
  );
}
