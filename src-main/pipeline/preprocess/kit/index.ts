export * from './kit';
export type { KitInput, KitSong } from './input';
