export type { AnyStage } from './run-stage';
export { serveStages } from './serve-stages';
export { STAGES } from './stages';
