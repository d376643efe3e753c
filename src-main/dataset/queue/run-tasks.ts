import { Failed } from '#main/platform';
import type { PartTask } from '../run';
import type { RunStore } from '../store';
import { type SharedRun, sharedRunId, SharedRunSchema } from './shared-run';

/** What the parts of runs are made of, fetched from the store once a run, the user's files once a machine. */
export class RunTasks {
  readonly #store: RunStore;
  readonly #files: string;
  readonly #scratch: string;
  readonly #known = new Map<string, Omit<PartTask, 'part'>>();

  /** @param files folder in which the user's files are kept by their SHA-256 */
  constructor(store: RunStore, files: string, scratch: string) {
    this.#store = store;
    this.#files = files;
    this.#scratch = scratch;
  }

  async task(run: string, part: number, signal: AbortSignal): Promise<PartTask> {
    const known = this.#known.get(run) ?? (await this.#fetch(run, signal));
    this.#known.set(run, known);
    return { ...known, part };
  }

  async #fetch(run: string, signal: AbortSignal): Promise<Omit<PartTask, 'part'>> {
    const text = await this.#store.text(run, this.#scratch, signal);
    if (text === null) throw this.#lacks(`run ${run}`);
    const { config, resources } = this.#parse(run, text);
    const files: PartTask['resources']['files'] = [];
    for (const resource of resources) {
      const path = await this.#store.resource(resource.sha256, this.#files, signal);
      if (path === null) throw this.#lacks(`${resource.kind} ${resource.name} (${resource.sha256})`);
      files.push({ ...resource, path });
    }
    return { config, resources: { files } };
  }

  #parse(run: string, text: string): SharedRun {
    const parsed = sharedRunId(text) === run ? SharedRunSchema.safeParse(JSON.parse(text)) : null;
    if (parsed?.success) return parsed.data;
    const problems = parsed?.error.issues.map(({ message }) => message) ?? [
      'it was changed after it was written',
    ];
    throw new Failed({
      code: 'badFile',
      path: `${this.#store.address}: run ${run}`,
      format: 'run',
      problems,
    });
  }

  #lacks(what: string): Failed {
    return new Failed({
      code: 'unreadable',
      path: this.#store.address,
      reason: `it holds no ${what}: worker and producer must name the same store`,
    });
  }
}
