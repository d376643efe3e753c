export { DatasetScreen } from './dataset-screen';
export { useRunName } from './runs/runs-store';
