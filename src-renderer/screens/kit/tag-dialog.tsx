import { useState } from 'react';
import { X } from 'lucide-react';
import { compareText } from '#shared/model';
import { setTag, useBrowse, useHitBook } from '#renderer/state';
import { Button, count, Dialog } from '#renderer/ui';

const MOST_OFFERED = 30;
const LONGEST = 60;

/** Gives tags to the chosen hits and takes them away; each is one step that can be taken back. */
export function TagDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const book = useHitBook(state => state.book);
  const chosen = useBrowse(state => state.chosen);
  if (!book) return null;
  const ids = [...chosen];
  const counts = new Map<string, number>();
  for (const id of ids) for (const tag of book.tags[id] ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const others = [...new Set(Object.values(book.tags).flat())]
    .filter(tag => !counts.has(tag) && tag.toLowerCase().includes(text.trim().toLowerCase()))
    .sort()
    .slice(0, MOST_OFFERED);
  const give = (tag: string): void => {
    setText('');
    if (tag.trim() !== '') void setTag(tag.trim(), true);
  };
  return (
    <Dialog
      title="Tags"
      aside={`of ${count(ids.length, 'hit')}`}
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
        <form
          onSubmit={event => {
            event.preventDefault();
            if (text.trim() === '') onClose();
            else give(text);
          }}
          className="flex gap-2"
        >
          <input
            // The dialog is for typing a tag; it was opened by a key or a menu.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            aria-label="New tag"
            value={text}
            maxLength={LONGEST}
            placeholder="warm, verse, for the album"
            onChange={event => setText(event.currentTarget.value)}
            className="h-8 min-w-0 flex-1 rounded-r2 border border-line-2 bg-bg-0 px-2.5 outline-none placeholder:text-ink-3 focus:outline-2 focus:outline-offset-1 focus:outline-focus"
          />
          <Button type="submit" isDisabled={text.trim() === ''}>
            Add
          </Button>
        </form>
        <div role="group" aria-label="Their tags" className="flex flex-wrap gap-1.5">
          {counts.size === 0 ? <p className="text-ink-3">No tags yet.</p> : null}
          {[...counts]
            .sort(([a], [b]) => compareText(a, b))
            .map(([tag, number]) => (
              <Button key={tag} small aria-label={`Take away ${tag}`} onPress={() => void setTag(tag, false)}>
                {tag}
                {number < ids.length ? <span className="font-normal text-ink-3">{number}</span> : null}
                <X size={11} strokeWidth={1.8} aria-hidden="true" />
              </Button>
            ))}
        </div>
        {others.length > 0 ? (
          <div
            role="group"
            aria-label="Tags in use"
            className="flex flex-wrap gap-1.5 border-t border-line pt-3"
          >
            {others.map(tag => (
              <Button key={tag} small look="line" aria-label={`Give ${tag}`} onPress={() => give(tag)}>
                {tag}
              </Button>
            ))}
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
