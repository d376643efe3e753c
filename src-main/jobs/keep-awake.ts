import { findProgram, type ProgramRun, startProgram } from '#main/platform';

/** The command that keeps this system awake as long as it runs; null where there is none that we know. */
function inhibitor(): readonly [string, readonly string[]] | null {
  const pid = String(process.pid);
  switch (process.platform) {
    case 'linux':
      // `tail` ends with this process, however that ends, and lets the machine sleep again.
      return [
        'systemd-inhibit',
        [
          '--what=sleep:idle',
          '--who=Backbeat',
          '--why=Working on a song',
          '--mode=block',
          'tail',
          `--pid=${pid}`,
          '-f',
          '/dev/null',
        ],
      ];
    case 'darwin':
      return ['caffeinate', ['-i', '-w', pid]];
    default:
      return null;
  }
}

/** Keeps the machine awake without Electron, where the system has a program for it; never fails. Answers the undo. */
export function keepAwakeByProgram(): () => void {
  const command = inhibitor();
  let run: ProgramRun | null = null;
  let isOver = false;
  const start = async (): Promise<void> => {
    const path = command && (await findProgram(command[0]));
    if (!path || isOver) return;
    run = startProgram(path, command[1], new AbortController().signal);
    await run.ended();
  };
  // Without it the work is done all the same.
  start().catch(() => undefined);
  return () => {
    isOver = true;
    run?.stop();
  };
}
