import { Map as MapIcon } from 'lucide-react';
import { studio } from '#renderer/bridge';
import { attempt, isRunning, notify, useJobs } from '#renderer/state';
import { Button, count as counted, Empty, grouped, percent } from '#renderer/ui';

/** Jobs that bring hits nearer to the map: hearing them, then placing them. */
const KINDS: ReadonlySet<string> = new Set(['embed-library', 'draw-map']);

const useMapJob = () => useJobs(({ jobs }) => jobs.find(job => KINDS.has(job.kind) && isRunning(job)));

async function draw(): Promise<void> {
  const answer = await attempt('Drawing the map', () => studio.drawMap.mutate({ afresh: false }));
  if (answer?.jobId === null)
    notify({
      tone: 'info',
      text: 'Everything that was listened to is on the map already, or on its way there.',
    });
}

/** Where the map will be: why there is none yet, and what can be done. */
export function NoMap({ count }: { readonly count: number }) {
  const job = useMapJob();
  return (
    <Empty
      icon={MapIcon}
      title={job ? 'The map is being drawn' : 'No map yet'}
      actions={
        job ? null : (
          <Button look="primary" onPress={() => void draw()}>
            Draw the map
          </Button>
        )
      }
    >
      {job
        ? `${counted(count, 'hit')} are listened to and placed, like beside like: ${percent(job.progress?.fraction ?? 0)}.`
        : `${counted(count, 'hit')} of the library ${count === 1 ? 'has' : 'have'} no place on it. The map puts like beside like.`}
    </Empty>
  );
}

/** How many hits are not on the map, and the way to place them. */
export function MapNote({ missing }: { readonly missing: number }) {
  const job = useMapJob();
  if (missing === 0) return null;
  return (
    <div className="absolute top-2 left-3 flex items-center gap-2 rounded-r2 bg-bg-2 py-0.5 pr-0.5 pl-2 type-label text-ink-2">
      {grouped(missing)} not on the map yet
      <Button small look="ghost" isDisabled={job !== undefined} onPress={() => void draw()}>
        {job ? 'On their way' : 'Place them'}
      </Button>
    </div>
  );
}
