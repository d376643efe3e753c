import { parseRoleConfig, type RoleConfig } from '#shared/analysis';
import { invariant } from '#shared/base';
import text from '../../../assets/config/role_assignment.yaml?raw';

/** The rules that apply unless the user gives others. */
export function defaultRoleConfig(): RoleConfig {
  const parsed = parseRoleConfig(text);
  invariant(
    parsed.ok,
    `the bundled role_assignment.yaml is valid: ${parsed.ok ? '' : parsed.failure.problems.join('; ')}`,
  );
  return parsed.value;
}
