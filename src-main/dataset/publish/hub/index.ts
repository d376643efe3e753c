export type { Patience } from './patience';
export * from './upload';
