export type { KitInput, KitSong } from './input';
export * from './kit';
