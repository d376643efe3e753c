import { create } from 'zustand';
import type { DatasetCatalogue } from '#shared/protocol';
import { sentenceOf } from '#renderer/state';
import { studio } from '#renderer/bridge';

interface CatalogueState {
  readonly catalogue: DatasetCatalogue | null;
  /** Why it could not be read: a font of the user's that is gone, for one. */
  readonly problem: string | null;
}

export const useCatalogue = create<CatalogueState>(() => ({ catalogue: null, problem: null }));

let asked = 0;

export async function readCatalogue(fonts: readonly string[]): Promise<void> {
  const turn = ++asked;
  try {
    const catalogue = await studio.datasetCatalogue.query({ fonts: [...fonts] });
    if (turn === asked) useCatalogue.setState({ catalogue, problem: null });
  } catch (error) {
    if (turn === asked) useCatalogue.setState({ problem: sentenceOf(error) });
  }
}
