import { useEffect, useState } from 'react';
import { useDocument } from '#renderer/state';

/** Says aloud what every edit did: what a cell holds changes its name, which screen readers do not say by themselves. */
export function EditAnnouncer() {
  const [said, setSaid] = useState('');
  useEffect(
    () =>
      useDocument.subscribe((now, before) => {
        if (now.history === before.history || now.id !== before.id || !now.history || !before.history) return;
        const undone = now.history.redo.length > before.history.redo.length;
        const mark = (undone ? now.history.redo : now.history.undo).at(-1);
        if (!mark) return;
        const words = undone ? `Undone: ${mark.label}` : mark.label;
        // The same words twice are two edits; a live region says only what has changed.
        setSaid(former => (former === words ? `${words}\u00a0` : words));
      }),
    [],
  );
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}
