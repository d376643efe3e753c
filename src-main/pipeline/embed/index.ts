export * from './default-prompts';
export * from './embed';
