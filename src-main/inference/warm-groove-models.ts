import type { Humaniser, StepModel, Tapper } from '#shared/compose';
import { Failed } from '#main/platform';
import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { type Closeable, openHumaniser, openTapper, openTransformer } from './groove-models';

/** Manifests of the bundled groove models. */
export interface GrooveManifests {
  readonly humaniser: string;
  readonly tapper: string;
  readonly transformer: string;
}

/** Models that stay loaded between takes: loading them takes longer than a take. Each is loaded when it is first wanted. */
export interface WarmModels {
  /** Throws `Failed` when it cannot be loaded. */
  humaniser(path: string): Promise<Humaniser>;
  tapper(path: string): Promise<Tapper>;
  transformer(path: string): Promise<StepModel>;
  close(): Promise<void>;
}

export function keepWarm(): WarmModels {
  const open = new Map<string, Promise<Closeable>>();
  const warm = async <Model extends Closeable>(
    path: string,
    load: (manifestPath: string) => Promise<Result<Model, Failure>>,
  ): Promise<Model> => {
    const loaded = open.get(path);
    if (loaded) return loaded as Promise<Model>;
    const loading = load(path).then(result => {
      if (!result.ok) throw new Failed(result.failure);
      return result.value;
    });
    open.set(path, loading);
    // What failed may be mended: the next take tries again.
    loading.catch(() => open.delete(path));
    return loading;
  };
  return {
    humaniser: path => warm(path, openHumaniser),
    tapper: path => warm(path, openTapper),
    transformer: path => warm(path, openTransformer),
    async close() {
      const loaded = await Promise.allSettled(open.values());
      open.clear();
      for (const each of loaded) if (each.status === 'fulfilled') await each.value.close();
    },
  };
}

/** Those of this process: a worker keeps them as long as it lives. */
export const warmModels: WarmModels = keepWarm();
