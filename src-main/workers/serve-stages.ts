import { constants, setPriority } from 'node:os';
import type { StageTable } from '#shared/protocol';
import { type Channel, openChannel } from './channel';
import { type AnyStage, runStage, type Task } from './run-stage';

const ALIVE_MILLISECONDS = 1000;
const PROGRESS_MILLISECONDS = 100;
const COLLECT_MILLISECONDS = 250;

/**
 * Node's collector, there when the shell asked for it (`--expose-gc`). Left alone it lets a long song's short-lived buffers pile up,
 * and the peak of memory grows with the song; to collect so small a heap takes some milliseconds.
 */
const collectGarbage = (globalThis as { readonly gc?: () => void }).gc;

/** Makes this process a worker that runs `stages`, one at a time, until its shell is gone. */
export function serveStages(stages: readonly AnyStage[]): void {
  const channel = openChannel();
  const byName = new Map(stages.map(stage => [stage.name, stage]));
  let current: { readonly id: number; readonly controller: AbortController } | null = null;
  let hasYielded = false;
  /** Something has run since garbage was collected: a worker that waits is left in peace. */
  let hasWorked = false;
  const run = async (task: Task): Promise<void> => {
    if (!task.isAwaited && !hasYielded) {
      yieldToTheWindow();
      hasYielded = true;
    }
    const controller = new AbortController();
    current = { id: task.id, controller };
    hasWorked = true;
    const report = throttledProgress(channel, task.id);
    const answer = await runStage(byName.get(task.stage), task, controller.signal, report);
    current = null;
    channel.send(answer);
  };
  channel.onMessage(message => {
    if (message.kind === 'abort') {
      if (current?.id === message.id) current.controller.abort();
      return;
    }
    void run(message);
  });
  setInterval(() => channel.send({ kind: 'alive' }), ALIVE_MILLISECONDS);
  if (collectGarbage)
    setInterval(() => {
      if (hasWorked) collectGarbage();
      hasWorked = current !== null;
    }, COLLECT_MILLISECONDS);
  const table: StageTable = Object.fromEntries(
    stages.map(({ name, version, title }) => [name, { version, title }]),
  );
  channel.send({ kind: 'ready', stages: table });
}

/** At most ten messages a second; the stage may report as often as it likes. */
function throttledProgress(channel: Channel, id: number): (fraction: number, rate?: string) => void {
  let sent = -Infinity;
  let highest = 0;
  let rateNow = '';
  return (fraction, rate) => {
    highest = Math.min(1, Math.max(highest, fraction));
    rateNow = rate ?? rateNow;
    const now = performance.now();
    if (now - sent < PROGRESS_MILLISECONDS) return;
    sent = now;
    channel.send({ kind: 'progress', id, fraction: highest, rate: rateNow });
  };
}

/** Below the shell's priority, so that the window stays smooth while every core works. */
function yieldToTheWindow(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems refuse; the work is right all the same.
  }
}
