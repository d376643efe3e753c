import { studio, watchConnection } from '#renderer/bridge';
import type { JobView } from '#shared/protocol';
import { Scope } from '#shared/base';
import { saveOnLeaving } from './document';
import { useJobs } from './jobs';
import { listenToKeys } from './keyboard';
import { refreshLibrary, useLibrary } from './library';
import { attempt, notify } from './notices';
import { chooseFirstView, followView, openTrack } from './open';
import { followWhilePlaying } from './playing';
import { openScreen, restoreView, useView } from './view';

/** Loads what the window shows and keeps it fresh; returns the undo. */
export function startStudio(): () => void {
  const scope = new Scope();
  scope.add(listenToKeys());
  scope.add(saveOnLeaving());
  scope.add(followWhilePlaying());
  scope.add(watchConnection(isConnected => useView.setState({ isConnected })));
  void attempt('Opening the library', async () => {
    await restoreView();
    await refreshLibrary(['tracks', 'kits', 'patterns']);
    chooseFirstView();
    if (scope.closed) return;
    const library = studio.watchLibrary.subscribe(undefined, {
      onData: changed => {
        void refreshLibrary(changed).then(chooseFirstView);
      },
    });
    scope.add(() => library.unsubscribe());
    const jobs = studio.watchJobs.subscribe(undefined, { onData: takeJobs });
    scope.add(() => jobs.unsubscribe());
  });
  return () => scope.close();
}

function takeJobs(jobs: readonly JobView[]): void {
  const before = new Map(useJobs.getState().jobs.map(job => [job.id, job.state]));
  useJobs.setState({ jobs });
  for (const job of jobs) {
    const was = before.get(job.id);
    if (job.kind === 'import-track' && job.state === 'done' && was !== undefined && was !== 'done')
      announce(job);
  }
}

/** A song is ready: it is opened when nothing else was, and offered otherwise. */
function announce(job: JobView): void {
  const { trackId } = job.made;
  if (trackId === undefined) return;
  void refreshLibrary(['tracks', 'kits', 'patterns']).then(() => {
    const hitCount = useLibrary.getState().tracks.find(track => track.id === trackId)?.hitCount ?? 0;
    const running = useJobs.getState().jobs.some(other => other.state === 'running');
    if (!running && useView.getState().screen === 'library') openTrack(trackId);
    notify({
      tone: 'ok',
      text: `${job.title} is ready: ${hitCount} hits.`,
      action: {
        name: 'Open kit',
        run: () => {
          openTrack(trackId);
          openScreen('kit');
        },
      },
    });
    return followView();
  });
}
