import { editStage } from '#main/pipeline/editor';
import { gridStage } from '#main/pipeline/grid';
import { layoutStage } from '#main/pipeline/layout';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import { readStage } from '#main/pipeline/preprocess/read';
import { separateStage } from '#main/pipeline/preprocess/separate';
import { renderStage } from '#main/pipeline/render';
import { transformerStage } from '#main/pipeline/transformer';
import type { AnyStage } from './run-stage';

/** Every stage that a worker can run. */
export const STAGES: readonly AnyStage[] = [
  readStage,
  separateStage,
  onsetsStage,
  gridStage,
  transformerStage,
  layoutStage,
  editStage,
  renderStage,
];
