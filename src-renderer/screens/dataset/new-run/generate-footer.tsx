import { useRef, useState } from 'react';
import { attempt } from '#renderer/state';
import { Button, grouped } from '#renderer/ui';
import { chooseRun, readRuns, useRuns } from '../runs/runs-store';
import { studio } from '#renderer/bridge';
import { freeName, setDraft, useDraft } from './draft';
import { useEstimate } from './estimate';
import { SaveDialog } from './preset-picker';

/** Keeps the configuration, or begins the run. */
export function GenerateFooter() {
  const { estimate, isWorking, problem } = useEstimate();
  const [isNaming, setNaming] = useState(false);
  const isStarting = useRef(false);
  const isPossible = problem === null && (estimate?.problems.length ?? 0) === 0;
  const start = async (): Promise<void> => {
    if (isStarting.current) return;
    isStarting.current = true;
    const request = useDraft.getState();
    const made = await attempt('Beginning the run', () => studio.generateDataset.mutate(request));
    if (made) {
      chooseRun(made.runId);
      await readRuns(performance.now());
      const taken = (useRuns.getState().runs ?? []).map(({ name }) => name);
      setDraft({ name: freeName(request.name, [...taken, request.name]), folder: null });
    }
    isStarting.current = false;
  };
  return (
    <div className="mt-2 flex h-13 shrink-0 items-center gap-2 border-t border-line px-3">
      <Button look="line" aria-label="Save preset" onPress={() => setNaming(true)}>
        Save
      </Button>
      <span className="min-w-0 flex-1">
        <Button
          wide
          look="primary"
          isDisabled={!isPossible || isWorking || estimate === null}
          onPress={() => void start()}
        >
          {estimate ? `Generate ${grouped(estimate.samples)} samples` : 'Generate'}
        </Button>
      </span>
      {isNaming ? <SaveDialog onClose={() => setNaming(false)} /> : null}
    </div>
  );
}
