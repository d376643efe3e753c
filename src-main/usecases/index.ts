export { dragsFolder } from './export';
export { openHitSearch } from './search-hits';
export { drawMap, drawMapProgram } from './sound-map';
export { findTwinsProgram, twinHits } from './twins';
export { openStudio, type Studio, type StudioOptions } from './studio';
