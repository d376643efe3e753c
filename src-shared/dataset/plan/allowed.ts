import { z } from 'zod';

/** What of JSON Schema is read here. */
interface Node {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
  readonly items?: Node;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly prefixItems?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
}

/** What may stand at `path` of what `schema` reads, in words: "a whole number from 1 to 64". */
export const allowedAt = (schema: z.ZodType, path: readonly PropertyKey[]): string => {
  let node: Node | undefined = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  for (const key of path) node = node && part(node, key);
  return node ? described(node) : 'something else';
};

function part(node: Node, key: PropertyKey): Node | undefined {
  const found =
    typeof key === 'number' ? (node.prefixItems?.[key] ?? node.items) : node.properties?.[String(key)];
  return found ?? node.anyOf?.map(one => part(one, key)).find(one => one !== undefined);
}

/** Bounds that only say that a number is exact. */
const isBound = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function described(node: Node): string {
  if (node.anyOf) return node.anyOf.map(described).join(' or ');
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return `one of ${node.enum.join(', ')}`;
  switch (node.type) {
    case 'integer':
    case 'number':
      return numberWords(node);
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'string':
      return node.pattern === undefined ? 'text' : `text like ${node.pattern}`;
    case 'array':
      return listWords(node);
    case 'object':
      return node.properties ? `a mapping with ${Object.keys(node.properties).join(', ')}` : 'a mapping';
    default:
      return 'something else';
  }
}

function numberWords({ type, minimum, maximum, exclusiveMinimum }: Node): string {
  const what = type === 'integer' ? 'a whole number' : 'a number';
  if (isBound(minimum) && isBound(maximum)) return `${what} from ${minimum} to ${maximum}`;
  if (isBound(minimum)) return `${what} of ${minimum} or more`;
  if (isBound(exclusiveMinimum)) return `${what} above ${exclusiveMinimum}`;
  return isBound(maximum) ? `${what} of ${maximum} or less` : what;
}

function listWords({ prefixItems, items, minItems, maxItems }: Node): string {
  if (prefixItems) return `a list of ${prefixItems.length}: ${prefixItems.map(described).join(', ')}`;
  const most = maxItems === undefined ? '' : `at most ${maxItems}, `;
  const least = minItems === undefined ? '' : `at least ${minItems}, `;
  return `a list (${least}${most}each ${items ? described(items) : 'anything'})`;
}
