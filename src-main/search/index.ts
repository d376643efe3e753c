export { searchStage } from './search-stage';
