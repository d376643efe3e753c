export * from './groovae';
export * from './lines';
export * from './midi-takes';
export * from './take';
