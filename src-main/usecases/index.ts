export { dragsFolder } from './export';
export { openHitSearch } from './search-hits';
export { openStudio, type Studio, type StudioOptions } from './studio';
