import { fork } from 'node:child_process';
import { report } from './report.ts';
import { Events, onlyKnown, strict } from './strict.ts';

const CHILD = new URL('utility-child.ts', import.meta.url).href;

/** A real child process with Electron's messages around it. */
class UtilityProcess extends Events {
  readonly #child;

  constructor(script: string, args: readonly string[]) {
    super('a utility process', ['spawn', 'message', 'exit']);
    this.#child = fork(script, [...args], { serialization: 'advanced', execArgv: ['--import', CHILD] });
    const { pid } = this.#child;
    report.workersStarted++;
    if (pid !== undefined) report.workers.push(pid);
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', message => this.emit('message', message));
    this.#child.on('exit', code => {
      report.workers = report.workers.filter(worker => worker !== pid);
      this.emit('exit', code ?? 1);
    });
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork(script: string, args: readonly string[] = [], options: object = {}): UtilityProcess {
    onlyKnown('utilityProcess.fork', options, ['serviceName']);
    return strict('a utility process', new UtilityProcess(script, args));
  },
});
