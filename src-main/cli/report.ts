import type { JobView } from '#shared/protocol';

export interface ReportOptions {
  /** One JSON line per progress event, the result last; nothing else on stdout. */
  readonly json: boolean;
  readonly quiet: boolean;
}

export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

const BAR_WIDTH = 24;

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`;

/** Tells the user how a job goes: a bar on a terminal, a line per stage elsewhere, JSON lines with `--json`. */
export class Reporter {
  readonly #options: ReportOptions;
  readonly #streams: Streams;
  #lastLine = '';

  constructor(options: ReportOptions, streams: Streams) {
    this.#options = options;
    this.#streams = streams;
  }

  progress(job: JobView): void {
    const { progress } = job;
    if (this.#options.json) {
      const { stage, stageNumber, stageCount, fraction, rate, secondsLeft } = progress;
      const event = { event: 'progress', job: job.id, title: job.title, state: job.state };
      this.#line(
        JSON.stringify({ ...event, stage, stageNumber, stageCount, fraction, rate, secondsLeft }),
        this.#streams.stdout,
      );
      return;
    }
    if (this.#options.quiet) return;
    if (this.#streams.stderr.isTTY) this.#bar(job);
    else if (job.state === 'running' && progress.stage) {
      this.#line(
        `${job.title}: ${progress.stage} (${progress.stageNumber} of ${progress.stageCount})`,
        this.#streams.stderr,
      );
    }
  }

  /** A line of the answer; with `--json` the answer is the result event alone. */
  say(text: string): void {
    this.#clearBar();
    if (!this.#options.json && !this.#options.quiet) this.#streams.stdout.write(`${text}\n`);
  }

  /** Data that a command was asked for: always on stdout, one line. */
  data(value: unknown): void {
    this.#clearBar();
    this.#streams.stdout.write(`${JSON.stringify(value)}\n`);
  }

  result(value: Readonly<Record<string, unknown>>): void {
    if (this.#options.json) this.#streams.stdout.write(`${JSON.stringify({ event: 'result', ...value })}\n`);
  }

  complain(text: string): void {
    this.#clearBar();
    this.#streams.stderr.write(`backbeat: ${text}\n`);
  }

  #bar({ title, progress, state }: JobView): void {
    if (state !== 'running') return;
    const done = Math.round(progress.fraction * BAR_WIDTH);
    const bar = `${'█'.repeat(done)}${'░'.repeat(BAR_WIDTH - done)}`;
    const left = progress.secondsLeft === null ? '' : `, ${clock(progress.secondsLeft)} left`;
    const rate = progress.rate ? `, ${progress.rate}` : '';
    const percent = `${Math.floor(progress.fraction * 100)}`.padStart(3);
    this.#streams.stderr.write(`\r\u001b[K${bar} ${percent} % ${title}: ${progress.stage}${rate}${left}`);
    this.#lastLine = 'bar';
  }

  #clearBar(): void {
    if (this.#lastLine === 'bar') this.#streams.stderr.write('\r\u001b[K');
    this.#lastLine = '';
  }

  #line(text: string, stream: { write(text: string): unknown }): void {
    if (text === this.#lastLine) return;
    this.#lastLine = text;
    stream.write(`${text}\n`);
  }
}
