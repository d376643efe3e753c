import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import {
  COMMANDS,
  canRun,
  type CommandId,
  openPattern,
  openScreen,
  openTrack,
  runCommand,
  useLibrary,
  useView,
} from '#renderer/state';
import { Keys } from '#renderer/ui';

const MOST_TRACKS = 50;

const close = (): void => {
  useView.setState({ isPaletteOpen: false });
};

/** At once, although the field has text to clear. */
const closeOnEscape = (event: KeyboardEvent): void => {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  close();
};

/** Search for a track or a command by name, and open or run it. */
export function Palette() {
  const isOpen = useView(state => state.isPaletteOpen);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={open => {
        if (!open) close();
      }}
      isDismissable
      className="fixed inset-0 z-40 bg-scrim"
    >
      <Modal className="mx-auto mt-20 w-130 max-w-[calc(100vw-64px)] overflow-hidden rounded-r4 bg-bg-1 shadow-dialog">
        <Dialog aria-label="Search or run a command" className="outline-none">
          <div role="presentation" onKeyDownCapture={closeOnEscape}>
            <Choices />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Choices() {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const tracks = useLibrary(state => state.tracks);
  const commands = COMMANDS.filter(command => canRun(command.id) && command.id !== 'palette');
  const patterns = useLibrary(state => state.patterns);
  // Those of a track are opened with it.
  const grooves = patterns
    .filter(({ trackId, name }) => trackId === null && contains(name, text))
    .slice(0, MOST_TRACKS);
  const named = tracks.filter(track => contains(track.name, text)).slice(0, MOST_TRACKS);
  return (
    <Autocomplete filter={contains} inputValue={text} onInputChange={setText}>
      <SearchField
        aria-label="Search or run a command"
        className="flex h-12 items-center gap-3 border-b border-line px-4"
      >
        <Search size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
        <Input
          ref={input}
          placeholder="Search or run a command"
          className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label="Results"
        className="max-h-90 overflow-auto p-1 outline-none"
        renderEmptyState={() => <p className="p-3 text-ink-3">Nothing is called that.</p>}
        onAction={key => {
          close();
          const [kind = ''] = String(key).split(':');
          const id = String(key).slice(kind.length + 1);
          if (kind === 'track') openTrack(id);
          else if (kind === 'pattern') {
            openPattern(id);
            openScreen('groove');
          } else runCommand(id as CommandId);
        }}
      >
        {commands.map(command => (
          <MenuItem
            key={command.id}
            id={`run:${command.id}`}
            textValue={command.name}
            className="flex h-8 items-center gap-2 rounded-r2 px-3 outline-none data-[focused]:bg-bg-2"
          >
            <span className="flex-1 truncate">{command.name}</span>
            <span className="text-ink-3">{command.group}</span>
            <Keys keys={command.keys[0]} />
          </MenuItem>
        ))}
        {named.map(track => (
          <MenuItem
            key={track.id}
            id={`track:${track.id}`}
            textValue={track.name}
            className="flex h-8 items-center gap-2 rounded-r2 px-3 outline-none data-[focused]:bg-bg-2"
          >
            <span className="flex-1 truncate">{track.name}</span>
            <span className="text-ink-3">Track</span>
          </MenuItem>
        ))}
        {grooves.map(pattern => (
          <MenuItem
            key={pattern.id}
            id={`pattern:${pattern.id}`}
            textValue={pattern.name}
            className="flex h-8 items-center gap-2 rounded-r2 px-3 outline-none data-[focused]:bg-bg-2"
          >
            <span className="flex-1 truncate">{pattern.name}</span>
            <span className="text-ink-3">Groove</span>
          </MenuItem>
        ))}
      </Menu>
    </Autocomplete>
  );
}
