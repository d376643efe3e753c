import { Moon, Redo2, RefreshCw, Search, Sun, TriangleAlert, Undo2 } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import {
  isRunning,
  isStopped,
  jobsLine,
  keysOf,
  openScreen,
  redoChange,
  redoHearing,
  redoKit,
  setView,
  undoChange,
  undoHearing,
  undoKit,
  useDocument,
  useHearing,
  useJobs,
  useKitDraft,
  useLibrary,
  useTrack,
  useView,
} from '#renderer/state';
import { useRunName } from '#renderer/screens/dataset';
import { Button, count, IconButton, Keys } from '#renderer/ui';

export function TitleBar() {
  const theme = useView(state => state.theme);
  return (
    <header className="col-span-full flex items-center gap-2 border-b border-line bg-bg-1 pr-3">
      <span className="grid w-16 place-items-center">
        <svg width="20" height="16" viewBox="0 0 20 16" role="img" aria-label="Backbeat">
          <path d="M1 9h2.6v6H1zM6 5h2.6v10H6z" fill="currentColor" />
          <path d="M11 1h2.6v14H11zM16 4h2.6v11H16z" className="fill-role-core" />
        </svg>
      </span>
      <Crumb />
      <span className="flex-1" />
      <AriaButton
        onPress={() => useView.setState({ isPaletteOpen: true })}
        className="focus-ring flex h-6.5 w-75 min-w-0 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 pr-1.5 pl-2.5 text-ink-3 data-[hovered]:border-edge"
      >
        <Search size={14} strokeWidth={1.4} aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate text-left">Search or run a command</span>
        <Keys keys={keysOf('palette')} />
      </AriaButton>
      <span className="flex-1" />
      <UndoButtons />
      <JobsButton />
      <IconButton
        label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        keys={keysOf('theme')}
        onPress={() => setView({ theme: theme === 'dark' ? 'light' : 'dark' })}
      >
        {theme === 'dark' ? (
          <Sun size={16} strokeWidth={1.4} aria-hidden="true" />
        ) : (
          <Moon size={16} strokeWidth={1.4} aria-hidden="true" />
        )}
      </IconButton>
    </header>
  );
}

/** Where one is: the thing that the screen works on. */
function Crumb() {
  const screen = useView(state => state.screen);
  const settingsPage = useView(state => state.settingsPage);
  const track = useTrack();
  const hitCount = useLibrary(state =>
    track ? state.hits[track.id]?.reduce((sum, hit) => sum + 1 + hit.duplicates.length, 0) : undefined,
  );
  const documentName = useDocument(state => state.name);
  const saved = useDocument(state => state.saved);
  const kit = useKitDraft(state => state.kit);
  const runName = useRunName();
  const isKitSaved = useKitDraft(state => state.saved);
  const parts: Readonly<Record<typeof screen, readonly [string, string | null, string]>> = {
    library: ['Library', null, ''],
    settings: ['Settings', settingsPage === 'midi' ? 'MIDI' : 'Models', ''],
    dataset: ['Datasets', runName, ''],
    slices: [track?.name ?? 'No track', 'Slices', hitCount === undefined ? '' : String(hitCount)],
    kit: ['Kits', kit?.name ?? 'No kit', isKitSaved ? '' : 'edited'],
    groove: [
      track?.name ?? 'Groove',
      documentName || 'No pattern',
      saved === 'edited' ? 'edited' : saved === 'failed' ? 'not saved' : '',
    ],
  };
  const [first, second, note] = parts[screen];
  return (
    <h1 className="flex min-w-0 items-center gap-2 type-strong whitespace-nowrap">
      <span className="max-w-60 truncate">{first}</span>
      {second === null ? null : (
        <>
          <span className="font-normal text-ink-off" aria-hidden="true">
            /
          </span>
          <span className="max-w-60 truncate">{second}</span>
        </>
      )}
      {note ? <span className="font-normal text-ink-2">{note}</span> : null}
    </h1>
  );
}

function UndoButtons() {
  const screen = useView(state => state.screen);
  const history = useDocument(state => state.history);
  const kit = useKitDraft();
  const hearing = useHearing();
  const steps = screen === 'kit' ? kit : screen === 'slices' ? hearing : history;
  const doUndo = screen === 'kit' ? undoKit : screen === 'slices' ? undoHearing : undoChange;
  const doRedo = screen === 'kit' ? redoKit : screen === 'slices' ? redoHearing : redoChange;
  const undo = steps?.undo.at(-1);
  const redo = steps?.redo.at(-1);
  return (
    <>
      <IconButton
        label={undo ? `Undo: ${undo.label}` : 'Undo'}
        keys={keysOf('undo')}
        isDisabled={!undo}
        onPress={doUndo}
      >
        <Undo2 size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={redo ? `Redo: ${redo.label}` : 'Redo'}
        keys={keysOf('redo')}
        isDisabled={!redo}
        onPress={doRedo}
      >
        <Redo2 size={16} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </>
  );
}

function JobsButton() {
  const jobs = useJobs(state => state.jobs);
  const running = jobs.filter(isRunning).length;
  const stopped = jobs.filter(isStopped).length;
  return (
    <Button small look="line" onPress={() => openScreen('library')}>
      {running === 0 && stopped > 0 ? (
        <TriangleAlert size={13} strokeWidth={1.4} aria-hidden="true" className="text-bad" />
      ) : (
        <RefreshCw size={13} strokeWidth={1.4} aria-hidden="true" />
      )}
      <span className="max-w-56 truncate" aria-live="off">
        {jobsLine(jobs)}
      </span>
      <span className="sr-only">{count(running, 'job')} running</span>
    </Button>
  );
}
