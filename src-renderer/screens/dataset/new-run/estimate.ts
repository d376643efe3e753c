import { useEffect } from 'react';
import { create } from 'zustand';
import type { DatasetEstimate, DatasetRequest } from '#shared/protocol';
import { sentenceOf } from '#renderer/state';
import { studio } from '#renderer/bridge';
import { useDraft } from './draft';

interface EstimateState {
  /** The last that was made; it stays in sight, marked as old, while the next is being made. */
  readonly estimate: DatasetEstimate | null;
  readonly isWorking: boolean;
  readonly problem: string | null;
}

export const useEstimate = create<EstimateState>(() => ({ estimate: null, isWorking: false, problem: null }));

/** A slider that moves asks once, when it has come to rest. */
const SETTLE_MS = 450;

async function estimate(request: DatasetRequest, signal: AbortSignal): Promise<void> {
  try {
    const made = await studio.estimateDataset.query(request, { signal });
    if (!signal.aborted) useEstimate.setState({ estimate: made, isWorking: false, problem: null });
  } catch (error) {
    if (!signal.aborted) useEstimate.setState({ isWorking: false, problem: sentenceOf(error) });
  }
}

/** Keeps the estimate in step with the draft while the screen is there; what is out of date is cancelled. `afresh` asks again. */
export function useEstimating(afresh: unknown): void {
  const request = useDraft();
  useEffect(() => {
    const stop = new AbortController();
    useEstimate.setState({ isWorking: true });
    const timer = setTimeout(() => void estimate(request, stop.signal), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [request, afresh]);
}
