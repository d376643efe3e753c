import { z } from 'zod';

/** The musical function of a sound, in order of priority when voices are limited. */
export const ROLES = ['CORE', 'ACCENT', 'FILL', 'MOTION', 'TEXTURE'] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;

/** The order in which screens, pools and stems list the roles. */
export const ROLES_IN_ORDER: readonly Role[] = ['CORE', 'ACCENT', 'MOTION', 'FILL', 'TEXTURE'];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  CORE: 'Core',
  ACCENT: 'Accent',
  MOTION: 'Motion',
  FILL: 'Fill',
  TEXTURE: 'Texture',
};

/** A probability for every role; the values sum to 1. */
export type RoleScores = Readonly<Record<Role, number>>;
