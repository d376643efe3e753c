export * from './onsets';
export * from './separation';
export * from './evidence';
export * from './likeness';
export * from './roles';
export * from './slicing';
export * from './tempo';
export * from './model-separation';
