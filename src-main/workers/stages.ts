import { editStage } from '#main/pipeline/editor';
import { embedStage } from '#main/pipeline/embed';
import { encodeStage } from '#main/pipeline/encode';
import { gridStage } from '#main/pipeline/grid';
import { groovaeStage, midiTakesStage, takeStage } from '#main/pipeline/groove';
import { inspectModelStage } from '#main/pipeline/inspect-model';
import { readSoundsStage, writeKitStage } from '#main/pipeline/kit-files';
import { layoutStage } from '#main/pipeline/layout';
import { drawMapStage, placeOnMapStage } from '#main/pipeline/map';
import { oneShotsStage } from '#main/pipeline/one-shots';
import { bleedStage } from '#main/pipeline/preprocess/bleed';
import { hitsStage } from '#main/pipeline/preprocess/hits';
import { kitStage } from '#main/pipeline/preprocess/kit';
import { onsetsStage } from '#main/pipeline/preprocess/onsets';
import { readStage } from '#main/pipeline/preprocess/read';
import { separateStage } from '#main/pipeline/preprocess/separate';
import { slicesStage } from '#main/pipeline/preprocess/slices';
import { tempoStage } from '#main/pipeline/preprocess/tempo';
import { checkQueueStage, queuePartsStage } from '#main/pipeline/queue-parts';
import { layOutDatasetStage, uploadDatasetStage } from '#main/pipeline/publish-dataset';
import { renderStage } from '#main/pipeline/render';
import { rolesStage } from '#main/pipeline/roles';
import { transformerStage } from '#main/pipeline/transformer';
import { confirmTwinsStage, twinCandidatesStage } from '#main/pipeline/twins';
import { validateDatasetStage } from '#main/pipeline/validate-dataset';
import { searchStage } from '#main/search';
import { DATASET_STAGES } from './dataset-stages';
import type { AnyStage } from './run-stage';

/** Every stage that a worker can run. */
export const STAGES: readonly AnyStage[] = [
  readStage,
  oneShotsStage,
  separateStage,
  bleedStage,
  onsetsStage,
  hitsStage,
  tempoStage,
  slicesStage,
  kitStage,
  embedStage,
  rolesStage,
  gridStage,
  transformerStage,
  groovaeStage,
  midiTakesStage,
  takeStage,
  layoutStage,
  editStage,
  renderStage,
  encodeStage,
  inspectModelStage,
  readSoundsStage,
  writeKitStage,
  drawMapStage,
  placeOnMapStage,
  twinCandidatesStage,
  confirmTwinsStage,
  searchStage,
  validateDatasetStage,
  layOutDatasetStage,
  uploadDatasetStage,
  queuePartsStage,
  checkQueueStage,
  ...DATASET_STAGES,
];
