/** A worker process, whatever started it: Electron's utility process or Node's child process. */
export interface Proc {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started; `reason` in words: "killed by SIGKILL", "exit code 1". */
  onExit(listener: (reason: string) => void): void;
  /** At once and for certain (SIGKILL). */
  kill(): void;
}

export type OpenProc = () => Proc;
