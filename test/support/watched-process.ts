import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;
const LOOK_EVERY_MS = 50;

/** What a program and its children took while it was in one stage. */
export interface StageCost {
  readonly stage: string;
  readonly wall: number;
  /** Seconds of processor time, user and system, of all processes: what other programs of the machine do not change. */
  readonly processor: number;
}

export interface WatchedRun {
  readonly exitCode: number | null;
  readonly stages: readonly StageCost[];
  readonly wall: number;
  readonly processor: number;
  /** Highest resident set in MB of the program, and of that of its children which had most. */
  readonly peak: { readonly program: number; readonly child: number };
}

/**
 * Runs `argv` in this Node and watches what it costs, by the lines of JSON with a `stage` that it prints. Linux only: the
 * figures are the kernel's own, from /proc.
 */
export function runWatched(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<WatchedRun> {
  const child = spawn(process.execPath, [...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = child.pid ?? 0;
  const stages = new Map<string, { wall: number; processor: number }>();
  const used = new Map<number, number>();
  const peak = { program: 0, child: 0 };
  const began = performance.now();
  let stage = 'start';
  let since = { wall: began, processor: 0 };
  const processor = (): number => [...used.values()].reduce((sum, seconds) => sum + seconds, 0);
  const look = (): void => {
    const children = childrenOf(pid);
    for (const one of [pid, ...children]) used.set(one, Math.max(used.get(one) ?? 0, processorSeconds(one)));
    peak.program = Math.max(peak.program, peakMegabytes(pid));
    peak.child = Math.max(peak.child, ...children.map(peakMegabytes));
  };
  const close = (next: string): void => {
    look();
    const now = { wall: performance.now(), processor: processor() };
    const cost = stages.get(stage) ?? { wall: 0, processor: 0 };
    stages.set(stage, {
      wall: cost.wall + (now.wall - since.wall) / 1000,
      processor: cost.processor + now.processor - since.processor,
    });
    stage = next;
    since = now;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  createInterface({ input: child.stdout }).on('line', line => {
    const next = stageOf(line);
    if (next !== null && next !== stage) close(next);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', exitCode => {
      clearInterval(timer);
      close('end');
      resolve({
        exitCode,
        stages: [...stages].map(([name, cost]) => ({ stage: name, ...cost })),
        wall: (performance.now() - began) / 1000,
        processor: processor(),
        peak,
      });
    });
  });
}

function stageOf(line: string): string | null {
  if (!line.startsWith('{')) return null;
  const event: unknown = JSON.parse(line);
  const isEvent = typeof event === 'object' && event !== null && 'stage' in event;
  return isEvent && typeof event.stage === 'string' && event.stage !== '' ? event.stage : null;
}

/** The kernel's words on a process; empty when it has ended. */
function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function processorSeconds(pid: number): number {
  // After the name in brackets, which may hold anything, user and system time are the 12th and 13th words.
  const words = procFile(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(words[11] ?? 0) + Number(words[12] ?? 0)) / TICKS;
}

const peakMegabytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(procFile(pid, 'status'))?.[1] ?? 0) / 1024;

const childrenOf = (pid: number): number[] =>
  procFile(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
