import type { Page } from 'playwright-core';

/** One piece of work of a page's main thread. */
export interface Task {
  /** On the browser's clock, in ms. */
  readonly start: number;
  readonly end: number;
  /** Ms that the processor spent on it: what it takes on a machine that does nothing else. */
  readonly processor: number;
  /** What went on in it, by the names of Chromium's timeline (events by their type too), and the processor's ms of each. */
  readonly parts: ReadonlyMap<string, number>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of the thread's own clock. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', '__metadata'];

/** Everything that the page's main thread did while `work` went on. */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<readonly Task[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  return tasksOf(traceEvents);
}

function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const counts = mains.map(({ pid, tid }) =>
    events.filter(event => event.pid === pid && event.tid === tid && event.ph === 'X'),
  );
  // The page that draws is the one that does most.
  const own = counts.reduce((a, b) => (b.length > a.length ? b : a), []).toSorted((a, b) => a.ts - b.ts);
  const tasks: Task[] = [];
  let open: { readonly end: number; readonly parts: Map<string, number> } | null = null;
  for (const { name, ts, dur = 0, tdur = 0, args } of own) {
    if (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') {
      const parts = new Map<string, number>();
      const end = (ts + dur) / 1000;
      if (open && ts / 1000 < open.end) continue;
      tasks.push({ start: ts / 1000, end, processor: tdur / 1000, parts });
      open = { end, parts };
    } else if (open && ts / 1000 <= open.end) {
      const part = name === 'EventDispatch' ? `${name} ${args?.data?.type ?? ''}` : name;
      open.parts.set(part, (open.parts.get(part) ?? 0) + tdur / 1000);
    }
  }
  return tasks;
}

/** The tasks in which a frame was made. */
export const framesOf = (tasks: readonly Task[]): readonly Task[] =>
  tasks.filter(({ parts }) => parts.has('FireAnimationFrame'));

/** The value that a share of all (0..1) is at or below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
