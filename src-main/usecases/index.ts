export { openStudio, type Studio, type StudioOptions } from './studio';
