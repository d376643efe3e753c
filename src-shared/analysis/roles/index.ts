export { parseRoleConfig, type RoleConfig } from './config';
export * from './fusion';
export * from './judge';
export * from './pools';
export * from './prototypes';
