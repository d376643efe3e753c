import { MenuButton } from '#renderer/ui';
import { attempt, useJobs } from '#renderer/state';
import type { DatasetRun } from '#shared/protocol';
import { studio } from '#renderer/bridge';
import { STATE_WORDS, stateOf } from './run-words';
import { chooseRun, readRuns, useRun, useRuns } from './runs-store';

/** All runs by number, name and state; takes those off the list that are over. */
export function RunPicker() {
  const { runs } = useRuns();
  const run = useRun();
  const { jobs } = useJobs();
  if (!run || !runs) return null;
  const jobOf = ({ job }: DatasetRun) => jobs.find(({ id }) => id === job?.id) ?? job;
  const isOver = !['running', 'waiting'].includes(stateOf(run, jobOf(run)));
  const remove = (): void => {
    void attempt('Taking the run off the list', async () => {
      await studio.removeDatasetRun.mutate({ runId: run.id });
      await readRuns(performance.now());
    });
  };
  return (
    <MenuButton
      name={`Run ${run.number} of ${runs.length}`}
      label={`Run ${run.number} of ${runs.length}, ${run.name}`}
      parts={() => [
        {
          name: 'Runs',
          choices: runs.map(each => ({
            id: each.id,
            name: `Run ${each.number}, ${each.name}, ${STATE_WORDS[stateOf(each, jobOf(each))]}`,
            isOn: each.id === run.id,
            run: () => chooseRun(each.id),
          })),
        },
        {
          name: 'This run',
          choices: [
            {
              id: 'remove',
              name: `Take run ${run.number} off the list; its folder stays`,
              isDisabled: !isOver,
              run: remove,
            },
          ],
        },
      ]}
    />
  );
}
