import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { studio } from '#renderer/bridge';
import type { HitBook, TwinGroup } from '#shared/protocol';
import { attempt, chooseHits, isRunning, prepareRows, soundRow, useHitBook, useJobs } from '#renderer/state';
import { Button, confidence, count, percent, SliceWave } from '#renderer/ui';

/** More groups than these are worked through in turns. */
const MOST_SHOWN = 60;

/** Hits of the library that sound the same, a card a group; pressing one chooses them all. */
export function TwinsPanel({ book }: { readonly book: HitBook }) {
  const [groups, setGroups] = useState<readonly TwinGroup[] | null>(null);
  const rowOf = useHitBook(state => state.rowOf);
  const job = useJobs(({ jobs }) => jobs.find(one => one.kind === 'find-twins' && isRunning(one)));
  const isBusy = job !== undefined;
  useEffect(() => {
    if (isBusy) return undefined;
    let isWanted = true;
    void attempt('Reading the twins', async () => {
      const found = await studio.twinHits.query();
      if (isWanted) setGroups(found);
    });
    return () => {
      isWanted = false;
    };
  }, [isBusy, book.version]);
  const look = (): void => void attempt('Looking for twins', () => studio.findTwins.mutate());
  const twinCount = (groups ?? []).reduce((sum, { ids }) => sum + ids.length - 1, 0);
  return (
    <div className="flex h-full min-h-0 gap-3 p-3 pt-2">
      <div className="flex w-40 shrink-0 flex-col items-start gap-2">
        <p className="text-ink-3">
          {job
            ? `Looking for hits that sound the same: ${percent(job.progress.fraction)}`
            : groups === null
              ? ''
              : groups.length === 0
                ? 'No twins are known.'
                : `${count(twinCount, 'hit sounds', 'hits sound')} like another, in ${count(groups.length, 'group')}.`}
        </p>
        <Button small isDisabled={isBusy} onPress={look}>
          {groups && groups.length > 0 ? 'Look again' : 'Look for twins'}
        </Button>
      </div>
      <div role="group" aria-label="Twins" className="flex min-w-0 flex-1 gap-1.5 overflow-x-auto">
        {(groups ?? []).slice(0, MOST_SHOWN).map(({ ids, likeness }) => {
          const [best = ''] = ids;
          const row = rowOf.get(best);
          if (row === undefined) return null;
          return (
            <AriaButton
              key={best}
              onHoverStart={() => prepareRows([row])}
              onPress={() => {
                soundRow(row);
                chooseHits(ids);
              }}
              className="focus-ring flex w-28 shrink-0 flex-col justify-between rounded-r3 bg-bg-2 px-2 pt-1.5 pb-1 text-left -outline-offset-2 data-[hovered]:bg-bg-3"
            >
              <SliceWave audio={book.audio[row]} token="--wave" seconds={0.5} className="h-7 w-full" />
              <span className="w-full truncate font-medium">{book.names[row]}</span>
              <span className="w-full truncate type-label font-normal text-ink-3">
                {ids.length} alike, {confidence(likeness)}
              </span>
            </AriaButton>
          );
        })}
      </div>
    </div>
  );
}
