export * from './one-shots';
