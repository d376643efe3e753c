export { dragsFolder } from './export';
export { openStudio, type Studio, type StudioOptions } from './studio';
