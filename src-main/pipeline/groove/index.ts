export * from './groovae';
export * from './midi-takes';
export * from './take';
