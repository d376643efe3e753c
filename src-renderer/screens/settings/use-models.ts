import { useCallback, useEffect, useState } from 'react';
import { studio } from '#renderer/bridge';
import { sentenceOf, useLibrary } from '#renderer/state';
import type { ModelCard } from '#shared/protocol';

interface Models {
  /** null until they were read. */
  readonly models: readonly ModelCard[] | null;
  /** Why they could not be read, in words. */
  readonly problem: string | null;
  readonly readAgain: () => void;
}

/** All models; they are first read when somebody wants to see them, and kept fresh from then on. */
export function useModels(): Models {
  const models = useLibrary(state => state.models);
  const [problem, setProblem] = useState<string | null>(null);
  const readAgain = useCallback(() => {
    void read(setProblem);
  }, []);
  useEffect(readAgain, [readAgain]);
  return { models, problem, readAgain };
}

async function read(setProblem: (problem: string | null) => void): Promise<void> {
  try {
    useLibrary.setState({ models: await studio.models.query() });
    setProblem(null);
  } catch (error) {
    setProblem(sentenceOf(error));
  }
}
