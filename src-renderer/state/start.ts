import { studio, watchConnection } from '#renderer/bridge';
import type { JobView, LibraryNoun } from '#shared/protocol';
import { Scope } from '#shared/base';
import { followBrowsing } from './browse-answers';
import { saveOnLeaving } from './document';
import { bookHasChanged } from './hit-book';
import { followHearing } from './hearing';
import { isRunning, useJobs } from './jobs';
import { recoverJournal } from './journal';
import { listenToKeys } from './keyboard';
import { refreshLibrary, useLibrary } from './library';
import { restoreLiveSettings } from './live-settings';
import { followMidiDevices } from './midi-devices';
import { followMidiOut } from './midi-out';
import { attempt, notify } from './notices';
import { chooseFirstView, followView, openTrack } from './open';
import { followWhilePlaying } from './playing';
import { followRecording } from './recording';
import { followSongs } from './songs';
import { followTakes } from './takes';
import { followClick } from './tempo';
import { followStemMix } from './tracks';
import { openScreen, restoreView, useView } from './view';

/** What the book of hits tells of. */
const BOOK_NOUNS: ReadonlySet<LibraryNoun> = new Set(['tracks', 'sources', 'sounds', 'places']);

/** Loads what the window shows and keeps it fresh; returns the undo. */
export function startStudio(): () => void {
  const scope = new Scope();
  scope.add(listenToKeys());
  scope.add(saveOnLeaving());
  scope.add(followWhilePlaying());
  scope.add(followTakes());
  scope.add(followHearing());
  scope.add(followStemMix());
  scope.add(followClick());
  scope.add(followSongs());
  scope.add(followRecording());
  scope.add(followMidiDevices());
  scope.add(followMidiOut());
  scope.add(followBrowsing());
  scope.add(watchConnection(isConnected => useView.setState({ isConnected })));
  void attempt('Opening the library', async () => {
    await restoreView();
    await restoreLiveSettings();
    await recoverJournal();
    await refreshLibrary(['tracks', 'kits', 'patterns', 'templates', 'songs']);
    chooseFirstView();
    if (scope.closed) return;
    const library = studio.watchLibrary.subscribe(undefined, {
      onData: changed => {
        void refreshLibrary(changed).then(chooseFirstView);
        if (changed.some(noun => BOOK_NOUNS.has(noun))) bookHasChanged();
      },
    });
    scope.add(() => library.unsubscribe());
    const jobs = studio.watchJobs.subscribe(undefined, { onData: takeJobs });
    scope.add(() => jobs.unsubscribe());
  });
  return () => scope.close();
}

/** Songs that became ready while others were still on their way; told of once, when the queue is empty. */
let ready: readonly JobView[] = [];

function takeJobs(jobs: readonly JobView[]): void {
  const before = new Map(useJobs.getState().jobs.map(job => [job.id, job.state]));
  useJobs.setState({ jobs });
  const imports = jobs.filter(job => job.kind === 'import-track');
  const done = imports.filter(job => {
    const was = before.get(job.id);
    return job.state === 'done' && was !== undefined && was !== 'done' && job.made.trackId !== undefined;
  });
  ready = [...ready, ...done];
  if (ready.length === 0 || imports.some(isRunning)) return;
  const told = ready;
  ready = [];
  void refreshLibrary(['tracks', 'kits', 'patterns']).then(() => announce(told));
}

/** One song is opened where the library is in sight, and offered; of many only the number is told. */
function announce(jobs: readonly JobView[]): void {
  const [only] = jobs;
  const trackId = only?.made.trackId;
  if (only && trackId !== undefined && jobs.length === 1) {
    const hitCount = useLibrary.getState().tracks.find(track => track.id === trackId)?.hitCount ?? 0;
    if (useView.getState().screen === 'library') openTrack(trackId);
    const openItsKit = (): void => {
      openTrack(trackId);
      openScreen('kit');
    };
    notify({
      tone: 'ok',
      text: `${only.title} is ready: ${hitCount} hits.`,
      action: { name: 'Open kit', run: openItsKit },
    });
  } else {
    notify({ tone: 'ok', text: `${jobs.length} songs are ready.` });
  }
  followView();
}
