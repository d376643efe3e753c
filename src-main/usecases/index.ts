export type { OpenStudio, Studio, StudioOptions } from './studio';
