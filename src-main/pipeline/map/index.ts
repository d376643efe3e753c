export { type DrawnMap, drawMapStage } from './draw';
export { placeOnMapStage } from './place';
