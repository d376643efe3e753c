import { parsePrompts, type Prompts } from '#shared/analysis';
import { invariant } from '#shared/base';
import text from '../../../assets/config/prompts.yaml?raw';

/** The prompts that hits are held against unless the user gives others. */
export function defaultPrompts(): Prompts {
  const parsed = parsePrompts(text);
  invariant(
    parsed.ok,
    `the bundled prompts.yaml is valid: ${parsed.ok ? '' : parsed.failure.problems.join('; ')}`,
  );
  return parsed.value;
}
