import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { resolveResources } from '#main/dataset';
import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { GENERATION_PRESETS } from '#shared/dataset';
import type { DatasetCatalogue, DatasetServices } from '#shared/protocol';
import { commandOf } from './command';
import { generateDataset, pauseDataset, removeDatasetRun, resumeDataset } from './generate';
import { type DatasetTools, estimateDataset } from './preflight';
import { publishDataset } from './publish';
import { datasetRuns, datasetSample } from './samples';
import { datasetReport, validateDataset } from './validate';

/** What every door offers for datasets. */
export const datasetServices = (library: Library, jobs: Jobs, tools: DatasetTools): DatasetServices => ({
  async datasetCatalogue(fonts) {
    const resolved = await resolveResources(fonts.map(path => ({ kind: 'font', path: resolve(path) })));
    const [failure] = resolved.ok ? [] : resolved.failure;
    if (failure) throw new Failed(failure);
    const found = await tools.runner.run<Pick<DatasetCatalogue, 'rudiments' | 'kits'>>(
      'dataset-catalogue',
      resolved.ok ? resolved.value.resources : { files: [] },
    );
    return {
      ...found,
      presets: Object.keys(GENERATION_PRESETS),
      cores: availableParallelism(),
      saved: await library.datasets.configs(),
    };
  },
  estimateDataset: (request, signal) => estimateDataset(request, tools, signal),
  generateDataset: request => generateDataset(library, jobs, request, tools),
  datasetRuns: () => datasetRuns(library),
  pauseDataset: runId => pauseDataset(library, jobs, runId),
  resumeDataset: runId => resumeDataset(library, jobs, runId),
  removeDatasetRun: runId => removeDatasetRun(library, jobs, runId),
  datasetSamples: (runId, filter, offset, limit) => library.datasets.samples(runId, filter, offset, limit),
  datasetSample: (runId, number) => datasetSample(library, tools.runner, runId, number),
  saveDatasetConfig: (name, config) => library.write(at => at.datasets.saveConfig(name, config)),
  removeDatasetConfig: name => library.write(at => at.datasets.removeConfig(name)),
  datasetCommand: async request => commandOf(request),
  validateDataset: runId => validateDataset(library, jobs, runId),
  datasetReport: runId => datasetReport(library, runId),
  publishDataset: request => publishDataset(library, jobs, tools.tokens, request),
});
